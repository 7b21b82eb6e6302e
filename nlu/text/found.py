"""Found: one span with a meaning. Alone here so that span finders do not import each other."""

from __future__ import annotations

from typing import NamedTuple


class Found(NamedTuple):
    """``text[start:end]`` means ``value``.

    ``kind`` is city, origin, aspect, bank, amount, duration or date.
    """

    kind: str
    value: str
    start: int
    end: int
    text: str
