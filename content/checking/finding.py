"""What a check reports, before anybody looks up the line.

Why this file exists: checks name a record and a key; only the caller knows files.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from content.find import Library
from content.model import Answer, Clause


@dataclass(frozen=True, slots=True)
class Finding:
    """Something wrong in the record ``kind:id`` at ``steps``, and how to mend it."""

    kind: str
    id: str
    message: str
    steps: tuple[str | int, ...] = ()


Text = tuple[tuple[str | int, ...], str]


def answer_texts(answer: Answer) -> Iterator[Text]:
    """Everything a citizen may read of an answer, with its place."""
    yield ("conclusion",), answer.conclusion
    for name, text in answer.aspects.items():
        yield ("aspects", name), text
    for name, text in (("after", answer.after), ("spoken", answer.spoken)):
        if text:
            yield (name,), text


def clause_texts(clause: Clause) -> Iterator[Text]:
    """Everything a citizen may read of a clause, with its place."""
    yield ("name",), clause.name
    yield ("summary",), clause.summary
    for key, items in (("conditions", clause.conditions), ("figures", clause.figures)):
        for index, text in enumerate(items):
            yield (key, index), text
    if clause.today:
        yield ("today",), clause.today


def all_texts(library: Library) -> Iterator[tuple[str, str, tuple[str | int, ...], str]]:
    """Kind, id, place and text of everything citizens read in answers, clauses and checks."""
    for answer in library.answers.values():
        for steps, text in answer_texts(answer):
            yield "answers", answer.id, steps, text
    for clause in library.clauses.values():
        for steps, text in clause_texts(clause):
            yield "clauses", clause.key, steps, text
    for check in library.checks.values():
        for index, condition in enumerate(check.conditions):
            for key in ("label", "met", "not_met", "unclear"):
                yield "checks", check.id, ("conditions", index, key), getattr(condition, key)
        for verdict, text in (check.next_steps or {}).items():
            yield "checks", check.id, ("next", verdict), text
    yield from fraud_texts(library)


def fraud_texts(library: Library) -> Iterator[tuple[str, str, tuple[str | int, ...], str]]:
    """Kind, id, place and text of everything citizens read of the fraud files."""
    for scam in library.fraud.get("scams", {}).get("scams", ()):
        yield "scams", scam["id"], ("name",), scam["name"]
        yield "scams", scam["id"], ("official",), scam.get("official", "")
        for key in ("signs", "do"):
            for index, text in enumerate(scam[key]):
                yield "scams", scam["id"], (key, index), text
    for signal in library.fraud.get("signals", {}).get("signals", ()):
        yield "signals", signal["id"], ("says",), signal["says"]
    for key in ("blocks", "answers", "again"):
        for name, text in library.fraud.get("steps", {}).get(key, {}).items():
            yield "fraud", "steps", (key, name), text
