"""One handler per kind of work; a need names its handler in ``content/topics.yml``.

Why this file exists: adding a need touches content only; adding a kind of work touches this table.
"""

from __future__ import annotations

from collections.abc import Callable

from actions import (
    check_words,
    choose,
    contact_lookup,
    eligibility,
    handoff,
    message_check,
    privacy,
    program,
    scams,
    urgent,
)
from actions.answer import answer_at, said_plainly
from actions.outcome import Outcome, OutcomeKind
from actions.place import place_of, remember
from actions.turn import Turn

_IN_FORCE = {"current", "national"}
Handler = Callable[[Turn, str], Outcome]


def _answer(turn: Turn, need: str) -> Outcome:
    """A curated answer; the check instead where the citizen asks about their own case."""
    place = place_of(turn)
    remember(turn, place)
    check = choose.check_of(turn, need, place.city, turn.text)
    if check is not None and (choose.wants(turn, check) or turn.conversation.check.get("wanted") == need):
        return with_grounds(turn, need, eligibility.start(turn, check))
    outcome = program.answer_with_clause(turn, need)
    if outcome.asks == "city" and check_words.wants_check(turn.text):
        turn.conversation.check = {"wanted": need}
    return outcome


def with_grounds(turn: Turn, need: str, started: Outcome) -> Outcome:
    """A check that has just begun also says in a line what the rule is, and where it stands."""
    place = place_of(turn)
    found = turn.library.answer(need, place.city, turn.now.date())
    if started.kind != OutcomeKind.NEEDS_FACTS or found.answer is None or found.state not in _IN_FORCE:
        return started
    told = answer_at(turn, need, place)
    started.text = f"{told.text.splitlines()[0]}\n{started.text}"
    started.citation, started.clauses, started.notices = told.citation, told.clauses, told.notices
    started.answer_id = told.answer_id
    return started


def _chitchat(turn: Turn, need: str) -> Outcome:
    return said_plainly(turn, need, OutcomeKind.CHITCHAT)


def _out_of_scope(turn: Turn, need: str) -> Outcome:
    return said_plainly(turn, need, OutcomeKind.OUT_OF_SCOPE)


HANDLERS: dict[str, Handler] = {
    "answer": _answer,
    "program": program.answer_program,
    "fraud": urgent.handle,
    "message_check": message_check.handle,
    "contact": contact_lookup.handle,
    "scam": scams.handle,
    "handoff": handoff.handle,
    "privacy": privacy.handle,
    "chitchat": _chitchat,
    "out_of_scope": _out_of_scope,
}
"""Every value that ``handler`` may take in ``content/topics.yml``."""


def handle(turn: Turn, need: str, confidence: float) -> Outcome:
    """Run the handler of a need and stamp the outcome with what was understood."""
    outcome = HANDLERS[turn.library.needs[need].handler](turn, need)
    outcome.need = outcome.need or need
    outcome.confidence = confidence
    return outcome
