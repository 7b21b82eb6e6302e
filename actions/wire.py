"""Turns and outcomes as plain JSON, for Rasa's metadata and replies and for storage.

Why this file exists: the action may run in another process than the one that received the message,
so everything crosses as data. It must not know HTTP or Rasa classes.
"""

from __future__ import annotations

from dataclasses import asdict
from datetime import datetime
from typing import Any

from actions.outcome import Choice, Outcome, OutcomeKind
from actions.service import DEFAULT, Service
from actions.turn import Conversation, Entity, Turn, Understanding
from content.find import Library
from nlu.text import entities


def outcome_to_json(outcome: Outcome) -> dict[str, Any]:
    """A dict of JSON types; inverse of ``outcome_from_json``."""
    return asdict(outcome)


def outcome_from_json(data: dict[str, Any]) -> Outcome:
    """Rebuild an outcome.

    Raises:
        ValueError: the kind is not in the closed set.
        TypeError: a field is missing or unknown.
    """
    fields = dict(data)
    fields["kind"] = OutcomeKind(fields["kind"])
    fields["choices"] = tuple(Choice(**c) for c in fields.get("choices", ()))
    fields["reasons"] = tuple((str(a), str(b)) for a, b in fields.get("reasons", ()))
    for name in ("clauses", "notices", "suggestions", "effects"):
        fields[name] = tuple(fields.get(name, ()))
    return Outcome(**fields)


def turn_to_metadata(turn: Turn) -> dict[str, Any]:
    """What Rasa carries to the action beside the text."""
    return {
        "raw": turn.raw,
        "now": turn.now.isoformat(),
        "masked": turn.masked,
        "conversation": turn.conversation.to_json(),
    }


def understanding_from_message(message: dict[str, Any]) -> Understanding:
    """Read Rasa's parse data: ``intent_ranking`` [{name, confidence}] and ``entities``."""
    ranking = tuple((r["name"], float(r["confidence"])) for r in message.get("intent_ranking") or ())
    text = message.get("text") or ""
    entities = tuple(
        Entity(e["entity"], str(e["value"]), text[e.get("start", 0) : e.get("end", 0)])
        for e in message.get("entities") or ()
    )
    return Understanding(ranking, entities)


def found_entities(text: str) -> tuple[Entity, ...]:
    """The entities Rasa would find, without Rasa."""
    return tuple(Entity(f.kind, f.value, f.text) for f in entities(text))


def turn_from_message(message: dict[str, Any], library: Library, service: Service = DEFAULT) -> Turn:
    """The turn an action call is about, from the tracker's latest message.

    Args:
        message: text, ranking and entities as Rasa has them, and our metadata.
        library: the content in force.
        service: what the service promises.

    Raises:
        KeyError: the metadata did not come from ``turn_to_metadata``.
    """
    meta = message["metadata"]
    return Turn(
        text=message.get("text") or "",
        raw=meta["raw"],
        now=datetime.fromisoformat(meta["now"]),
        library=library,
        conversation=Conversation.from_json(meta["conversation"]),
        understanding=understanding_from_message(message),
        masked=bool(meta.get("masked")),
        service=service,
    )
