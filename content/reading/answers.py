"""Answers（答复）: ``answers/<topic>.yml``."""

from __future__ import annotations

from datetime import date

from content.model import ASPECTS, Answer
from content.reading.clauses import read_programs
from content.reading.record import Record

STATUSES = ("verified", "needs_verification", "not_in_sources")
_KEYS = (
    "conclusion",
    "status",
    "aspects",
    "cites",
    "sources",
    "contacts",
    "follow_ups",
    "checked_on",
    "review_by",
    "valid_from",
    "valid_to",
    "after",
    "programs",
    "spoken",
)


def read_answers(root: Record, scope: str) -> list[tuple[Answer, Record]]:
    """The answers of one file, each with its record for later faults."""
    return [
        (_answer(name, record, scope), record) for name, record in root.only(("answers",)).named("answers")
    ]


def _answer(need: str, record: Record, scope: str) -> Answer:
    record.only(_KEYS)
    for first, last in (("valid_from", "valid_to"), ("checked_on", "review_by")):
        record.not_before(first, last)
    return Answer(
        need=need,
        scope=scope,
        conclusion=record.text("conclusion", limit=60),
        status=record.choice("status", STATUSES),
        checked_on=record.day("checked_on", required=True) or date.min,
        aspects=_aspects(record),
        cites=record.texts("cites"),
        sources=tuple(each.as_source() for each in record.each("sources")),
        contacts=record.texts("contacts"),
        follow_ups=record.texts("follow_ups"),
        review_by=record.day("review_by"),
        valid_from=record.day("valid_from"),
        valid_to=record.day("valid_to"),
        after=record.text("after", required=False),
        spoken=record.text("spoken", required=False),
        programs=read_programs(record),
    )


def _aspects(record: Record) -> dict[str, str]:
    aspects = record.one("aspects")
    if aspects is None:
        return {}
    aspects.only(ASPECTS)
    return {name: aspects.text(name, limit=200) for name in aspects.data}
