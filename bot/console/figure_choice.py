"""The figures a text may name, as staff know them: by their Chinese name and what they are on the day.

Why this file exists: nobody should have to look up an id to write a figure. It must not know HTML.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from content.figures import figure
from content.find import Library
from content.model import NATIONAL


@dataclass(frozen=True, slots=True)
class Choice:
    """A figure to pick. ``value`` with its unit on the day, "" where none is verified then."""

    id: str
    name: str
    value: str
    scope: str


def choices(library: Library, scope: str, on: date) -> tuple[Choice, ...]:
    """The figures a text of a place may name: the city's own first, then the national ones, each by name."""
    return tuple(sorted(_found(library, scope, on), key=lambda c: (c.scope == NATIONAL, c.name)))


def _found(library: Library, scope: str, on: date) -> Iterator[Choice]:
    for fact in library.facts.values():
        if fact.scope in (scope, NATIONAL):
            value = fact.on(on)
            yield Choice(fact.id, fact.name, figure(value) if value else "", fact.scope)
