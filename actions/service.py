"""What the service itself promises: staffed hours, retention, channel rights.

Why this file exists: replies mention these, so they come from settings through one value and are
never written twice. It must not read the environment.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time


@dataclass(frozen=True, slots=True)
class Service:
    """Settings the conversation needs.

    Attributes:
        staffed: whether people answer hand-offs at all.
        spans: staffed hours of a working day, local time.
        retention_days: days a conversation is kept.
        transfer: whether the account may use WeChat's own customer service.
        holidays: days off by the Chinese calendar, and ``workdays`` that make up for them.
    """

    staffed: bool = True
    spans: tuple[tuple[time, time], ...] = (
        (time(9, 0), time(12, 0)),
        (time(13, 30), time(17, 30)),
    )
    retention_days: int = 30
    transfer: bool = False
    holidays: frozenset[date] = frozenset()
    workdays: frozenset[date] = frozenset()

    def is_workday(self, day: date) -> bool:
        """Monday to Friday, less holidays, plus make-up days."""
        if day in self.workdays:
            return True
        return day.weekday() < 5 and day not in self.holidays

    def is_staffed(self, now: datetime) -> bool:
        """Whether a person can be reached at that moment."""
        if not self.staffed or not self.is_workday(now.date()):
            return False
        return any(start <= now.time() < end for start, end in self.spans)

    @property
    def hours_text(self) -> str:
        """``工作日 9:00—12:00、13:30—17:30``."""
        spans = "、".join(f"{a:%H:%M}—{b:%H:%M}".removeprefix("0") for a, b in self.spans)
        return f"工作日 {spans}"


DEFAULT = Service()
