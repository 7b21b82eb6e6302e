"""What can arrive and what it becomes: the table of PROTOCOL 1.4.

Why this file exists: which events take only an acknowledgement, and which delete a person's data, is one
table. An XML reply to an event that takes none makes WeChat show its fault text.
"""

from __future__ import annotations

from dataclasses import dataclass

from bot.inbound import InboundKind

MESSAGES: dict[str, InboundKind] = {
    "text": "text",
    "image": "image",
    "voice": "voice",
    "video": "video",
    "shortvideo": "video",
    "location": "location",
    "link": "link",
    "file": "file",
}
"""MsgType to our kind; any other message is ``unsupported`` and gets a helpful sentence."""


@dataclass(frozen=True, slots=True)
class EventKind:
    """``inbound`` None: acknowledge only. ``window``: which sending window it opens. ``deletes`` the person.

    ``agent`` is start | end for WeChat's own customer-service sessions.
    """

    inbound: InboundKind | None = None
    window: str = ""
    deletes: bool = False
    agent: str = ""


ACK = EventKind()
EVENTS: dict[str, EventKind] = {
    "subscribe": EventKind("subscribe", "click"),
    "scan": EventKind("scan", "click"),
    "click": EventKind("click", "click"),
    # The phone waits for our word after scancode_waitmsg; scancode_push shows the code's content itself.
    "scancode_waitmsg": EventKind("scan", "click"),
    "unsubscribe": EventKind(deletes=True),
    "user_authorization_revoke": EventKind(deletes=True),
    "user_authorization_cancellation": EventKind(deletes=True),
    "kf_create_session": EventKind(agent="start"),
    "kf_close_session": EventKind(agent="end"),
}
"""Event (lower case) to what it means. All others, known or not, are acknowledged: LOCATION comes every 5 s
and must not be stored; pic_* and location_select are followed by the message itself."""


def event_kind(event: str) -> EventKind:
    """What an event means; unknown events are acknowledged."""
    return EVENTS.get(event.lower(), ACK)
