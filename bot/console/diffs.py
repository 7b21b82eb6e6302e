"""Two texts side by side, line by line, changed words marked.

Why this file exists: who approves sees what changes and nothing else.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import zip_longest

Part = tuple[str, bool]
"""Words and whether they changed."""


@dataclass(frozen=True, slots=True)
class Pair:
    """One line on each side, None where a side has none. ``same`` lines have no marks."""

    left: tuple[Part, ...] | None
    right: tuple[Part, ...] | None
    same: bool


def side_by_side(before: str, after: str) -> list[Pair]:
    """Every line of both texts in order.

    >>> [p.same for p in side_by_side("a\\nb\\n", "a\\nc\\n")]
    [True, False]
    """
    left, right = before.splitlines(), after.splitlines()
    matcher = SequenceMatcher(None, left, right, autojunk=False)
    return [p for code, a, b, c, d in matcher.get_opcodes() for p in _pairs(code, left[a:b], right[c:d])]


def _pairs(code: str, left: list[str], right: list[str]) -> Iterator[Pair]:
    for a, b in zip_longest(left, right):
        if code == "equal":
            yield Pair(((a, False),), ((b, False),), True)
        elif a is None or b is None:
            yield Pair(
                ((a, True),) if a is not None else None, ((b, True),) if b is not None else None, False
            )
        else:
            yield _marked(a, b)


def _marked(a: str, b: str) -> Pair:
    codes = SequenceMatcher(None, a, b, autojunk=False).get_opcodes()
    left = tuple((a[i:j], code != "equal") for code, i, j, _, _ in codes if i < j)
    right = tuple((b[k:m], code != "equal") for code, _, _, k, m in codes if k < m)
    return Pair(left, right, False)
