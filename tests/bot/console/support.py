"""What console tests share: one record, and the names of every form field."""

from __future__ import annotations

from bot.console.schema import SCHEMAS
from content.find import Library
from content.model import ASPECTS

KEY = "housing_fund.rent_withdrawal@chengdu"


def beginning(library: Library) -> str:
    """How KEY's answer begins for citizens: its words up to the first figure, which is filled in by date."""
    return library.answers[KEY].conclusion.split("{")[0]


def _names(kind: str) -> list[str]:
    found = []
    for field in SCHEMAS[kind]:
        if field.kind == "aspects":
            found += [f"aspects.{aspect}" for aspect in ASPECTS]
        elif field.kind == "rows":
            found += [f"{field.name}.0.{part.name}" for part in field.parts]
        elif field.kind in ("texts", "orders"):
            found += [f"{field.name}.names", f"{field.name}.just_paid"]
        else:
            found.append(field.name)
    return found


DRAFT_FIELDS = {kind: _names(kind) for kind in SCHEMAS}
