"""What citizens ask about: topics and needs.

Why this file exists: understanding and menus need only these. It must not know content records.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

CityUse = Literal["ask", "use", "none"]
"""Whether a need's answer differs by city: ask for it, use it when known, or ignore it."""


@dataclass(frozen=True, slots=True)
class Need:
    """One thing citizens ask for. ``id`` is ``topic.need``, also the Rasa intent."""

    id: str
    topic: str
    name: str
    say: str
    city_use: CityUse
    handler: str
    contacts: tuple[str, ...] = ()
    check: str = ""
    keywords: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Topic:
    """A group of needs with the name citizens see."""

    id: str
    name: str
    needs: tuple[str, ...]
