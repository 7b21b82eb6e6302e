"""Is a right answer among the first three?

Why this file exists: issue 8 promises a share of labelled questions; anybody can measure it with
``scripts/newcitizen desk-eval 题目.jsonl``. Ways of typing are ``ways``'; ranking is the engine's.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from bot.desk.engine import OUTSIDE, Engine
from bot.desk.postings import Floats
from bot.desk.ways import LENGTHS, OPENING, WAYS, initials, phrase, pinyin
from content.find import Library

TOP = 3
BY_EIGHT, BY_EIGHT_SAID = "关键词连打到第 8 字为止", "原话打到第 8 字为止"
BY_EIGHT_HAND = "人打的词打到第 8 字为止"
"""Right at one of the keystrokes from the fourth to the eighth letter: the list is seen at each of them."""
BY_HAND: Mapping[str, Callable[[str], str]] = {
    "人打的词": str,
    **{f"人打的词前 {n} 字": lambda typed, n=n: typed[:n] for n in (4, 5, 6)},  # type: ignore[misc]
    "人打的词全拼": lambda typed: pinyin([typed]),
    "人打的词首字母": lambda typed: initials([typed]),
}
"""Ways of typing what a person would type for the question (``typed`` of a row, best first)."""
SECOND = "人打两次之内"
Ask = Callable[[str], Floats | None]
"""Rasa's opinion of what was typed, None without."""


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


def accuracy(
    library: Library, engine: Engine, rows: Iterable[dict[str, Any]], ask: Ask = lambda _: None
) -> dict[str, float]:
    """The number of questions and, by way of typing, the share with a right answer in the first three.

    Rows that say what a person typed are measured with that too.
    """
    asked = answerable(rows, library)
    judge = _Judge(library, engine, ask)
    found: dict[str, list[bool]] = {}
    for row in asked:  # row by row: the same words come again and are asked of Rasa once
        for way, right in (judge.ways(row) | judge.by_hand(row)).items():
            found.setdefault(way, []).append(right)
    shares = {way: round(sum(rights) / len(rights), 3) for way, rights in found.items()}
    by_hand = {"typed": len(found[SECOND])} if SECOND in found else {}
    return {"questions": len(asked), **by_hand, **shares}


class _Judge:
    """Asks the engine as the desk does, with the question's city chosen where it has one."""

    def __init__(self, library: Library, engine: Engine, ask: Ask) -> None:
        self._engine, self._ask = engine, ask
        self._cities = {c.name: c.id for c in library.cities.values()} | {c: c for c in library.cities}

    def ways(self, row: dict[str, Any]) -> dict[str, bool]:
        """Every simulated way, right or not."""
        text = row["text"]
        found = {way: self.right(row, typed(text)) for way, typed in WAYS.items()}
        found[BY_EIGHT_SAID] = self.right_while(row, OPENING.sub("", text))
        return {**found, BY_EIGHT: self.right_while(row, phrase(text))}

    def by_hand(self, row: dict[str, Any]) -> dict[str, bool]:
        """What a person typed, right or not; nothing where nobody did."""
        typed = row.get("typed") or []
        if not typed:
            return {}
        found = {way: self.right(row, made(typed[0])) for way, made in BY_HAND.items()}
        found[BY_EIGHT_HAND] = self.right_while(row, typed[0])
        return {**found, SECOND: any(self.right(row, words) for words in typed[:2])}

    def right(self, row: dict[str, Any], typed: str) -> bool:
        city = self._cities.get(row.get("city") or "", "")
        hits = self._engine.search(typed, city, opinion=self._ask(typed))
        return any(hit.document.need in right_needs(row) for hit in hits[:TOP])

    def right_while(self, row: dict[str, Any], text: str) -> bool:
        ends = range(LENGTHS[0], LENGTHS[-1] + 1)
        return any(self.right(row, text[:end]) for end in ends)
