"""``/desk/queue``: who waits for a person, who has whom, and what was closed last."""

from __future__ import annotations

from typing import Any

from starlette.responses import RedirectResponse, Response

from bot import clock
from bot.desk.site import DESK, SITE
from bot.logging import sender_hash
from bot.staff.access import Call, Page, missing
from bot.staff.roles import SUPERVISOR
from nlu.text import mask
from store import desk_tickets
from store.database import Connection
from store.errors import Conflict

REASONS = {"asked": "自己要求", "offered": "多次没听懂后转", "not_understood": "多次没听懂"}
CLOSE_REASONS = {
    "solved": "已解决",
    "referred": "已指引去别处办",
    "no_answer": "对方没有再回",
    "not_ours": "不归我们办",
    "rude": "辱骂或骚扰",
    "cancelled": "市民取消",
    "silent": "三十分钟没有消息",
    "forgotten": "没有人处理，自动结束",
    "returned": "交还助手",
}
STATES = {"open": "等待", "claimed": "处理中", "closed": "已结束"}


def queue(call: Call) -> Response:
    """The page."""
    return SITE.page(call, "desk/queue.html", _values(call))


def rows(call: Call) -> Response:
    """The tables alone, fetched when something changed."""
    return SITE.page(call, "desk/_queue.html", _values(call))


def _values(call: Call) -> dict[str, Any]:
    library, lead = call.services.library(), call.me.may({SUPERVISOR})
    with call.database.read() as connection:
        waiting = [t for t in desk_tickets.listed(connection) if lead or for_me(call, t)]
        said = before(call, connection, waiting)
        ended = desk_tickets.closed(connection, 20, "" if lead else call.me.login)
    live = [{**view(t, library, call.at), "before": said.get(t.id, "")} for t in waiting]
    return {"live": live, "ended": [view(t, library, call.at) for t in ended], "states": STATES, "lead": lead}


def for_me(call: Call, ticket: Any) -> bool:
    """Whether an operator may work on a ticket: any organisation's, or their own's, or their own ticket."""
    return ticket.claimed_by == call.me.login or ticket.organisation in ("", call.me.organisation)


def view(ticket: Any, library: Any, now: float) -> dict[str, Any]:
    """A ticket for people: names for ids, words masked once more, minutes waited."""
    need = library.needs.get(ticket.need)
    city = library.cities.get(ticket.city)
    until = ticket.claimed_at or ticket.closed_at or now
    return {
        "id": ticket.id,
        "version": ticket.version,
        "state": ticket.state,
        "need": need.name if need else "还不清楚",
        "city": city.name if city else "",
        "city_id": ticket.city,
        "question": mask(ticket.question)[0],
        "by": ticket.claimed_by,
        "reason": REASONS.get(ticket.reason, ticket.reason),
        "waited": max(0, round((until - ticket.opened_at) / 60)),
        "opened_at": ticket.opened_at,
        "closed_at": ticket.closed_at,
        "organisation": ticket.organisation,
        "note": ticket.note,
        "close_reason": CLOSE_REASONS.get(ticket.close_reason, ticket.close_reason),
    }


def before(call: Call, connection: Connection, live: list[Any]) -> dict[int, str]:
    """Ticket to what was said before the wish for a person: 人工 alone tells nobody what it is about."""
    key = call.services.settings.sender_key
    senders = {t.id: sender_hash(key, t.openid) for t in live}
    said = desk_tickets.said(connection, senders.values())
    found = {t.id: [w for w in said.get(senders[t.id], ()) if w != t.question] for t in live}
    return {ticket: mask(words[0])[0] for ticket, words in found.items() if words}


def claim(call: Call) -> Response:
    """Take a ticket and open it; who comes second is told who was first."""
    ticket, version = call.request.path_params["ticket"], call.text("version")
    since = clock.now(call.services.settings).isoformat()
    try:
        with call.database.write() as connection:
            found = desk_tickets.get(connection, ticket)
            if found is None or not for_me(call, found):
                raise missing("这张工单")
            seen = int(version) if version.isdigit() else -1
            desk_tickets.claim(connection, ticket, seen, call.me.login, call.at, since)
            call.audit(connection, "ticket_claimed", f"ticket:{ticket}")
    except Conflict:
        values = {**_values(call), "sentence": f"{ticket} 号已经被别人接走了，请看下一位。"}
        return SITE.page(call, "desk/queue.html", values, 409)
    return RedirectResponse(f"/desk/tickets/{ticket}", 303)


PAGES = (
    Page("/desk/queue", queue, DESK),
    Page("/desk/queue/rows", rows, DESK),
    Page("/desk/tickets/{ticket:int}/claim", claim, DESK, "POST"),
)
