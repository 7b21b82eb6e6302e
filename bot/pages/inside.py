"""A POST to our own app without a socket: the whole ASGI stack, as a request from outside takes it.

Why this file exists: the try page must not find a way around the gateway, and needs no client library.
"""

from __future__ import annotations

from starlette.types import ASGIApp, Message

from bot.pages.platform import Push


async def post(app: ASGIApp, path: str, push: Push) -> tuple[int, bytes]:
    """Status and body of the response."""
    sent: list[Message] = []
    waiting = [{"type": "http.request", "body": push.body, "more_body": False}]

    async def receive() -> Message:
        return waiting.pop() if waiting else {"type": "http.disconnect"}

    async def send(message: Message) -> None:
        sent.append(message)

    await app(_scope(path, push), receive, send)
    body = b"".join(m.get("body", b"") for m in sent if m["type"] == "http.response.body")
    return next(m["status"] for m in sent if m["type"] == "http.response.start"), body


def _scope(path: str, push: Push) -> dict[str, object]:
    headers = [(b"content-type", b"text/xml"), (b"content-length", str(len(push.body)).encode())]
    return {
        "type": "http", "asgi": {"version": "3.0"}, "http_version": "1.1", "method": "POST", "scheme": "http",
        "path": path, "raw_path": path.encode(), "query_string": push.query.encode(), "root_path": "",
        "headers": headers, "client": ("127.0.0.1", 0), "server": ("127.0.0.1", 0), "state": {},
        "extensions": {"newcitizen.inside": {}},
    }  # fmt: skip
