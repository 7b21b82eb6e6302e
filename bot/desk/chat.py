"""Live chat with a citizen through the outbox: say, how many texts are left, canned answers.

Why this file exists: nothing an operator says may be sent twice or silently not at all. It must not know
how WeChat is called.
"""

from __future__ import annotations

import secrets
from typing import Any

from starlette.responses import JSONResponse, Response

from bot import clock
from bot.desk.find_page import finder_of
from bot.desk.site import DESK
from bot.shared_memory import SharedMemory, shared_memory
from bot.staff.access import Call, Page
from bot.staff.web import moment
from nlu.text import mask
from store import desk_chat, desk_tickets
from store.database import Connection
from store.desk_chat import Line
from store.errors import StoreUnavailable
from store.switches import PASSIVE_ONLY, switch

LIMIT_BYTES = 2048
"""UTF-8 bytes of one text (PROTOCOL 1.6)."""
ONCE_S = 600.0
FATES = {
    "queued": "发送中",
    "sending": "发送中",
    "sent": "已送达微信",
    "held": "等对方再来信时送出",
    "dead": "没有发出去",
}


def may_push(connection: Connection, call: Call) -> bool:
    """Whether texts may be sent without the citizen writing first."""
    right = call.services.settings.wechat_customer_service
    return right and not switch(connection, PASSIVE_ONLY, call.at)


def room(connection: Connection, call: Call, openid: str) -> str:
    """WeChat's limits for this person, in a sentence."""
    if not may_push(connection, call):
        return "公众号没有客服消息权限：您写的话会在市民下次来信时一起送出。"
    found = desk_chat.window(connection, openid, call.at)
    if not found.left:
        return "按微信规定现在不能主动发了，您写的话会在市民下次来信时送出。"
    return f"按微信规定还能发 {found.left} 条，截止 {moment(found.until)}；市民每来一条消息重新计算。"


def lines_of(connection: Connection, ticket: int) -> list[dict[str, Any]]:
    """The lines of a ticket with the fate of each text."""
    fates = desk_chat.fates(connection, ticket)
    return [
        {
            "id": row.id,
            "side": row.side,
            "author": row.author,
            "text": mask(row.text)[0],
            "at": row.at,
            "fate": FATES.get(fates.get(row.id, ("", ""))[0], ""),
            "bad": fates.get(row.id, ("", ""))[0] == "dead",
        }
        for row in desk_tickets.thread(connection, ticket)
    ]


def _memory(call: Call) -> SharedMemory:
    known: SharedMemory | None = call.services.extras.get("memory")
    if known is None:
        known = call.services.extras["memory"] = shared_memory(call.services.settings.redis_url)
    return known


def say(call: Call) -> Response:
    """Send a text to the citizen, once however often the browser tries."""
    ticket, text, once = call.request.path_params["ticket"], call.text("text"), call.text("once", 64)
    fault = "话是空的。" if not text else _too_long(text)
    if fault:
        return JSONResponse({"said": fault}, 422)
    name, owner = f"say:{call.me.login}:{once}", secrets.token_hex(8)
    if once and not _memory(call).take(name, owner, ONCE_S):
        return JSONResponse({"said": "这一条已经收下了。", "twice": True})
    try:
        return _stored(call, ticket, text)
    except StoreUnavailable:
        _memory(call).give(name, owner)
        raise


def _too_long(text: str) -> str:
    size = len(text.encode())
    return (
        f"太长了：{size} 字节，微信一条最多 {LIMIT_BYTES} 字节（约 680 个汉字）。"
        if size > LIMIT_BYTES
        else ""
    )


def _stored(call: Call, ticket: int, text: str) -> Response:
    with call.database.write() as connection:
        row = desk_tickets.get(connection, ticket)
        if row is None:
            return JSONResponse({"said": "这位市民已取消关注，没有发送。", "gone": True}, 410)
        if row.state != "claimed" or row.claimed_by != call.me.login:
            return JSONResponse({"said": "这张工单现在不是您的，没有发送。", "gone": True}, 409)
        line = Line(ticket, row.openid, call.me.login, text, mask(text)[0])
        made = desk_chat.say(connection, line, call.at, may_push(connection, call))
        since = clock.now(call.services.settings).isoformat()
        desk_tickets.go_live(connection, ticket, call.me.login, since, call.at)
        left = room(connection, call, row.openid)
    shown = {"id": made, "ticket": ticket, "side": "operator", "author": call.me.login, "text": line.kept}
    return JSONResponse({"line": {**shown, "at": call.at}, "room": left})


def writing(call: Call) -> Response:
    """Show the citizen that the operator is writing; nobody waits for it, and nothing comes of it."""
    typist = call.services.extras.get("typist")
    with call.database.read() as connection:
        row = desk_tickets.get(connection, call.request.path_params["ticket"])
    if typist is not None and row and row.state == "claimed" and row.claimed_by == call.me.login:
        typist.show(row.openid)
    return Response(status_code=204)


def canned(call: Call) -> Response:
    """Short published answers to put into the text field."""
    found = finder_of(call.services).find(call.query("q"), call.query("city"), call.database, 5)
    return JSONResponse(
        {"found": [{"title": f"{e.title}（{e.place}·{e.state_name}）", "text": e.copy} for e in found]}
    )


PAGES = (
    Page("/desk/tickets/{ticket:int}/say", say, DESK, "POST"),
    Page("/desk/tickets/{ticket:int}/writing", writing, DESK, "POST"),
    Page("/desk/canned", canned, DESK),
)
