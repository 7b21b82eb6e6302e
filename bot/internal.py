"""The internal listener: Rasa calls our actions here, on the loopback, with the shared secret.

Why this file exists: rasa_sdk's own server is a separate process; one ASGI route with its
``ActionExecutor`` runs the same ``Action`` classes inside the app.
"""

from __future__ import annotations

import hmac
import json
import logging

from rasa_sdk.executor import ActionExecutor
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import Route

from actions.rasa_actions import ActionRespond, LibrarySource
from actions.service import DEFAULT, Service

log = logging.getLogger(__name__)


def build_executor(library: LibrarySource, service: Service = DEFAULT) -> ActionExecutor:
    """An executor that knows our action."""
    executor = ActionExecutor()
    executor.register_action(ActionRespond(library, service))
    return executor


def build_internal_app(library: LibrarySource, secret: str, service: Service = DEFAULT) -> Starlette:
    """The ASGI app of the internal listener: ``POST /webhook`` and ``GET /health``."""
    executor = build_executor(library, service)

    async def webhook(request: Request) -> Response:
        given = request.headers.get("x-newcitizen-secret", "")
        if not hmac.compare_digest(given.encode(), secret.encode()):
            return PlainTextResponse("forbidden", status_code=403)
        try:
            call = json.loads(await request.body())
            # Our action needs no domain, so Rasa does not send it (endpoints.yml); None would ask for it.
            result = await executor.run({**call, "domain": call.get("domain") or {}})
        except Exception as error:  # the text of the error may quote the citizen: only its class is logged
            log.error("action failed: %s", type(error).__name__)
            return JSONResponse({"error": "action failed"}, status_code=500)
        return JSONResponse(result.model_dump() if result else {})

    async def health(_: Request) -> Response:
        return PlainTextResponse("ok")

    return Starlette(routes=[Route("/webhook", webhook, methods=["POST"]), Route("/health", health)])
