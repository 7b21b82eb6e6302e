"""What the bench asks, and what counts as an answer.

Why this file exists: both systems get the same questions as the same kind of citizens. Everything is
made before the clock runs and judged after it stops.
"""

from __future__ import annotations

import json
from collections.abc import Sequence

from bot.bench.load import Maker, request_bytes
from bot.bench.systems import System
from bot.pages.platform import Platform, text_push
from content.find import Library

FIRST_MESSAGE = 10**17
NOW = "2026-11-20T10:30:00+08:00"


def questions(library: Library) -> list[str]:
    """Plain questions: every need that depends on the city, asked for every city."""
    needs = [need for need in library.needs.values() if need.city_use == "ask"]
    return [f"{city.name}{need.say}怎么办" for need in needs for city in library.cities.values()]


def openid(user: int) -> str:
    """The openid of a simulated citizen: 28 characters."""
    return f"obench{user:022d}"


def wechat_maker(system: System, asked: Sequence[str], per_user: int) -> Maker:
    """Sealed pushes; ``per_user`` messages in a row come from one citizen."""
    platform = Platform(system.settings)

    def make(number: int) -> bytes:
        text = asked[number % len(asked)]
        xml = text_push(openid(number // per_user), text, str(FIRST_MESSAGE + number))
        push = platform.push(xml)
        return request_bytes(f"/wechat?{push.query}", push.body, [("Content-Type", "text/xml")])

    return make


def rest_maker(asked: Sequence[str], per_user: int, secret: str = "") -> Maker:
    """Messages for Rasa's REST channel with what our action needs to know of a turn; ours wants a secret."""
    headers = [("Content-Type", "application/json"), *([("X-Newcitizen-Secret", secret)] if secret else [])]

    def make(number: int) -> bytes:
        text = asked[number % len(asked)]
        about = {"raw": text, "now": NOW, "masked": False, "conversation": {}}
        body = {"sender": openid(number // per_user), "message": text, "metadata": about}
        return request_bytes("/webhooks/rest/webhook", json.dumps(body).encode(), headers)

    return make


def wechat_answers(system: System, bodies: Sequence[bytes]) -> int:
    """How many replies are sealed texts with an answer's source in them or a question back."""
    platform = Platform(system.settings)
    return sum(bool(platform.open(body).get("Content")) for body in bodies)


def rest_answers(bodies: Sequence[bytes]) -> int:
    """How many replies carry an outcome."""
    return sum(any("outcome" in (each.get("custom") or {}) for each in json.loads(body)) for body in bodies)
