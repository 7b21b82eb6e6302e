"""Whether a message has words of its own subject, by the shared cue lists."""

from __future__ import annotations

from actions.turn import Turn
from nlu.text import evidence

WITHOUT_SUBJECT = frozenset({"chitchat", "out_of_scope", "contact", "privacy", "complaint", "policy"})
"""Topics whose cue words say nothing about a subject."""


def supports(text: str, topic: str) -> bool:
    """Whether the text holds a cue word of the topic."""
    return evidence(text, topic)


def any_support(turn: Turn) -> bool:
    """Whether the text holds a cue word of any subject."""
    topics = (t for t in turn.library.topics if t not in WITHOUT_SUBJECT)
    return any(evidence(turn.text, t) for t in topics)
