"""Boards over the content: what the notices say that we do not, what ends, which contacts to call up.

Why this file exists: staff see gaps before citizens do. The counting is done in ``content``.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import date, timedelta
from itertools import groupby

from starlette.responses import Response

from bot.console.records import page_of
from bot.console.site import SITE
from bot.live.texts import path_of
from bot.staff.access import Call, Page
from bot.staff.common import library_of, scope_name, today
from bot.staff.roles import READERS
from content import coverage, due
from content.find import Library
from content.shelf import scope_of

CONTACT_AGE = timedelta(days=180)
"""Age at which a contact point is due for a check: half the usual review period of an answer."""
_KINDS = {"expires": "answers", "review": "answers", "figure_ends": "facts", "notice_ends": "notices"}


def show_coverage(call: Call) -> Response:
    """Every item of every notice: answered, declared open, or missing."""
    library = library_of(call)
    rows = coverage.coverage(library)
    wanted = call.query("city"), call.query("state")
    shown = [r for r in rows if wanted[0] in ("", r.city) and wanted[1] in ("", r.state)]
    values = {
        "rows": shown, "words": coverage.STATE_WORDS, "asked": {"city": wanted[0], "state": wanted[1]},
        "board": coverage.board(library), "cities": library.cities, "clauses": library.clauses,
    }  # fmt: skip
    return SITE.page(call, "console/coverage.html", values)


def show_due(call: Call) -> Response:
    """What ends or needs a second look, month by month, and contact points grown old."""
    library, on = library_of(call), today(call)
    days = int(call.query("days")) if call.query("days") in ("30", "90", "180", "365") else 90
    found = due.due(library, on, days)
    months = [
        (month, list(each)) for month, each in groupby(found, key=lambda d: d.on.strftime("%Y 年 %m 月"))
    ]
    pages = pages_of(found)
    aged = [c for c in library.contacts.values() if c.checked_on < on - CONTACT_AGE]
    old = [(c, _place(library, c.id)) for c in sorted(aged, key=lambda c: (c.checked_on, c.id))]
    values = {"months": months, "words": due.REASON_WORDS, "days": days, "pages": pages, "old": old, "on": on}
    return SITE.page(call, "console/due.html", values)


def pages_of(found: Iterable[due.Due]) -> dict[str, str]:
    """The page of each record that is due, by its id."""
    return {each.id: page_of(_KINDS.get(each.reason, "checks"), each.id) for each in found}


def _place(library: Library, contact: str) -> str:
    return scope_name(library, scope_of(path_of(library, "contacts", contact)))


def due_calendar(call: Call) -> Response:
    """The same as an iCalendar file, so that a calendar program reminds."""
    library, on = library_of(call), today(call)
    events = [_event(d.on, due.REASON_WORDS[d.reason], d.id, d.name) for d in due.due(library, on, 365)]
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//newcitizen//console//ZH",
        *events,
        "END:VCALENDAR",
        "",
    ]
    headers = {"Content-Disposition": 'attachment; filename="due.ics"'}
    return Response("\r\n".join(lines), media_type="text/calendar; charset=utf-8", headers=headers)


def _event(day: date, what: str, key: str, name: str) -> str:
    words = json.dumps(f"{what}：{name}", ensure_ascii=False)[1:-1].replace(",", "\\,").replace(";", "\\;")
    stamp = day.strftime("%Y%m%d")
    alarm = ["BEGIN:VALARM", "ACTION:DISPLAY", f"DESCRIPTION:{words}", "TRIGGER:-P14D", "END:VALARM"]
    head = [f"UID:{what}-{key}@newcitizen", f"DTSTAMP:{stamp}T000000Z", f"DTSTART;VALUE=DATE:{stamp}"]
    return "\r\n".join(["BEGIN:VEVENT", *head, f"SUMMARY:{words}", *alarm, "END:VEVENT"])


PAGES = (
    Page("/console/coverage", show_coverage, READERS),
    Page("/console/due", show_due, READERS),
    Page("/console/due.ics", due_calendar, READERS),
)
