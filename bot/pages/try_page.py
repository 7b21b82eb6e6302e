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

from actions.outcome import Outcome
from bot import clock
from bot.pages.bubbles import OUTCOMES, pieces
from bot.pages.inside import post
from bot.pages.platform import Platform, event_push, new_message_id, text_push
from bot.pages.web import page
from bot.pages.witness import witnessing
from bot.services import Services

COOKIE = "try_citizen"
TRIES = 3
"""How often WeChat sends one message in all."""
LATER = "（没有当场答复，会和下一条一起送到）"
NOTES = {"transfer_customer_service": "（已转给微信客服）", "fault": "该公众号提供的服务出现故障，请稍后再试"}
"""What a phone shows for a reply that is no text: the second one is what WeChat itself says."""
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
    door = TryPage(services)
    return [
        Route("/try", door.show),
        Route("/try/push", door.push, methods=["POST"]),
        Route("/try/again", door.again, methods=["POST"]),
    ]


class TryPage:
    """The page for one app; every browser is a citizen of its own, known by a cookie."""

    def __init__(self, services: Services) -> None:
        self._services = services
        self._platform = Platform(services.settings)

    def show(self, request: Request) -> Response:
        """The page itself."""
        values = {
            "cities": self._services.library().cities.values(),
            "today": clock.now(self._services.settings).date(),
            "hints": _HINTS,
        }
        return _remember(page(request, "try.html", values), request, _citizen(request))

    async def push(self, request: Request) -> Response:
        """Send one message as the platform would, and show what comes back."""
        if not _is_ours(request):
            return JSONResponse({"fault": "只能从试用页发出。"}, 403)
        try:
            said = Said.model_validate_json(await request.body())
        except ValidationError:
            return JSONResponse({"fault": "没看懂这个请求。"}, 400)
        openid = _citizen(request)
        with witnessing(_moment(said.as_of, clock.now(self._services.settings))) as witness:
            begun = time.perf_counter()
            fields = await self._deliver(request, openid, said)
        seconds = time.perf_counter() - begun
        shown = {**_shown(fields, seconds), **self._grounds(witness.outcome)}
        return _remember(JSONResponse(shown), request, openid)

    async def again(self, request: Request) -> Response:
        """Be another citizen from now on."""
        if not _is_ours(request):
            return JSONResponse({"fault": "只能从试用页发出。"}, 403)
        return _remember(JSONResponse({}), request, _new_citizen())

    async def _deliver(self, request: Request, openid: str, said: Said) -> dict[str, str]:
        xml = event_push(openid, "subscribe")
        if said.kind == "text":
            xml = text_push(openid, said.text, new_message_id())
        sent = self._platform.push(xml)
        for _ in range(TRIES):
            status, body = await post(request.app, "/wechat", sent)
            if status == 200:
                return self._platform.open(body)
        return {"MsgType": "fault"}

    def _grounds(self, outcome: Outcome | None) -> dict[str, Any]:
        if outcome is None:
            return {"outcome": "", "outcome_name": "", "answer_id": "", "answer_url": "", "notices": []}
        known = outcome.answer_id in self._services.library().answers
        return {
            "outcome": str(outcome.kind),
            "outcome_name": OUTCOMES[outcome.kind],
            "answer_id": outcome.answer_id,
            "answer_url": f"/a/{outcome.answer_id}" if known else "",
            "notices": list(outcome.notices),
        }


def _shown(fields: dict[str, str], seconds: float) -> dict[str, Any]:
    return {
        "parts": [pieces(fields["Content"])] if "Content" in fields else [],
        "note": NOTES.get(fields.get("MsgType", ""), LATER),
        "ms": round(seconds * 1000),
    }


def _is_ours(request: Request) -> bool:
    """JSON from our own page: other sites cannot send this type without asking first."""
    return request.headers.get("content-type", "").split(";")[0] == "application/json"


def _moment(as_of: date | None, now: datetime) -> datetime | None:
    return None if as_of in (None, now.date()) else datetime.combine(as_of, now.timetz())


def _new_citizen() -> str:
    return "otry" + secrets.token_hex(12)


def _citizen(request: Request) -> str:
    known = request.cookies.get(COOKIE, "")
    return known if known.startswith("otry") and known.isalnum() and len(known) == 28 else _new_citizen()


def _remember(response: Response, request: Request, openid: str) -> Response:
    secure = request.url.scheme == "https"
    response.set_cookie(COOKIE, openid, path="/try", httponly=True, samesite="strict", secure=secure)
    return response
