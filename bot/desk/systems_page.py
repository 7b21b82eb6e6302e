"""``/desk/systems``: tokens for the API and addresses for ticket events.

Why this file exists: a token and a webhook's key are shown once, when they are made, and never again.
"""

from __future__ import annotations

import secrets
from urllib.parse import urlsplit

from starlette.responses import RedirectResponse, Response

from bot.desk.scopes import SCOPES
from bot.desk.site import KEEPERS, SITE
from bot.seals import seal
from bot.staff.access import Call, Page
from store import tokens, webhooks

RATES = (60, 300, 1200)
EVENT_NAMES = {"ticket.opened": "有人转人工", "ticket.claimed": "坐席接单", "ticket.closed": "工单结束"}


def page(call: Call) -> Response:
    """What is let in and what is told."""
    return _page(call)


def _page(call: Call, made: str = "", fault: str = "", status: int = 200) -> Response:
    with call.database.read() as connection:
        values = {"tokens": tokens.listed(connection), "webhooks": webhooks.listed(connection)}
    more = {"scopes": SCOPES, "rates": RATES, "events": EVENT_NAMES, "made": made, "fault": fault}
    return SITE.page(call, "desk/systems.html", {**values, **more}, status)


def add_token(call: Call) -> Response:
    """Make a token and show it once."""
    name, scopes, rate = call.text("name", 60), call.texts("scope"), call.text("per_minute")
    if not name or not scopes or not set(scopes) <= set(SCOPES) or rate not in map(str, RATES):
        return _page(call, fault="请写名称，选至少一项权限和一个频率。", status=422)
    token = f"nc_{secrets.token_urlsafe(32)}"
    with call.database.write() as connection:
        made = tokens.add(connection, name, token, scopes, int(rate), call.me.login, call.at)
        call.audit(connection, "token_added", f"token:{made}", detail={"scopes": scopes})
    return _page(call, made=f"口令（只显示这一次，请马上交给对方系统）：{token}")


def revoke_token(call: Call) -> Response:
    """End a token at once."""
    made = call.request.path_params["token"]
    with call.database.write() as connection:
        if tokens.revoke(connection, made, call.at):
            call.audit(connection, "token_revoked", f"token:{made}")
    return RedirectResponse("/desk/systems", 303)


def add_webhook(call: Call) -> Response:
    """Register an address for ticket events and show its key once."""
    url, events = call.text("url", 500), call.texts("event")
    if not _may_post_to(url, call) or not events or not set(events) <= set(EVENT_NAMES):
        return _page(call, fault="地址要以 https:// 开头、不带账号密码，并选至少一种事件。", status=422)
    key = secrets.token_urlsafe(32)
    sealed = seal(call.services.settings, key)
    with call.database.write() as connection:
        made = webhooks.add(connection, url, sealed, events, call.me.login, call.at)
        call.audit(connection, "webhook_added", f"webhook:{made}", detail={"events": events})
    return _page(call, made=f"签名密钥（只显示这一次）：{key}")


def _may_post_to(url: str, call: Call) -> bool:
    """HTTPS; in development plain HTTP too, for a receiver on the same machine."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return False
    schemes = ("https",) if call.services.settings.production else ("https", "http")
    return parts.scheme in schemes and bool(parts.hostname) and not parts.username and not parts.password


def end_webhook(call: Call) -> Response:
    """Stop telling an address."""
    made = call.request.path_params["webhook"]
    with call.database.write() as connection:
        if webhooks.end(connection, made):
            call.audit(connection, "webhook_ended", f"webhook:{made}")
    return RedirectResponse("/desk/systems", 303)


PAGES = (
    Page("/desk/systems", page, KEEPERS),
    Page("/desk/systems/tokens", add_token, KEEPERS, "POST"),
    Page("/desk/systems/tokens/{token:int}/revoke", revoke_token, KEEPERS, "POST"),
    Page("/desk/systems/webhooks", add_webhook, KEEPERS, "POST"),
    Page("/desk/systems/webhooks/{webhook:int}/end", end_webhook, KEEPERS, "POST"),
)
