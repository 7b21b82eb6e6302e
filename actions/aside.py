"""Leaving a check for another question and finding the way back.

Why this file exists: a question of its own in the middle of a form is answered and the form kept, while
"没逾期" is an answer however sure a classifier is of 逾期. It must not evaluate checks.
"""

from __future__ import annotations

from actions import check_words, choose, sentence
from actions.evidence import any_support
from actions.outcome import Choice, Outcome, OutcomeKind
from actions.thresholds import load_thresholds
from actions.turn import Turn
from content.criterion import Check


def is_aside(turn: Turn) -> bool:
    """Whether a message that answers nothing is a question or a subject of its own."""
    ranking = turn.ranking
    sure = bool(ranking) and ranking[0][1] >= load_thresholds().answer_at
    if sure and ranking[0][0].startswith("chitchat."):
        return not sentence.tries_to_answer(turn.text) or len(turn.text) > _GREETING
    if sure and (ranking[0][0] in _WISHES or ranking[0][0].startswith("privacy.")):
        return not sentence.tries_to_answer(turn.text)
    if sentence.asks(turn.text):
        return True
    if check_words.is_question(turn.text):
        return any_support(turn) or (sure and len(turn.text) > _GREETING)
    names_bank = sure and ranking[0][0].startswith("contact.")
    return sure and any_support(turn) and not names_bank and not sentence.tries_to_answer(turn.text)


_WISHES = frozenset({"contact.human_agent", "complaint.complain_bot"})
"""Wishes that end no form and are never an answer to it: a person, a complaint of us, one's own data."""
_GREETING = 4
"""Characters of the shortest message that is a subject of its own without a word of ours."""


def wants_another(turn: Turn, check: Check) -> bool:
    """Whether another check is asked for by its subject (公积金租房能提吗 测一测)."""
    ranking = turn.ranking
    if not ranking or ranking[0][1] < load_thresholds().answer_at or not any_support(turn):
        return False
    need, city = ranking[0][0], turn.conversation.city
    return need != check.need and need in turn.library.needs and bool(choose.check_of(turn, need, city))


def pause(turn: Turn) -> None:
    """Keep the check for later; the reply to the aside offers to go on."""
    turn.conversation.check = {**turn.conversation.check, "open": False, "paused": True, "aside": True}


def settle(turn: Turn, outcome: Outcome) -> None:
    """Leave no form hanging: after what could not be read its question is asked again, another list or
    reply puts it aside with a way back. An emergency and a person come first and leave it as it is.
    """
    state = turn.conversation.check
    check = turn.library.checks.get(state.get("id", ""))
    if check is not None and state.get("open") and outcome.kind not in _COMES_FIRST:
        asked = turn.library.questions[state["asked"]]
        if outcome.kind == OutcomeKind.NOT_UNDERSTOOD and not outcome.need:
            outcome.text = f"{outcome.text}\n{check_words.STILL_ASKED.format(ask=asked.ask)}"
            outcome.asks, outcome.choices = asked.id, tuple(Choice(s) for s in check_words.says(asked))
        elif outcome.asks != asked.id:
            pause(turn)
    offer_resume(turn, outcome)


_COMES_FIRST = {OutcomeKind.URGENT_FRAUD, OutcomeKind.HANDED_OFF}


def offer_resume(turn: Turn, outcome: Outcome) -> None:
    """After a digression was answered: the way back to the check as one more choice."""
    state = turn.conversation.check
    check = turn.library.checks.get(state.get("id", ""))
    if check is None or not state.get("paused") or outcome.asks:
        return
    turn.conversation.check = {k: v for k, v in state.items() if k != "paused"}
    outcome.choices = (*outcome.choices[:3], Choice(check_words.RESUME_CHECK.format(title=check.title)))
