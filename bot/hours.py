"""What the service promises in its replies: staffed hours, days off, retention, channel rights.

Why this file exists: the replies, the desk and the retention timer must say and do the same, so all of
it is built here from the settings, once. Days off come from the ``holidays`` package; what it does not know
yet (next year's make-up days are announced in autumn) staff add by setting.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from actions.service import Service
from bot.setting import days_of, spans_of

if TYPE_CHECKING:
    from bot.settings import Settings

YEARS_AHEAD = 2
"""Years after the current one whose days off are known: longer than a process runs."""


def calendar(year: int) -> tuple[frozenset[date], frozenset[date]]:
    """Days off by the Chinese calendar and weekend days worked, from last year on."""
    import holidays  # only the app needs it, not whoever reads the settings

    years = range(year - 1, year + YEARS_AHEAD + 1)
    known = holidays.country_holidays("CN", years=years)
    worked = frozenset(day for day in known.weekend_workdays if day.year in years)
    return frozenset(known) - worked, worked


def service_of(settings: Settings, year: int) -> Service:
    """The promises in force; ``year`` is the current one by the service's clock."""
    off, worked = calendar(year)
    free, made_up = days_of(settings.holidays), days_of(settings.workdays)
    return Service(
        staffed=settings.staffed,
        spans=spans_of(settings.service_hours),
        retention_days=settings.retention_days,
        transfer=settings.wechat_transfer and settings.wechat_customer_service,
        holidays=(off | free) - made_up,
        workdays=(worked | made_up) - free,
    )
