"""Working days by the Chinese calendar, for deadlines counted in 工作日.

Why this file exists: 2 个工作日 over the National Day week are eleven days. The lists hold weekdays
off and weekend days worked, as the State Council announced them for each year; a year that is not
listed is not guessed.
"""

from __future__ import annotations

from datetime import date, timedelta
from functools import lru_cache

_OFF = {
    2025: (
        "0101 0128 0129 0130 0131 0203 0204 0404 0501 0502 0505 0602 1001 1002 1003 1006 1007 1008",
        "0126 0208 0427 0928 1011",
    ),
    2026: (
        "0101 0102 0216 0217 0218 0219 0220 0223 0406 0501 0504 0505 0619 0925 1001 1002 1005 1006 1007",
        "0104 0214 0228 0509 0920 1010",
    ),
}
"""Year to (weekdays off, weekend days worked), each MMDD."""


def is_workday(day: date) -> bool | None:
    """Whether a day is worked; None for a year whose calendar is not known here."""
    if day.year not in _OFF:
        return None
    off, worked = _OFF[day.year]
    name = f"{day:%m%d}"
    return name in worked.split() or (day.weekday() < 5 and name not in off.split())


@lru_cache(maxsize=512)
def after_workdays(start: date, count: int) -> date | None:
    """The day on which ``count`` working days after ``start`` have passed; None beyond the calendar.

    >>> after_workdays(date(2025, 9, 30), 2)
    datetime.date(2025, 10, 10)
    """
    day = start
    while count:
        day += timedelta(days=1)
        worked = is_workday(day)
        if worked is None:
            return None
        count -= worked
    return day
