"""Plays a conversation script through the WeChat door, turn by turn.

Why this file exists: scripts of events and words become the XML WeChat pushes. What a reply must
convey is judged in ``judge``.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from actions.outcome import Outcome, OutcomeKind
from actions.turn import Conversation
from content.find import Library
from tests.conversations.door import Door
from tests.support.channel import event_xml, message_xml, text_xml

Script = Mapping[str, Any]
MEDIA = {
    "image": "<PicUrl>http://x.test/p</PicUrl><MediaId>m1</MediaId>",
    "voice": "<MediaId>m1</MediaId><Format>amr</Format>",
    "video": "<MediaId>m1</MediaId><ThumbMediaId>m2</ThumbMediaId>",
    "link": "<Title>t</Title><Description>d</Description><Url>http://x.test</Url>",
    "file": "<Title>t.pdf</Title><FileKey>k</FileKey>",
}
"""MsgType to the fields WeChat sends with it."""
STICKER = "【收到不支持的消息类型，暂无法显示】"
_LINK = re.compile(r"<a [^>]*>(.*?)</a>")
NOTHING = Outcome(OutcomeKind.CHITCHAT, "", silent=True)
"""A turn the assistant was not asked about."""
_citizens = itertools.count(1)


@dataclass(frozen=True, slots=True)
class Played:
    """One turn as it came out: the texts on the phone, and how many rows are stored of the person."""

    turn: Mapping[str, Any]
    outcome: Outcome
    conversation: Conversation
    received: tuple[str, ...] = ()
    rows: int = 0

    @property
    def text(self) -> str:
        """The whole reply as a citizen reads it."""
        return _LINK.sub(r"\1", "\n".join(self.received))


async def play(script: Script, door: Door, library: Library, clock: str) -> list[Played]:
    """Run the turns in order as a new citizen."""
    openid = f"oScript{next(_citizens):021d}"
    door.now = datetime.fromisoformat(str(script.get("clock") or clock))
    door.listening.given = given(script, library)
    played = []
    for number, turn in enumerate(script["turns"]):
        if "clock" in turn:
            door.now = datetime.fromisoformat(str(turn["clock"]))
        door.listening.outcome = None
        xml = pushed(turn, openid, int(door.now.timestamp()) + number)
        received = tuple(await door.push(openid, xml))
        outcome = door.listening.outcome or NOTHING
        played.append(Played(turn, outcome, door.conversation(openid), received, door.rows(openid)))
    return played


def given(script: Script, library: Library) -> Conversation:
    """The state a script starts from: fresh, or with a known city."""
    city = (script.get("given") or {}).get("city", "")
    known = [c.id for c in library.cities.values() if city and c.name == city]
    return Conversation(city=known[0] if known else "")


def pushed(turn: Mapping[str, Any], openid: str, at: int) -> str:
    """The turn as WeChat's XML; ``at`` is its CreateTime."""
    if "location" in turn:
        place = turn["location"]
        inner = (
            f"<Location_X>{place['lat']}</Location_X><Location_Y>{place['lon']}</Location_Y>"
            f"<Scale>16</Scale><Label><![CDATA[{place.get('label', '')}]]></Label>"
        )
        return message_xml(openid, "location", inner, at)
    if "event" in turn:
        return event_xml(openid, turn["event"], str(turn.get("key", "")), at=at)
    if "sticker" in turn:
        shown = turn["sticker"] if isinstance(turn["sticker"], str) else STICKER
        return text_xml(openid, shown, at=at)
    for kind, inner in MEDIA.items():
        if kind in turn:
            heard = turn[kind].get("recognition", "") if isinstance(turn[kind], Mapping) else ""
            extra = f"<Recognition><![CDATA[{heard}]]></Recognition>" if kind == "voice" else ""
            return message_xml(openid, kind, inner + extra, at)
    return text_xml(openid, turn["text"], at=at)
