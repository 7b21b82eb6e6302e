"""``/desk/overview``: the queue, waiting times, who handled what, satisfaction, hot questions; CSV.

Why this file exists: a supervisor sees in one page whether people wait too long and what they ask today.
"""

from __future__ import annotations

import csv
import io
from datetime import datetime
from typing import Any

from starlette.responses import Response

from bot import clock
from bot.clock import CHINA
from bot.desk.queue_page import CLOSE_REASONS, REASONS
from bot.desk.site import LEADS, SITE
from bot.staff.access import Call, Page
from bot.staff.web import moment
from store import desk_figures, desk_stream, wrong_reports

HOUR_S = 3600.0
DAY_S = 86400.0
COLUMNS = ("号", "状态", "转来原因", "事项", "城市", "坐席", "机构", "结束原因", "转来", "接单", "结束")


def page(call: Call) -> Response:
    """The figures of today."""
    return SITE.page(call, "desk/overview.html", _values(call))


def _values(call: Call) -> dict[str, Any]:
    library = call.services.library()
    since = call.at - (call.at + 8 * HOUR_S) % DAY_S
    with call.database.read() as connection:
        queue = desk_stream.queue(connection)
        waits = desk_figures.waits(connection, since)
        hot = desk_figures.hot(connection, call.now() - HOUR_S)
        values = {
            "queue": queue,
            "longest": round((call.at - queue.oldest) / 60) if queue.open else 0,
            "opened": desk_figures.opened(connection, since),
            "median": _minutes(waits, 0.5),
            "p90": _minutes(waits, 0.9),
            "handled": desk_figures.handled(connection, since),
            "reasons": [(CLOSE_REASONS.get(r, r), n) for r, n in desk_figures.reasons(connection, since)],
            "liked": desk_figures.satisfaction(connection, since),
            "wrong": wrong_reports.open_count(connection),
        }
    names = [(library.needs[n].name if n in library.needs else n, count) for n, count in hot]
    return {**values, "hot": names, "today": clock.now(call.services.settings).date().isoformat()}


def _minutes(waits: list[float], share: float) -> str:
    return f"{waits[min(len(waits) - 1, int(len(waits) * share))] / 60:.1f}" if waits else "—"


def export(call: Call) -> Response:
    """Tickets of a span as CSV, without words or identifiers; the export is logged."""
    since, until = _day(call.query("since")), _day(call.query("until"), DAY_S) or call.at + DAY_S
    library, text = call.services.library(), io.StringIO()
    table = csv.writer(text)
    table.writerow(COLUMNS)

    def write(row: Any) -> None:
        need, city = library.needs.get(row.need), library.cities.get(row.city)
        names = (need.name if need else row.need, city.name if city else row.city)
        ended = CLOSE_REASONS.get(row.close_reason, row.close_reason)
        times = (moment(row.opened_at), moment(row.claimed_at), moment(row.closed_at))
        reason = REASONS.get(row.reason, row.reason)
        cells = (row.id, row.state, reason, *names, row.claimed_by, row.organisation, ended, *times)
        table.writerow([safe(cell) for cell in cells])

    with call.database.write() as connection:
        desk_figures.export(connection, since, until, write)
        call.audit(connection, "tickets_exported", "tickets", detail={"since": since, "until": until})
    headers = {"Content-Disposition": 'attachment; filename="tickets.csv"', "Cache-Control": "no-store"}
    return Response("\ufeff" + text.getvalue(), media_type="text/csv; charset=utf-8", headers=headers)


def safe(cell: object) -> str:
    """A cell that no spreadsheet takes for a formula.

    >>> safe("=1+1"), safe("成都"), safe(7)
    ("'=1+1", '成都', '7')
    """
    text = str(cell)
    return f"'{text}" if text[:1] in ("=", "+", "-", "@", "\t", "\r") else text


def _day(text: str, later_s: float = 0.0) -> float:
    try:
        return datetime.fromisoformat(text).replace(tzinfo=CHINA).timestamp() + later_s if text else 0.0
    except ValueError:
        return 0.0


PAGES = (
    Page("/desk/overview", page, LEADS),
    Page("/desk/overview.csv", export, LEADS),
)
