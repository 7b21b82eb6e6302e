"""``/desk/tickets/{id}``: one hand-off with everything known, and what can be done with it.

Why this file exists: an operator sees at a glance who waits for what and what was said already. The chat
itself is in ``chat``.
"""

from __future__ import annotations

from typing import Any

from starlette.responses import RedirectResponse, Response

from actions.verdict import NAMES
from bot.desk import queue_page
from bot.desk.chat import lines_of, room
from bot.desk.find_page import finder_of
from bot.desk.site import DESK, SITE
from bot.logging import sender_hash
from bot.staff.access import Call, Page, missing
from bot.staff.roles import SUPERVISOR
from content.remarks import contact_words
from nlu.text import mask
from store import accounts, desk_tickets
from store.accounts import Account
from store.database import Connection
from store.errors import Conflict

GONE = "这位市民已取消关注或要求删除，资料已按规定删除。"
CHANGED = "这张工单刚被别人改过，请先看下面的最新情况。"
REASONS = {
    k: v
    for k, v in queue_page.CLOSE_REASONS.items()
    if k not in ("cancelled", "silent", "forgotten", "returned")
}


def number(call: Call) -> int:
    """The ticket of the path."""
    return int(call.request.path_params["ticket"])


def page(call: Call) -> Response:
    """The page of a ticket."""
    return shown(call)


def shown(call: Call, sentence: str = "", status: int = 200, name: str = "desk/ticket.html") -> Response:
    """The page with a sentence on top."""
    with call.database.read() as connection:
        ticket = desk_tickets.get(connection, number(call))
        if ticket is None:
            gone = "desk/_gone.html" if name == "desk/_state.html" else "desk/gone.html"
            return SITE.page(call, gone, {"sentence": GONE}, 410)
        if not queue_page.for_me(call, ticket) and not call.me.may({SUPERVISOR}):
            raise missing("这张工单")
        values = _values(call, connection, ticket)
    return SITE.page(call, name, {**values, "sentence": sentence}, status)


def aside(call: Call) -> Response:
    """The state alone, fetched when something changed."""
    return shown(call, name="desk/_state.html")


def _values(call: Call, connection: Connection, ticket: Any) -> dict[str, Any]:
    library = call.services.library()
    sender = sender_hash(call.services.settings.sender_key, ticket.openid)
    contact = library.contacts.get(ticket.contact)
    return {
        "ticket": queue_page.view(ticket, library, call.at), "states": queue_page.STATES,
        "mine": ticket.state == "claimed" and ticket.claimed_by == call.me.login,
        "lines": lines_of(connection, ticket.id), "last": desk_tickets.last_line(connection),
        "room": room(connection, call, ticket.openid), "facts": facts_of(ticket, library),
        "contact": contact_words(contact) if contact and contact.shown else "",
        "confidence": round(ticket.confidence * 100), "verdict": NAMES.get(ticket.verdict, ""),
        "turns": [_turn(call, t) for t in desk_tickets.turns(connection, sender)],
        "openid": hidden(ticket.openid), "colleagues": _colleagues(connection, call.me),
        "close_reasons": REASONS, "lead": call.me.may({SUPERVISOR}),
    }  # fmt: skip


def hidden(openid: str) -> str:
    """A person's identifier as shown by default.

    >>> hidden("oAbCdEfGhIjKlMnOpQrStUvWxYz1")
    'oAb…Yz1'
    """
    return f"{openid[:3]}…{openid[-3:]}" if len(openid) > 9 else "…"


def facts_of(ticket: Any, library: Any) -> list[tuple[str, str]]:
    """Facts told in checks, by their short names."""
    found = []
    for name, told in ticket.facts.items():
        question = library.questions.get(name)
        value = told.get("value") if isinstance(told, dict) else told
        said = {True: "是", False: "不是", None: "不清楚"}.get(
            value, f"{value}{question.unit if question else ''}"
        )
        choice = next((c.say for c in question.choices if c.id == value), "") if question else ""
        found.append((question.label or question.ask if question else name, choice or said))
    return found


def _turn(call: Call, turn: Any) -> dict[str, Any]:
    shelf = finder_of(call.services).shelf()
    answer = shelf.library.answers.get(turn.answer_id)
    lead = shelf.entry("answer", answer.id).lead if answer else ""
    return {"at": turn.at, "text": mask(turn.text)[0], "lead": lead, "answer": answer.id if answer else ""}


def _colleagues(connection: Connection, me: Account) -> list[Account]:
    staff = accounts.accounts(connection)
    return [a for a in staff if a.active and a.may(DESK) and a.login != me.login]


def _act(call: Call, deed: str, do: Any, **detail: str) -> Response | None:
    """Do something with my ticket; a page to show when it did not work."""
    version = call.text("version")
    try:
        with call.database.write() as connection:
            ticket = desk_tickets.get(connection, number(call))
            if ticket is None:
                return SITE.page(call, "desk/gone.html", {"sentence": GONE}, 410)
            if ticket.claimed_by != call.me.login and not call.me.may({SUPERVISOR}):
                raise missing("您的这张工单")
            do(connection, ticket, int(version) if version.isdigit() else -1)
            call.audit(connection, deed, f"ticket:{ticket.id}", detail=detail)
    except Conflict:
        return shown(call, CHANGED, 409)
    return None


def close(call: Call) -> Response:
    """End the ticket with a reason; the assistant answers again."""
    reason = call.text("reason")
    if reason not in REASONS:
        return shown(call, "请选一个结束原因。", 422)

    def do(connection: Connection, ticket: Any, version: int) -> None:
        desk_tickets.close(connection, ticket.id, version, call.me.login, reason, call.at)

    return _act(call, "ticket_closed", do, reason=reason) or RedirectResponse("/desk/queue", 303)


def forward(call: Call) -> Response:
    """Hand it to a colleague or to an organisation."""
    to, organisation, words = call.text("to"), call.text("organisation", 60), mask(call.text("note", 300))[0]
    with call.database.read() as connection:
        known = {a.login for a in _colleagues(connection, call.me)}
    if bool(to) == bool(organisation) or (to and to not in known):
        return shown(call, "请选一位同事，或写一个机构，二选一。", 422)

    def do(connection: Connection, ticket: Any, version: int) -> None:
        desk_tickets.forward(
            connection, ticket.id, version, call.me.login, call.at, to=to, organisation=organisation
        )
        if words:
            desk_tickets.note(connection, ticket.id, "note", call.me.login, words, call.at)

    return _act(call, "ticket_forwarded", do, to=to or organisation) or RedirectResponse("/desk/queue", 303)


def note(call: Call) -> Response:
    """Write something down for colleagues."""
    words = mask(call.text("text", 500))[0]
    if not words:
        return shown(call, "备注是空的。", 422)

    def do(connection: Connection, ticket: Any, _: int) -> None:
        desk_tickets.note(connection, ticket.id, "note", call.me.login, words, call.at)
        desk_tickets.set_note(connection, ticket.id, words[:80])

    return _act(call, "ticket_noted", do) or RedirectResponse(f"/desk/tickets/{number(call)}", 303)


def reveal(call: Call) -> Response:
    """Show the citizen's identifier, for a reason that is logged."""
    reason = call.text("reason", 200)
    if len(reason) < 4:
        return shown(call, "请写明查看理由（至少四个字），会记入操作日志。", 422)
    with call.database.write() as connection:
        ticket = desk_tickets.get(connection, number(call))
        if ticket is None or (ticket.claimed_by != call.me.login and not call.me.may({SUPERVISOR})):
            raise missing("您的这张工单")
        call.audit(connection, "person_shown", f"ticket:{ticket.id}", reason=reason)
        openid = ticket.openid
    return shown(call, f"市民标识（已记入日志，请勿外传）：{openid}")


PATH = "/desk/tickets/{ticket:int}"
PAGES = (
    Page(PATH, page, DESK),
    Page(f"{PATH}/state", aside, DESK),
    Page(f"{PATH}/close", close, DESK, "POST"),
    Page(f"{PATH}/forward", forward, DESK, "POST"),
    Page(f"{PATH}/note", note, DESK, "POST"),
    Page(f"{PATH}/reveal", reveal, DESK, "POST"),
)
