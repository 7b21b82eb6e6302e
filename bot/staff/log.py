"""The audit log as administrators and auditors read and export it.

Why this file exists: whoever may read the log may not change it, and an export is itself logged.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from datetime import datetime

from starlette.responses import Response, StreamingResponse

from bot.clock import CHINA
from bot.staff import log_words
from bot.staff.access import Call, Page
from bot.staff.common import library_of
from bot.staff.log_words import DEEDS
from bot.staff.own import SITE
from bot.staff.roles import LOG_READERS
from bot.staff.web import moment
from store import audit
from store.audit import Filter

ROWS = 50
COLUMNS = ("时间", "谁", "做了什么", "对象", "对象编号", "理由", "细节", "地址")


def _filter(call: Call) -> Filter:
    return Filter(
        actor=call.query("actor"), action=call.query("action"), subject=call.query("subject"),
        since=_day(call.query("since")), until=_day(call.query("until"), 86400),
    )  # fmt: skip


def _day(text: str, later_s: float = 0.0) -> float:
    try:
        return datetime.fromisoformat(text).replace(tzinfo=CHINA).timestamp() + later_s if text else 0.0
    except ValueError:
        return 0.0


def listed(call: Call) -> Response:
    """One page of the log, newest first."""
    chosen = _filter(call)
    number = max(1, int(call.query("page")) if call.query("page").isdecimal() else 1)
    with call.database.read() as connection:
        total = audit.count(connection, chosen)
        rows = audit.entries(connection, chosen, ROWS, (number - 1) * ROWS)
        actions = audit.actions(connection)
    values = {"rows": rows, "total": total, "number": number, "last": max(1, -(-total // ROWS))}
    library = library_of(call)
    subjects = {row.subject: log_words.subject(library, row.subject) for row in rows}
    values |= {"deeds": DEEDS, "actions": actions, "query": dict(call.request.query_params)}
    values |= {"subjects": subjects, "details": log_words.details}
    return SITE.page(call, "staff/log.html", values)


def export(call: Call) -> Response:
    """The whole matching log as CSV."""
    chosen = _filter(call)
    with call.database.write() as connection:
        call.audit(connection, "log_exported", "audit", detail={"count": audit.count(connection, chosen)})
    headers = {"Content-Disposition": 'attachment; filename="audit.csv"', "Cache-Control": "no-store"}
    return StreamingResponse(_lines(call, chosen), media_type="text/csv; charset=utf-8", headers=headers)


def _lines(call: Call, chosen: Filter) -> Iterator[str]:
    yield "\ufeff" + csv_line(COLUMNS)
    library = library_of(call)
    with call.database.read() as connection:
        for row in audit.export(connection, chosen):
            deed, detail = DEEDS.get(row.action, row.action), log_words.details(row.detail)
            said = (moment(row.at), row.actor, deed, log_words.subject(library, row.subject), row.subject)
            yield csv_line((*said, row.reason, detail, row.address))


def csv_line(values: tuple[object, ...]) -> str:
    """One CSV line; text that a spreadsheet would run as a formula is marked as text.

    >>> csv_line(("=1+1", 3))
    "'=1+1,3\\r\\n"
    """
    out = io.StringIO()
    safe = [f"'{v}" if isinstance(v, str) and v[:1] in "=+-@\t\r" and v else v for v in values]
    csv.writer(out).writerow(safe)
    return out.getvalue()


PAGES = (Page("/staff/log", listed, LOG_READERS), Page("/staff/log.csv", export, LOG_READERS))
