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
    measure,
    message_check,
    privacy,
    program,
    scams,
    told,
    urgent,
)
from actions.answer import answer_at, said_plainly
from actions.outcome import Choice, Outcome, OutcomeKind
from actions.place import place_of, remember
from actions.turn import Turn

UPSET = {"complaint.complain_bot", "chitchat.insult"}
"""Needs of people who are annoyed with us: a person is offered, and no subject is taken from them."""
_IN_FORCE = {"current", "national"}
_A_CASE = 2
"""Facts in one message from which it tells someone's own case, to be kept for a check."""
Handler = Callable[[Turn, str], Outcome]


def _answer(turn: Turn, need: str) -> Outcome:
    """A curated answer; the check instead where the citizen asks about their own case."""
    if measure.asks_often(turn.text):
        return measure.often(turn, need)
    place = place_of(turn)
    remember(turn, place)
    check = choose.check_of(turn, need, place.city, turn.text)
    if check is not None and (choose.wants(turn, check) or turn.conversation.check.get("wanted") == need):
        return with_grounds(turn, need, eligibility.start(turn, check))
    if (
        check is not None
        and "我" in turn.text
        and len(told.hear_all(turn, check, told.said(turn))) >= _A_CASE
    ):
        told.take(turn, check)
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
    rule = answer_at(turn, need, place)
    started.text = f"{rule.text.splitlines()[0]}\n{started.text}"
    started.citation, started.clauses, started.notices = rule.citation, rule.clauses, rule.notices
    started.answer_id = rule.answer_id
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
    if (outcome.kind == OutcomeKind.NOT_IN_SOURCES or need in UPSET) and not outcome.handoff:
        _offer_person(outcome)
    return outcome


def _offer_person(outcome: Outcome) -> None:
    """A person, where we have nothing certain or someone is upset; never forced."""
    outcome.handoff = "offered"
    if not any("人工" in choice.say for choice in outcome.choices):
        outcome.choices = (*outcome.choices, Choice("人工"))
