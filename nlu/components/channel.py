"""GuardedRest: Rasa's REST channel behind a shared secret, without streaming and without logs.

Why this file exists: the stock channel answers anybody who reaches the port and writes the text of
failed messages to the log.
"""

from __future__ import annotations

import hmac
import logging
from collections.abc import Awaitable, Callable
from typing import Any

from rasa.core.channels.channel import CollectingOutputChannel, InputChannel, UserMessage
from rasa.shared.exceptions import RasaException
from sanic import Blueprint, response
from sanic.request import Request
from sanic.response import HTTPResponse

HEADER = "X-Newcitizen-Secret"
_log = logging.getLogger(__name__)
Handler = Callable[[UserMessage], Awaitable[Any]]


class SecretMissing(RasaException):
    """The channel was configured without a secret."""

    def __init__(self) -> None:
        super().__init__(
            "没有设置 NEWCITIZEN_INTERNAL_SECRET（共享密钥）。请用 scripts/up 启动，或自行设置。"
        )


class GuardedRest(InputChannel):
    """POST /webhooks/rest/webhook {sender, message, metadata} with the secret header."""

    def __init__(self, secret: str) -> None:
        self._secret = secret.encode()

    @classmethod
    def name(cls) -> str:
        """The path below /webhooks."""
        return "rest"

    @classmethod
    def from_credentials(cls, credentials: dict[str, Any] | None) -> GuardedRest:
        """A channel from credentials.yml.

        Raises:
            SecretMissing: where the secret is empty.
        """
        secret = str((credentials or {}).get("secret") or "")
        if not secret or secret.startswith("$"):
            raise SecretMissing
        return cls(secret)

    def _knows_us(self, request: Request) -> bool:
        given = request.headers.get(HEADER, "").encode()
        return hmac.compare_digest(given, self._secret)

    def blueprint(self, on_new_message: Handler) -> Blueprint:
        """The two routes."""
        routes = Blueprint("newcitizen_rest")

        @routes.route("/", methods=["GET"])
        async def health(request: Request) -> HTTPResponse:
            return response.json({"status": "ok"})

        @routes.route("/webhook", methods=["POST"])
        async def receive(request: Request) -> HTTPResponse:
            if not self._knows_us(request):
                return response.json({"error": "secret"}, status=403)
            return await _answer(request.json or {}, on_new_message)

        return routes


async def _answer(body: dict[str, Any], on_new_message: Handler) -> HTTPResponse:
    """Runs one turn; a failure is a 500 without the text in any log."""
    text, sender = body.get("message"), body.get("sender")
    if not isinstance(text, str) or not isinstance(sender, str):
        return response.json({"error": "message and sender must be texts"}, status=400)
    collected = CollectingOutputChannel()
    try:
        await on_new_message(
            UserMessage(text, collected, sender, input_channel="rest", metadata=body.get("metadata"))
        )
    except Exception as error:
        _log.error("turn %s failed: %s", sender, type(error).__name__)
        return response.json({"error": "turn failed"}, status=500)
    return response.json(collected.messages)
