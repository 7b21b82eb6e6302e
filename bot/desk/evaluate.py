"""Measures what typing like an operator finds: is a right answer among the first three?

Why this file exists: issue 8 promises a share of labelled questions; anybody can measure it with
``scripts/newcitizen desk-eval 题目.jsonl``. Ways of typing are ``ways``'; ranking is the engine's.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from bot.desk.engine import Engine
from bot.desk.ways import LENGTHS, OPENING, WAYS, phrase
from content.find import Library

TOP = 3
OUTSIDE = ("out_of_scope", "chitchat")
BY_EIGHT, BY_EIGHT_SAID = "关键词连打到第 8 字为止", "原话打到第 8 字为止"
"""Right at one of the keystrokes from the fourth to the eighth letter: the list is seen at each of them."""


def answerable(rows: Iterable[dict[str, Any]], library: Library) -> list[dict[str, Any]]:
    """Rows a search can answer: their need has an answer; no small talk, no pasted message, no half
    of a dialogue."""
    known = {answer.need for answer in library.answers.values()}
    return [
        row
        for row in rows
        if row["topic"] not in OUTSIDE
        and not row.get("context")
        and "kind" not in row
        and right_needs(row) & known
    ]


def right_needs(row: dict[str, Any]) -> set[str]:
    """Ids of the labelled need and its alternatives."""
    named = (row["need"], *row.get("alt_needs", []))
    return {need if "." in need else f"{row['topic']}.{need}" for need in named}


def accuracy(library: Library, engine: Engine, rows: Iterable[dict[str, Any]]) -> dict[str, float]:
    """The number of questions and, by way of typing, the share with a right answer in the first three."""
    asked = answerable(rows, library)
    judge = _Judge(library, engine)
    found = {way: [judge.right(row, typed(row["text"])) for row in asked] for way, typed in WAYS.items()}
    found[BY_EIGHT_SAID] = [judge.right_while(row, OPENING.sub("", row["text"])) for row in asked]
    found[BY_EIGHT] = [judge.right_while(row, phrase(row["text"])) for row in asked]
    shares = {way: round(sum(rights) / max(len(asked), 1), 3) for way, rights in found.items()}
    return {"questions": len(asked), **shares}


class _Judge:
    """Asks the engine as the desk does, with the question's city chosen where it has one."""

    def __init__(self, library: Library, engine: Engine) -> None:
        self._engine = engine
        self._cities = {c.name: c.id for c in library.cities.values()} | {c: c for c in library.cities}

    def right(self, row: dict[str, Any], typed: str) -> bool:
        hits = self._engine.search(typed, self._cities.get(row.get("city") or "", ""))
        return any(hit.document.need in right_needs(row) for hit in hits[:TOP])

    def right_while(self, row: dict[str, Any], text: str) -> bool:
        ends = range(LENGTHS[0], LENGTHS[-1] + 1)
        return any(self.right(row, text[:end]) for end in ends)
