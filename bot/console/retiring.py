"""How a record is taken out of use: it stays, with its history, but citizens no longer get it as valid.

Why this file exists: other records name it, so nothing is deleted; each kind has a field of its own that
ends it, and staff should not have to know which. It must not know drafts.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

Retire = Callable[[Mapping[str, Any], date], dict[str, Any]]


def _ends(value: Mapping[str, Any], on: date) -> dict[str, Any]:
    return {**value, "valid_to": min(value.get("valid_to", on), on)}


def _values_end(value: Mapping[str, Any], on: date) -> dict[str, Any]:
    begun = [each for each in value.get("values") or () if each.get("valid_from", on) <= on]
    return {**value, "values": [_ends(each, on) for each in begun]}


WAYS: dict[str, Retire] = {
    "answers": _ends,
    "checks": _ends,
    "facts": _values_end,
    "contacts": lambda value, _on: {**value, "confidence": "low"},
    "notices": lambda value, _on: {**value, "status": "expired"},
    "clauses": lambda value, _on: {**value, "superseded": True},
}
"""Kind to what its record says once it is out of use from a day on; the rest is for people to write."""


def retired(kind: str, value: Mapping[str, Any], on: date) -> dict[str, Any] | None:
    """The record as it is proposed, None for a kind that has no end of its own."""
    return WAYS[kind](value, on) if kind in WAYS else None
