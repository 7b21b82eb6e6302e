"""Plays a conversation script through the assistant, turn by turn.

Why this file exists: scripts of events and words become what the channel would hand over. What a
reply must convey is judged in ``judge``.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from actions import render
from actions.outcome import Outcome
from actions.turn import Conversation
from bot.assistant import Assistant
from bot.inbound import Inbound
from content.find import Library

Script = Mapping[str, Any]
MEDIA = ("image", "voice", "video", "link", "file", "sticker")


@dataclass(frozen=True, slots=True)
class Played:
    """One turn as it came out."""

    turn: Mapping[str, Any]
    outcome: Outcome
    conversation: Conversation

    @property
    def text(self) -> str:
        """The whole reply as a citizen reads it."""
        return "" if self.outcome.silent else render.plain(self.outcome)


async def play(script: Script, assistant: Assistant, library: Library, clock: str) -> list[Played]:
    """Run the turns in order from a fresh state; ``unsubscribe`` is the channel's and ends a script."""
    now = datetime.fromisoformat(str(script.get("clock") or clock))
    talk = given(script, library)
    played = []
    for turn in script["turns"]:
        if turn.get("event") == "unsubscribe":
            break
        now = datetime.fromisoformat(str(turn["clock"])) if "clock" in turn else now
        response = await assistant.respond(inbound(turn, now), talk, now)
        talk = response.conversation
        played.append(Played(turn, response.outcome, talk))
    return played


def given(script: Script, library: Library) -> Conversation:
    """The state a script starts from: fresh, or with a known city."""
    city = (script.get("given") or {}).get("city", "")
    known = [c.id for c in library.cities.values() if city and c.name == city]
    return Conversation(city=known[0] if known else "")


def inbound(turn: Mapping[str, Any], now: datetime) -> Inbound:
    """The turn as the channel would hand it over."""
    if "location" in turn:
        place = turn["location"]
        return Inbound("location", now, lat=place["lat"], lon=place["lon"], label=place.get("label", ""))
    if turn.get("event") == "CLICK":
        return Inbound("click", now, key=turn["key"])
    if turn.get("event") in {"subscribe", "SCAN"}:
        return Inbound("subscribe", now, scene=str(turn.get("key", "")))
    for kind in MEDIA:
        if kind in turn:
            return Inbound(kind, now)  # type: ignore[arg-type]
    return Inbound("text", now, text=turn["text"])
