"""Emergency: a notice to everyone, one answer, one city or the whole assistant off, within a second.

Why this file exists: nothing here waits for an edit or a review; everything has a reason, an end where
wanted, and an entry in the log.
"""

from __future__ import annotations

import time
from datetime import datetime

from starlette.responses import RedirectResponse, Response

from bot.clock import CHINA
from bot.console import records
from bot.console.forms import picked
from bot.console.site import SITE, live_of
from bot.live import switches
from bot.live.source import switched
from bot.live.switches import ANSWER, CITY, NAMES, NOTICE, Switch
from bot.staff.access import Call, Page, missing
from bot.staff.common import library_of, scopes
from bot.staff.roles import REVIEWERS
from store import emergency
from store.emergency import Row

NOTICE_CHARS = 120
"""A notice stands before every reply, which has 2,048 bytes in all."""


def show(call: Call) -> Response:
    """What is switched, and the forms to switch."""
    return _page(call)


def _page(call: Call, faults: list[str] | None = None) -> Response:
    with call.database.read() as connection:
        found = switched(connection)
    library = library_of(call)
    values = {
        "live": [s for s in found if not s.until or s.until > time.time()], "names": NAMES,
        "faults": faults or [], "scopes": scopes(library), "answers": library.answers, "needs": library.needs,
        "limit": NOTICE_CHARS,
        "titles": {key: records.full_title(library, "answers", key) for key in library.answers},
    }  # fmt: skip
    return SITE.page(call, "console/emergency.html", values, 422 if faults else 200)


def turn_on(call: Call) -> Response:
    """Flip a switch."""
    kind, target = call.text("kind"), picked(call.text("target"))
    text, reason = call.text("text", 2000), call.text("reason", 500)
    until = _until(call.text("until"))
    faults = _faults(call, kind, target, text, reason, until)
    if faults:
        return _page(call, faults)
    switch = Switch(kind, target if kind in (ANSWER, CITY) else "", text if kind == NOTICE else "")
    value = {"kind": kind, "target": switch.target, "text": switch.text}
    with call.database.write() as connection:
        row = Row(switch.name, value, reason, until or 0.0, call.me.login, call.at)
        emergency.turn_on(connection, row)
        detail = {**value, "until": until or 0.0}
        call.audit(connection, "switch_on", switch.name, reason=reason, detail=detail)
    live_of(call).look()
    return RedirectResponse("/console/emergency", 303)


def _faults(call: Call, kind: str, target: str, text: str, reason: str, until: float | None) -> list[str]:
    library = library_of(call)
    found = [] if kind in NAMES else ["请选要做什么。"]
    found += [] if reason else ["请写理由，日志里要留下。"]
    if until is None or (until and until <= call.at):
        found.append("结束时间要在以后；不知道就空着。")
    if kind == ANSWER and target not in library.answers:
        found.append("没有这条答复，请从列表里选。")
    if kind == CITY and target not in library.cities:
        found.append("请选一座城市。")
    if kind == NOTICE and not 0 < len(text) <= NOTICE_CHARS:
        found.append(f"通知要写，最多 {NOTICE_CHARS} 个字。")
    return found


def _until(text: str) -> float | None:
    try:
        return datetime.fromisoformat(text).replace(tzinfo=CHINA).timestamp() if text else 0.0
    except ValueError:
        return None


def turn_off(call: Call) -> Response:
    """Flip a switch back."""
    name = call.text("name")
    with call.database.write() as connection:
        if not name.startswith(switches.PREFIX) or not emergency.turn_off(connection, name):
            raise missing("这个开关")
        call.audit(connection, "switch_off", name, reason=call.text("reason", 500))
    live_of(call).look()
    return RedirectResponse("/console/emergency", 303)


PAGES = (
    Page("/console/emergency", show, REVIEWERS),
    Page("/console/emergency/on", turn_on, REVIEWERS, "POST"),
    Page("/console/emergency/off", turn_off, REVIEWERS, "POST"),
)
