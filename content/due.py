"""What expires or needs a second look within some days.

Why this file exists: staff mend content before it turns wrong, not after.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from content.find import Library

Reason = Literal["expires", "review", "figure_ends", "notice_ends", "check_ends"]
REASON_WORDS: dict[Reason, str] = {
    "expires": "答复到期",
    "review": "到复核期限",
    "figure_ends": "数目到期",
    "notice_ends": "文件到期",
    "check_ends": "测一测规则到期",
}


@dataclass(frozen=True, slots=True)
class Due:
    """One record and the last day it is good; ``overdue`` if that day is past."""

    on: date
    reason: Reason
    id: str
    name: str
    overdue: bool

    def __str__(self) -> str:
        """One line as staff read it."""
        late = "（已过）" if self.overdue else ""
        return f"{self.on.isoformat()} {REASON_WORDS[self.reason]}{late}：{self.id} {self.name}".rstrip()


def due(library: Library, on: date, days: int) -> list[Due]:
    """Everything whose last day is ``on`` + ``days`` or earlier, the most urgent first.

    A figure followed by a newer value, and a notice that was already marked as ended, are not due.
    """
    limit = on + timedelta(days=days)
    found = [
        Due(day, reason, name, title, day < on)
        for day, reason, name, title in _ends(library)
        if day is not None and day <= limit
    ]
    return sorted(found, key=lambda each: (each.on, each.reason, each.id))


def _ends(library: Library) -> Iterator[tuple[date | None, Reason, str, str]]:
    for answer in library.answers.values():
        yield answer.valid_to, "expires", answer.id, answer.conclusion
        yield answer.review_by, "review", answer.id, answer.conclusion
    for fact in library.facts.values():
        last = max((value.valid_to or date.max for value in fact.values), default=date.max)
        yield (last if last < date.max else None), "figure_ends", fact.id, fact.name
    for notice in library.notices.values():
        if notice.status not in ("expired", "superseded"):
            yield notice.period_to, "notice_ends", notice.id, notice.label
    for check in library.checks.values():
        yield check.valid_to, "check_ends", check.id, check.title
