"""``/healthz``: the parts and their state. ``/metrics``: figures for Prometheus, not for everyone.

Why this file exists: degraded modes must be visible. It must not know how a part finds out how it is.
"""

from __future__ import annotations

import asyncio
import hmac
import ipaddress

from prometheus_client import CONTENT_TYPE_LATEST, generate_latest
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import BaseRoute, Route

from bot.services import Probe, Services
from bot.settings import Settings, plain

PROBE_S = 2.0
"""Seconds a part gets to say how it is."""
_WORST = ["ok", "degraded", "down"]


def routes(services: Services) -> list[BaseRoute]:
    """``/healthz`` and ``/metrics``. Health is 200 while this process answers: what is wrong stands in it."""

    async def healthz(_: Request) -> Response:
        states = await asyncio.gather(*(_ask(probe) for probe in services.probes.values()))
        parts = {n: {"state": s, "text": t} for n, (s, t) in zip(services.probes, states, strict=True)}
        worst = max((s for s, _ in states), key=_WORST.index, default="ok")
        return JSONResponse({"status": worst, "content": services.library().version, "parts": parts})

    def metrics(request: Request) -> Response:
        if not may_read_metrics(request, services.settings):
            return PlainTextResponse("只限本机，或带上 NEWCITIZEN_METRICS_TOKEN 的口令。", status_code=403)
        own = services.extras.get("metrics")
        text = generate_latest() + (own.text() if own else b"")
        return Response(text, media_type=CONTENT_TYPE_LATEST)

    return [Route("/healthz", healthz), Route("/metrics", metrics)]


async def _ask(probe: Probe) -> tuple[str, str]:
    try:
        return await asyncio.wait_for(probe(), PROBE_S)
    except Exception as error:  # whatever a probe raises is its answer
        return "down", type(error).__name__


def may_read_metrics(request: Request, settings: Settings) -> bool:
    """The loopback without a proxy in front, or whoever holds the token.

    Behind a proxy on this machine every citizen comes from the loopback: a forwarded request needs the token.
    """
    token = plain(settings.metrics_token)
    given = request.headers.get("authorization", "").removeprefix("Bearer ")
    if token and hmac.compare_digest(given.encode(), token.encode()):
        return True
    forwarded = any(name in request.headers for name in ("x-forwarded-for", "forwarded", "x-real-ip"))
    host = request.client.host if request.client else ""
    return not forwarded and _is_loopback(host)


def _is_loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
