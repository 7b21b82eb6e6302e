"""The visible list of steps every text goes through, and the last check on the way out.

Why this file exists: order is policy. Fraud wins over everything, then a person who has the
conversation, then what we asked, then the classifier. Each step returns an outcome or None.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from actions import (
    after_fraud,
    aside,
    commands,
    decide,
    eligibility,
    feedback,
    followup,
    handlers,
    handoff,
    message_check,
    nearby,
    noted,
    panic,
    pending,
    pick,
    rather,
    reopen,
    scams,
    small,
    two,
    urgent,
    wording,
)
from actions.outcome import Outcome, OutcomeKind
from actions.turn import Turn

Step = Callable[[Turn], Outcome | None]

EARLY: tuple[Step, ...] = (
    message_check.vouched,
    urgent.step,
    handoff.silence,
    panic.step,
    message_check.step,
    commands.step,
    feedback.step,
)
"""Steps that need no understanding; they answer even with Rasa down."""
LATE: tuple[Step, ...] = (
    urgent.unless_calm,
    urgent.after_all,
    after_fraud.step,
    urgent.by_classifier,
    message_check.told,
    scams.step,
    eligibility.step,
    pending.step,
    pending.city_changed,
    reopen.step,
    small.step,
    nearby.step,
    followup.step,
    noted.step,
    rather.than_guess(decide.step),
)
"""Steps after Rasa; with Rasa down they run on keywords and search."""

_KEEPS_NEED = {
    OutcomeKind.ANSWERED,
    OutcomeKind.ANSWERED_NATIONALLY,
    OutcomeKind.NOT_IN_SOURCES,
    OutcomeKind.PAST_REVIEW,
    OutcomeKind.EXPIRED,
    OutcomeKind.SUPERSEDED,
    OutcomeKind.CITY_NOT_COVERED,
    OutcomeKind.NEEDS_CITY,
    OutcomeKind.NEEDS_FACTS,
    OutcomeKind.VERDICT,
}
_POLICY_TOPICS_WITHOUT_SOURCE = {"chitchat", "out_of_scope", "privacy", "contact", "fraud"}
_NO_SUBJECT = {"chitchat", "out_of_scope", "privacy"}
_HALF = 0.45
"""Confidence from which the first of several neighbours offered is taken as what is talked about."""
_RECENT = 6


def early(turn: Turn) -> Outcome | None:
    """The outcome of the steps before understanding, or None."""
    pick.resolve(turn)
    return _run(EARLY, turn)


def late(turn: Turn) -> Outcome:
    """The outcome of the steps after understanding; always one."""
    outcome = _run(LATE, turn) or finish(turn, decide.not_understood(turn))
    two.offer(turn, outcome)
    return outcome


def respond(turn: Turn) -> Outcome:
    """Both halves in one call, for replays and tests."""
    return early(turn) or late(turn)


def _run(steps: tuple[Step, ...], turn: Turn) -> Outcome | None:
    for step in steps:
        outcome = step(turn)
        if outcome is not None:
            return finish(turn, outcome)
    return None


def finish(turn: Turn, outcome: Outcome) -> Outcome:
    """Remember what the next turn needs, and let no policy statement leave without its source."""
    if outcome.silent:
        return outcome
    _require_source(turn, outcome)
    aside.settle(turn, outcome)
    if turn.masked:
        outcome.text = f"{wording.MASKED}\n{outcome.text}"
    _remember(turn, outcome)
    return outcome


def _require_source(turn: Turn, outcome: Outcome) -> None:
    need = turn.library.needs.get(outcome.need)
    answers = outcome.kind in {OutcomeKind.ANSWERED, OutcomeKind.ANSWERED_NATIONALLY}
    if not answers or not outcome.answer_id or outcome.citation:
        return
    if need is None or need.topic not in _POLICY_TOPICS_WITHOUT_SOURCE:
        raise MissingSource(outcome.answer_id)


class MissingSource(RuntimeError):
    """A policy answer was about to leave without source and date: a bug, never shown to a citizen."""


def _is_subject(turn: Turn, need: str) -> bool:
    """Whether follow-ups may mean a need: talk about the assistant itself is not a subject."""
    known = turn.library.needs.get(need)
    return known is not None and known.topic not in _NO_SUBJECT and need not in handlers.UPSET


def _is_one_subject(outcome: Outcome) -> bool:
    """Whether the needs offered are one, or half-surely neighbours: what comes next is about the first."""
    topics = {need.split(".")[0] for need in outcome.suggestions}
    return len(outcome.suggestions) == 1 or (len(topics) == 1 and outcome.confidence >= _HALF)


def _remember(turn: Turn, outcome: Outcome) -> None:
    talk = turn.conversation
    if outcome.kind != OutcomeKind.NOT_UNDERSTOOD:
        talk.misses = 0
    if (
        outcome.kind == OutcomeKind.CLARIFY
        and _is_one_subject(outcome)
        and outcome.need != talk.need
        and _is_subject(turn, outcome.suggestions[0])
    ):
        talk.need = outcome.suggestions[0]
    if outcome.kind in _KEEPS_NEED and _is_subject(turn, outcome.need):
        talk.need, talk.aspect = outcome.need, outcome.aspect
        need = turn.library.needs.get(outcome.need)
        talk.topic = need.topic if need else ""
    if outcome.answer_id:
        kept = ("need", "city", "answer_id", "aspect")
        note: dict[str, Any] = {name: getattr(outcome, name) for name in kept}
        talk.recent = [*talk.recent, note][-_RECENT:]
    if outcome.choices:
        talk.pending = {"kind": "list", **talk.pending, "says": [c.say for c in outcome.choices]}
