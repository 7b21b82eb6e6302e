"""Notices（政策文件）: ``notices.yml``."""

from __future__ import annotations

from datetime import date

from content.model import Issuer, Notice, Source
from content.reading.record import Record

STATUSES = ("in_force", "no_end_date", "expired", "superseded", "press_report")
_KEYS = (
    "title",
    "number",
    "issuers",
    "status",
    "source",
    "checked_on",
    "issued_on",
    "in_force_from",
    "period_to",
    "replaced_by",
    "notes",
)


def read_notices(root: Record, scope: str) -> list[tuple[Notice, Record]]:
    """The notices of one file, each with its record for later faults."""
    return [
        (_notice(name, record, scope), record) for name, record in root.only(("notices",)).named("notices")
    ]


def _notice(notice_id: str, record: Record, scope: str) -> Notice:
    record.only(_KEYS)
    record.not_before("issued_on", "checked_on")
    record.not_before("in_force_from", "period_to")
    return Notice(
        id=notice_id,
        scope=scope,
        title=record.text("title"),
        number=record.text("number", required=False),
        issuers=tuple(_issuer(each) for each in record.each("issuers")),
        status=record.choice("status", STATUSES),
        source=record.source() or Source(""),
        checked_on=record.day("checked_on", required=True) or date.min,
        issued_on=record.day("issued_on"),
        in_force_from=record.day("in_force_from"),
        period_to=record.day("period_to"),
        replaced_by=record.text("replaced_by", required=False),
        notes=record.texts("notes"),
    )


def _issuer(record: Record) -> Issuer:
    record.only(("then", "now"))
    return Issuer(record.text("then"), record.text("now", required=False))
