"""Inbound: one thing a citizen sent, freed of the platform's format.

Why this file exists: the assistant answers WeChat, the try page, the CLI and tests through this one
shape. It must not know XML, openids or the database.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

InboundKind = Literal[
    "text",
    "location",
    "click",
    "scan",
    "subscribe",
    "image",
    "voice",
    "video",
    "link",
    "file",
    "sticker",
    "unsupported",
]


@dataclass(frozen=True, slots=True)
class Inbound:
    """One message or event that wants an answer.

    ``key`` is the menu key of a click, ``scene`` the QR scene of a scan or subscribe, ``lat``/``lon``
    WGS/GCJ degrees of a location, ``label`` its address line, ``at`` when the platform says it was sent.
    """

    kind: InboundKind
    at: datetime
    text: str = ""
    key: str = ""
    scene: str = ""
    lat: float | None = None
    lon: float | None = None
    label: str = ""
