"""The console's first page: what waits for somebody today."""

from __future__ import annotations

from starlette.responses import Response

from bot.console import boards
from bot.console.site import SITE, live_of
from bot.staff.access import Call, Page
from bot.staff.common import library_of, today
from bot.staff.roles import READERS
from content import due
from content.coverage import coverage
from store import content_records, drafts


def show(call: Call) -> Response:
    """Numbers with the page that lists them."""
    library, live, on = library_of(call), live_of(call), today(call)
    with call.database.read() as connection:
        counts = drafts.counts(connection)
        number = content_records.release(connection)
    late = due.due(library, on, 30)
    values = {
        "counts": counts, "number": number, "library": library, "live": live, "late": late[:8],
        "overdue": sum(each.overdue for each in late), "soon": sum(not each.overdue for each in late),
        "missing": sum(row.state == "missing" for row in coverage(library)), "words": due.REASON_WORDS,
        "pages": boards.pages_of(late),
    }  # fmt: skip
    return SITE.page(call, "console/overview.html", values)


PAGES = (Page("/console", show, READERS),)
