"""``/try``: a phone-like chat that reaches the assistant only through our own ``/wechat``.

Why this file exists: people can try the service, and tests can see it, without a WeChat account. It must
not answer anything by itself.
"""

from __future__ import annotations

import secrets
import time
from datetime import date, datetime
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import BaseRoute, Route

from bot import clock
from bot.pages.bubbles import OUTCOMES, pieces
from bot.pages.inside import post
from bot.pages.platform import Platform, event_push, new_message_id, text_push
from bot.pages.web import page
from bot.pages.witness import Witness, witnessing
from bot.services import Services

COOKIE = "try_citizen"
TRIES = 3
"""How often WeChat sends one message in all."""
LATER = "（没有当场答复，会和下一条一起送到）"
_HINTS = (
    "租房能提公积金吗",
    "异地看病怎么报销",
    "公司不给交社保怎么办",
    "有人让我转到安全账户",
    "被拖欠工资找谁",
)


class Said(BaseModel):
    """What the page sends: a text or an event, and the day to answer for."""

    model_config = ConfigDict(extra="forbid")
    kind: Literal["text", "subscribe"]
    text: str = Field(default="", max_length=2000)
    as_of: date | None = None


def routes(services: Services) -> list[BaseRoute]:
    """The page and its two calls; nothing at all where the try page is off."""
    if not services.settings.try_enabled:
        return []
    platform = Platform(services.settings)

    def show(request: Request) -> Response:
        now = clock.now(services.settings)
        values = {"cities": services.library().cities.values(), "today": now.date(), "hints": _HINTS}
        response = page(request, "try.html", values)
        _remember(response, request, _citizen(request))
        return response

    async def push(request: Request) -> Response:
        if not _is_ours(request):
            return JSONResponse({"fault": "只能从试用页发出。"}, 403)
        try:
            said = Said.model_validate_json(await request.body())
        except ValidationError:
            return JSONResponse({"fault": "没看懂这个请求。"}, 400)
        now = clock.now(services.settings)
        openid = _citizen(request)
        with witnessing(_moment(said.as_of, now)) as witness:
            begun = time.perf_counter()
            fields = await _deliver(request, platform, openid, said)
        response = JSONResponse(_shown(fields, witness, time.perf_counter() - begun))
        _remember(response, request, openid)
        return response

    async def again(request: Request) -> Response:
        if not _is_ours(request):
            return JSONResponse({"fault": "只能从试用页发出。"}, 403)
        response = JSONResponse({})
        _remember(response, request, _new_citizen())
        return response

    return [
        Route("/try", show),
        Route("/try/push", push, methods=["POST"]),
        Route("/try/again", again, methods=["POST"]),
    ]


def _is_ours(request: Request) -> bool:
    """JSON from our own page: other sites cannot send this type without asking first."""
    return request.headers.get("content-type", "").split(";")[0] == "application/json"


def _moment(as_of: date | None, now: datetime) -> datetime | None:
    return None if as_of in (None, now.date()) else datetime.combine(as_of, now.timetz())


async def _deliver(request: Request, platform: Platform, openid: str, said: Said) -> dict[str, str]:
    xml = event_push(openid, "subscribe")
    if said.kind == "text":
        xml = text_push(openid, said.text, new_message_id())
    sent = platform.push(xml)
    for _ in range(TRIES):
        status, body = await post(request.app, "/wechat", sent)
        if status == 200:
            return platform.open(body)
    return {"MsgType": "fault"}


def _shown(fields: dict[str, str], witness: Witness, seconds: float) -> dict[str, Any]:
    outcome = witness.outcome
    return {
        "parts": [pieces(fields["Content"])] if "Content" in fields else [],
        "note": "（已转给微信客服）" if fields.get("MsgType") == "transfer_customer_service" else LATER,
        "outcome": str(outcome.kind) if outcome else "",
        "outcome_name": OUTCOMES[outcome.kind] if outcome else "",
        "answer_id": outcome.answer_id if outcome else "",
        "notices": list(outcome.notices) if outcome else [],
        "citation": outcome.citation if outcome else "",
        "ms": round(seconds * 1000),
    }


def _new_citizen() -> str:
    return "otry" + secrets.token_hex(12)


def _citizen(request: Request) -> str:
    known = request.cookies.get(COOKIE, "")
    return known if known.startswith("otry") and known.isalnum() and len(known) == 28 else _new_citizen()


def _remember(response: Response, request: Request, openid: str) -> None:
    secure = request.url.scheme == "https"
    response.set_cookie(COOKIE, openid, path="/try", httponly=True, samesite="strict", secure=secure)
