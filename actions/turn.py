"""Turn: everything one message needs to be answered, and what is remembered afterwards.

Why this file exists: steps of the pipeline read and change one context and nothing else, so a turn
replays byte for byte from (text, understanding, conversation, day, content). It must not know
WeChat, Rasa's tracker or SQL.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from actions.service import DEFAULT, Service
from actions.signals import Finding
from content.find import Library


@dataclass(frozen=True, slots=True)
class Entity:
    """A span of the text: ``kind`` and ``value`` as in ``nlu.text.entities``."""

    kind: str
    value: str
    text: str = ""


@dataclass(frozen=True, slots=True)
class Understanding:
    """What Rasa made of the text: needs best first with calibrated confidences in 0..1.

    ``guesses`` stand in for the ranking while Rasa is away: needs best first with their share of the
    best one's score, no confidences.
    """

    ranking: tuple[tuple[str, float], ...] = ()
    entities: tuple[Entity, ...] = ()
    guesses: tuple[tuple[str, float], ...] = ()

    def values(self, kind: str) -> list[str]:
        """Values of the entities of a kind, in text order."""
        return [e.value for e in self.entities if e.kind == kind]


def _copied(value: Any) -> Any:
    """Plain values, copied: a third of the time of ``dataclasses.asdict``, several times a message."""
    if isinstance(value, dict):
        return {key: _copied(each) for key, each in value.items()}
    if isinstance(value, list):
        return [_copied(each) for each in value]
    return value


@dataclass(slots=True)
class Conversation:
    """What is remembered of one citizen between turns. JSON-serialisable; no raw text, no openid.

    ``check`` is the eligibility check under way, ``facts`` what was told in checks with its day,
    ``fraud`` the state of an urgent dialogue, ``pending`` a question of ours awaiting an answer
    (for example {"kind": "city"} or {"kind": "choices", "needs": [...]}).
    """

    city: str = ""
    need: str = ""
    aspect: str = ""
    topic: str = ""
    misses: int = 0
    pending: dict[str, Any] = field(default_factory=dict)
    check: dict[str, Any] = field(default_factory=dict)
    facts: dict[str, Any] = field(default_factory=dict)
    fraud: dict[str, Any] = field(default_factory=dict)
    handoff: dict[str, Any] = field(default_factory=dict)
    recent: list[dict[str, Any]] = field(default_factory=list)

    def to_json(self) -> dict[str, Any]:
        """A plain dict for storage and for Rasa's message metadata; shares nothing that can change."""
        return {name: _copied(getattr(self, name)) for name in self.__dataclass_fields__}

    @classmethod
    def from_json(cls, data: dict[str, Any] | None) -> Conversation:
        """Rebuild; unknown keys of an older or newer version are ignored, not an error."""
        known = {k: v for k, v in (data or {}).items() if k in cls.__dataclass_fields__}
        return cls(**known)


@dataclass(slots=True)
class Turn:
    """One message on its way through the steps.

    ``text`` is the masked, normalised text; ``raw`` the masked text as typed (for pasted-message
    checks). ``understanding`` is None when Rasa is down. ``now`` is the service's clock. ``finding``
    holds the text whose signs of a scam were looked for last, and what was found.
    """

    text: str
    raw: str
    now: datetime
    library: Library
    conversation: Conversation
    understanding: Understanding | None = None
    masked: bool = False
    service: Service = DEFAULT
    finding: tuple[str, Finding] | None = None

    @property
    def ranking(self) -> tuple[tuple[str, float], ...]:
        """Needs with their confidences, best first; empty when Rasa is down."""
        return self.understanding.ranking if self.understanding else ()

    def said(self, kind: str) -> list[str]:
        """Values of the entities of a kind in the message; none when nothing was understood."""
        return self.understanding.values(kind) if self.understanding else []
