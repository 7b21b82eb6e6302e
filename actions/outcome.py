"""Outcome: the closed set of ways a turn can end, and the reply it carries.

Why this file exists: every turn ends in exactly one outcome, is counted under it and has its own
wording and test. It must not know WeChat, Rasa or SQL.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from content.find import Library


class OutcomeKind(StrEnum):
    """The closed set (DESIGN 4). A new member needs wording, a test and a line in the docs."""

    ANSWERED = "answered"
    ANSWERED_NATIONALLY = "answered_nationally"
    CLARIFY = "clarify"
    NEEDS_CITY = "needs_city"
    NEEDS_FACTS = "needs_facts"
    VERDICT = "verdict"
    NOT_IN_SOURCES = "not_in_sources"
    PAST_REVIEW = "past_review"
    EXPIRED = "expired"
    SUPERSEDED = "superseded"
    CITY_NOT_COVERED = "city_not_covered"
    NOT_UNDERSTOOD = "not_understood"
    OUT_OF_SCOPE = "out_of_scope"
    URGENT_FRAUD = "urgent_fraud"
    HANDED_OFF = "handed_off"
    CHITCHAT = "chitchat"
    SERVICE_TROUBLE = "service_trouble"


@dataclass(frozen=True, slots=True)
class Choice:
    """A tappable choice: ``say`` is shown and sent back as the citizen's words."""

    say: str


def to_tap(library: Library, needs: Iterable[str]) -> tuple[Choice, ...]:
    """Needs (ids) as choices, in the words a citizen would ask for them."""
    return tuple(Choice(library.needs[need].say) for need in needs)


@dataclass(slots=True)
class Outcome:
    """How one turn ended.

    ``text`` is the body without citation; ``citation`` one line per source, always delivered with
    the first part. ``offer`` introduces the choices where they need it. ``handoff`` is the explicit
    hand-off action of the turn: "" | started | offered | outside_hours | cancelled. ``verdict``:
    likely_scam | suspicious | no_sign_found | met | not_met | unclear. ``reasons``: (condition id,
    met | not_met | unclear) pairs. ``silent`` sends nothing. ``effects`` asks the gateway for work
    outside the conversation (open_ticket, delete_data, ...).
    """

    kind: OutcomeKind
    text: str
    citation: str = ""
    choices: tuple[Choice, ...] = ()
    offer: str = ""
    need: str = ""
    confidence: float = 0.0
    city: str = ""
    aspect: str = ""
    answer_id: str = ""
    clauses: tuple[str, ...] = ()
    notices: tuple[str, ...] = ()
    suggestions: tuple[str, ...] = ()
    verdict: str = ""
    reasons: tuple[tuple[str, str], ...] = ()
    asks: str = ""
    handoff: str = ""
    silent: bool = False
    effects: tuple[dict[str, Any], ...] = field(default=())

    def offer_instead(self, library: Library, needs: Sequence[str], words: str) -> None:
        """Other needs (ids) below the text, to tap if one of them was meant; ``words`` introduce them."""
        self.suggestions, self.choices, self.offer = tuple(needs), to_tap(library, needs), words
