"""Contact points（联系点）: ``contacts.yml`` and ``branches*.yml`` written by the branch import."""

from __future__ import annotations

from datetime import date

from content.model import ContactPoint, Source
from content.reading.record import Record

KINDS = ("hotline", "bank", "platform", "office", "branch")
_KEYS = (
    "kind",
    "name",
    "number",
    "purpose",
    "topics",
    "aliases",
    "confidence",
    "source",
    "checked_on",
    "bank",
    "district",
    "address",
    "lat",
    "lon",
    "services",
    "hours",
)


def read_contacts(root: Record, scope: str) -> list[tuple[ContactPoint, Record]]:
    """The contact points of one file, each with its record for later faults."""
    return [
        (_contact(name, record, scope), record) for name, record in root.only(("contacts",)).named("contacts")
    ]


def _contact(contact_id: str, record: Record, scope: str) -> ContactPoint:
    record.only(_KEYS)
    return ContactPoint(
        id=contact_id,
        kind=record.choice("kind", KINDS),
        name=record.text("name"),
        number=record.text("number", required=False),
        purpose=record.text("purpose", required=False),
        confidence=record.choice("confidence", ("high", "medium", "low")),
        source=record.source() or Source(""),
        checked_on=record.day("checked_on", required=True) or date.min,
        scope=scope,
        topics=record.texts("topics"),
        aliases=record.texts("aliases"),
        bank=record.text("bank", required=False),
        district=record.text("district", required=False),
        address=record.text("address", required=False),
        lat=_coordinate(record, "lat"),
        lon=_coordinate(record, "lon"),
        services=record.texts("services"),
        hours=record.text("hours", required=False),
    )


def _coordinate(record: Record, key: str) -> float | None:
    return record.real(key) if key in record.data else None
