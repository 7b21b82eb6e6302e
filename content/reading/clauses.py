"""Clauses（条款）: ``clauses.yml`` of a city."""

from __future__ import annotations

from content.model import ASPECTS, Clause, Program
from content.reading.record import Record, did_you_mean

STRENGTHS = ("must", "support", "encourage", "explore", "state")
_KEYS = (
    "rows",
    "article",
    "name",
    "summary",
    "strength",
    "programs",
    "keywords",
    "figures",
    "conditions",
    "not_stated",
    "today",
    "superseded",
    "contacts",
    "need",
)


def read_clauses(root: Record) -> list[tuple[Clause, Record]]:
    """The clauses of one file, each with its record for later faults."""
    root.only(("notice", "clauses"))
    notice_id = root.text("notice")
    return [(_clause(notice_id, record), record) for record in root.each("clauses")]


def _clause(notice_id: str, record: Record) -> Clause:
    record.only(_KEYS)
    rows = record.texts("rows")
    if not rows:
        record.fault("rows 至少写一个条目编号")
    _known_aspects(record)
    return Clause(
        key=rows[0] if rows else "",
        notice_id=notice_id,
        article=record.text("article"),
        name=record.text("name", limit=25),
        summary=record.text("summary", limit=160),
        strength=record.choice("strength", STRENGTHS),
        rows=rows,
        programs=read_programs(record),
        keywords=record.texts("keywords"),
        figures=record.texts("figures"),
        conditions=record.texts("conditions"),
        not_stated=record.texts("not_stated"),
        today=record.text("today", required=False, limit=100),
        superseded=record.flag("superseded"),
        contacts=record.texts("contacts"),
        need=record.text("need", required=False),
    )


def _known_aspects(record: Record) -> None:
    for index, aspect in enumerate(record.texts("not_stated")):
        if aspect not in ASPECTS:
            record.fault(f"方面 {aspect} 不存在{did_you_mean(aspect, ASPECTS)}", "not_stated", index)
    if record.data.get("superseded") and not record.data.get("today"):
        record.fault("superseded 的条款要在 today 写明被什么取代", "superseded")


def read_programs(record: Record) -> tuple[Program, ...]:
    """The programs under a record's key ``programs``."""
    return tuple(
        Program(each.text("name"), each.texts("aliases"))
        for each in record.each("programs")
        if each.only(("name", "aliases"))
    )
