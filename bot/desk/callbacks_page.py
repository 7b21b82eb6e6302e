"""``/desk/callbacks``: wishes from outside working hours, with attempts and outcome.

Why this file exists: a promise to come back is kept by somebody, and what was tried is seen by all. The
citizen is reached in WeChat: a ticket is opened for the wish and handled like any other.
"""

from __future__ import annotations

from typing import Any

from starlette.responses import RedirectResponse, Response

from bot import clock
from bot.desk.site import DESK, SITE
from bot.staff.access import Call, Page, missing
from nlu.text import mask
from store import callbacks, desk_tickets, tickets
from store.errors import Conflict

RESULTS = {
    "reached": ("联系上了", "done"),
    "no_answer": ("没有回应", "open"),
    "later": ("对方约了别的时间", "open"),
    "not_wanted": ("对方不需要了", "given_up"),
    "gave_up": ("多次联系不上", "given_up"),
}
UNTOLD = {"forgotten": "没有人处理，自动结束"}
"""Outcomes nobody chooses."""


def page(call: Call) -> Response:
    """Open wishes and the last ended ones."""
    return _page(call)


def _page(call: Call, sentence: str = "", status: int = 200) -> Response:
    with call.database.read() as connection:
        values = {
            "waiting": [_view(call, w) for w in callbacks.listed(connection)],
            "done": [_view(call, w) for w in callbacks.ended(connection, 20)],
        }
    names = {name: said for name, (said, _) in RESULTS.items()}
    return SITE.page(call, "desk/callbacks.html", {**values, "results": names, "sentence": sentence}, status)


def _view(call: Call, wish: Any) -> dict[str, Any]:
    library = call.services.library()
    need, city = library.needs.get(wish.need), library.cities.get(wish.city)
    tried = [
        {**a, "result": RESULTS.get(a["result"], (UNTOLD.get(a["result"], ""),))[0]}
        for a in wish.attempts.get("list", [])
    ]
    return {
        "id": wish.id,
        "version": wish.version,
        "need": need.name if need else "还不清楚",
        "city": city.name if city else "",
        "question": mask(wish.question)[0],
        "at": wish.created_at,
        "tried": tried,
        "by": wish.handled_by,
    }


def _version(call: Call) -> int:
    given = call.text("version")
    return int(given) if given.isdigit() else -1


def tried(call: Call) -> Response:
    """Note the outcome of an attempt."""
    wish, result = call.request.path_params["wish"], call.text("result")
    if result not in RESULTS:
        return _page(call, "请选联系的结果。", 422)
    try:
        with call.database.write() as connection:
            callbacks.attempt(
                connection, wish, _version(call), call.me.login, result, call.at, RESULTS[result][1]
            )
            call.audit(connection, "callback_tried", f"callback:{wish}", detail={"result": result})
    except Conflict:
        return _page(call, "这一条刚被同事处理过，或者市民已删除资料。", 409)
    return RedirectResponse("/desk/callbacks", 303)


def contact(call: Call) -> Response:
    """Open the citizen's conversation in WeChat: a ticket of mine, the assistant silent."""
    wish = call.request.path_params["wish"]
    since = clock.now(call.services.settings).isoformat()
    try:
        with call.database.write() as connection:
            found = callbacks.get(connection, wish)
            if found is None or found.state != "open":
                raise missing("这条回电")
            effect = {**found.summary, "reason": "callback", "need": found.need, "city": found.city}
            effect |= {"question": found.question, "contact": found.contact}
            ticket = tickets.live_ticket(connection, found.openid) or tickets.open_ticket(
                connection, found.openid, effect, call.at
            )
            row = desk_tickets.get(connection, ticket)
            if row is not None and row.claimed_by != call.me.login:
                desk_tickets.claim(connection, ticket, row.version, call.me.login, call.at, since)
            call.audit(connection, "ticket_claimed", f"ticket:{ticket}", detail={"callback": wish})
    except Conflict:
        return _page(call, "这位市民正由别的同事接待。", 409)
    return RedirectResponse(f"/desk/tickets/{ticket}", 303)


PAGES = (
    Page("/desk/callbacks", page, DESK),
    Page("/desk/callbacks/{wish:int}/tried", tried, DESK, "POST"),
    Page("/desk/callbacks/{wish:int}/contact", contact, DESK, "POST"),
)
