"""Three-valued logic: trees compiled into functions over a list of True, False and None (unknown).

Why this file exists: a rule is compiled once per day and then costs microseconds. It must not
know what facts mean or which are worth asking for.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from decimal import Decimal
from typing import Any

from content.criterion import Branch, Call, Figure, Leaf, Tree

Truth = bool | None
Values = Sequence[Truth]
Formula = Callable[[Values], Truth]
Atom = Leaf | Call
"""A leaf whose truth is looked up at its index; figures in it are resolved already."""


def all_of(parts: Sequence[Formula]) -> Formula:
    """False as soon as one part is, True when all are, else unknown."""

    def formula(values: Values) -> Truth:
        truth: Truth = True
        for part in parts:
            found = part(values)
            if found is False:
                return False
            if found is None:
                truth = None
        return truth

    return formula


def any_of(parts: Sequence[Formula]) -> Formula:
    """True as soon as one part is, False when all are, else unknown."""

    def formula(values: Values) -> Truth:
        truth: Truth = False
        for part in parts:
            found = part(values)
            if found is True:
                return True
            if found is None:
                truth = None
        return truth

    return formula


def negation(part: Formula) -> Formula:
    """The opposite; unknown stays unknown."""

    def formula(values: Values) -> Truth:
        found = part(values)
        return None if found is None else not found

    return formula


def unknown(_values: Values) -> Truth:
    """A condition that no fact can settle."""
    return None


def compiled(tree: Tree | None, index: Callable[[Atom], int | None]) -> Formula:
    """The formula of a tree; ``index`` gives an atom's place, or None where it can never be known."""
    if tree is None:
        return unknown
    if isinstance(tree, Branch):
        parts = [compiled(child, index) for child in tree.children]
        if tree.operator == "not":
            return negation(parts[0])
        return all_of(parts) if tree.operator == "all" else any_of(parts)
    place = index(tree)
    return unknown if place is None else (lambda values: values[place])


def resolved(leaf: Leaf, figure: Callable[[str], Decimal | None]) -> Leaf | None:
    """The leaf with its dated figures as numbers; None where a figure does not hold on the day."""
    bounds: list[Any] = [figure(b.fact_id) if isinstance(b, Figure) else b for b in leaf.bounds]
    return None if None in bounds else Leaf(leaf.fact, leaf.operator, tuple(bounds))


def holds(leaf: Leaf, value: Any) -> bool:
    """Whether a known value satisfies a resolved leaf."""
    bound: Any = leaf.bounds[0]
    if leaf.operator == "at_least":
        return bool(value >= bound)
    if leaf.operator == "at_most":
        return bool(value <= bound)
    if leaf.operator == "less_than":
        return bool(value < bound)
    return value in leaf.bounds
