"""Two texts side by side, line by line, changed words marked.

Why this file exists: who approves sees what changes and nothing else.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import groupby, zip_longest

NEAR = 2
"""Unchanged lines shown on either side of a changed one."""
FEWEST_FOLDED = 6
"""A shorter run of unchanged lines is shown: folding it would save nothing."""
Part = tuple[str, bool]
"""Words and whether they changed."""


@dataclass(frozen=True, slots=True)
class Pair:
    """One line on each side, None where a side has none. ``same`` lines have no marks."""

    left: tuple[Part, ...] | None
    right: tuple[Part, ...] | None
    same: bool


@dataclass(frozen=True, slots=True)
class Stretch:
    """Lines that stand together; ``folded`` ones did not change and are far from any that did."""

    pairs: tuple[Pair, ...]
    folded: bool


def stretches(pairs: Sequence[Pair]) -> list[Stretch]:
    """All lines in order; what changed is shown with its neighbours and the headings above it.

    >>> lines = "".join(f"{n}\\n" for n in range(20))
    >>> [(len(s.pairs), s.folded) for s in stretches(side_by_side(lines, lines.replace("19", "x")))]
    [(17, True), (3, False)]
    """
    shown = _shown(pairs)
    found = [
        (folded, tuple(pairs[i] for i in numbers))
        for folded, numbers in groupby(range(len(pairs)), key=lambda i: i not in shown)
    ]
    return [Stretch(each, folded and len(each) >= FEWEST_FOLDED) for folded, each in found]


def _shown(pairs: Sequence[Pair]) -> set[int]:
    shown: set[int] = set()
    for at, pair in enumerate(pairs):
        if not pair.same:
            shown |= {at, *range(max(0, at - NEAR), min(len(pairs), at + NEAR + 1)), *_headings(pairs, at)}
    return shown


def _headings(pairs: Sequence[Pair], at: int) -> Iterator[int]:
    """The lines above that stand further out, nearest first."""
    depth = _depth(pairs[at])
    for number in range(at - 1, -1, -1):
        if _depth(pairs[number]) < depth:
            depth = _depth(pairs[number])
            yield number


def _depth(pair: Pair) -> int:
    text = "".join(words for words, _ in pair.right or pair.left or ())
    return len(text) - len(text.lstrip())


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
