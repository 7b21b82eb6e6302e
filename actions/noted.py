"""Statements after an answer that no step could use: 工友有十几个, 我交了两年半, 就用一天.

Why this file exists: people add facts nobody asked for. Guessing a new subject from them is worse than
saying that they change nothing, or that their sense was not caught, and offering where to go on.
"""

from __future__ import annotations

import re

from actions import decide, sentence, told, verdict, wording
from actions.answer import follow_ups
from actions.evidence import any_support
from actions.hear import volunteered
from actions.outcome import Choice, Outcome, OutcomeKind
from actions.thresholds import load_thresholds
from actions.turn import Turn
from content.criterion import Check
from content.model import Need
from nlu.text import entities

WILD = 0.35
"""Confidence below which a guess at a statement is no better than none, whatever words it has."""
_FEW = 6
"""Characters up to which a statement is not worth a guess that is not sure."""
_HAVE = re.compile(r"^(?:我|他|她|我们|也|都|是)*有(?!没|人|个|点|些|谁|什么|啥).{1,3}[的了]?$")
"""有社保 after 工伤 tells of the case; it asks nothing of 社保."""
_LONGEST = 16
"""Characters up to which a statement may only add something to what was answered."""


def step(turn: Turn) -> Outcome | None:
    """A fact of the last topic that the classifier takes for another subject."""
    last = _last(turn)
    ranking = turn.ranking
    best = turn.library.needs.get(ranking[0][0]) if ranking else None
    if last is None or best is None or best.topic in {"fraud", "contact", "chitchat"} or best == last:
        return None
    after = turn.conversation.check.get("at") and sentence.tries_to_answer(turn.text)
    told_of = after or _HAVE.match(turn.text) or _tells_fact(turn, last)
    return _heard(turn, last) if told_of else None


def unclear(turn: Turn, outcome: Outcome) -> Outcome | None:
    """Instead of guesses at a bare statement: what it has to do with the last answer is not clear."""
    last = _last(turn)
    named = any_support(turn) and outcome.confidence >= WILD and len(turn.text) > _FEW
    if last is None or named or not _is_guess(outcome):
        return None
    if any(n.startswith(f"{last.topic}.") for n in outcome.suggestions):
        return None
    turn.conversation.pending = {}
    if outcome.kind == OutcomeKind.NOT_UNDERSTOOD:
        turn.conversation.misses -= 1  # the same message is not missed twice
    missed = decide.not_understood(turn, last.id)
    if not missed.handoff:
        missed.text = wording.UNCLEAR_ADDITION.format(what=last.say)
        missed.choices = _ways_on(turn, last)
    return missed


def _is_guess(outcome: Outcome) -> bool:
    unsure = outcome.confidence < load_thresholds().answer_at
    return outcome.kind == OutcomeKind.OUT_OF_SCOPE or (
        unsure and outcome.kind in {OutcomeKind.CLARIFY, OutcomeKind.NOT_UNDERSTOOD}
    )


def _last(turn: Turn) -> Need | None:
    """The need answered last, where the message is a short statement."""
    need = turn.library.needs.get(turn.conversation.need)
    statement = len(turn.text) <= _LONGEST and not sentence.asks(turn.text)
    return need if need is not None and need.handler == "answer" and statement else None


def _tells_fact(turn: Turn, last: Need) -> bool:
    """Whether a fact that checks of the topic ask for is told."""
    facts = {
        name: question
        for check in turn.library.checks.values()
        if turn.library.needs[check.need].topic == last.topic
        for name, question in told.questions(check, turn.library).items()
    }
    amounts = {e.kind for e in entities(turn.text)} & {"duration", "amount"}
    return bool(amounts) or any(volunteered(question, turn.text).found for question in facts.values())


def _heard(turn: Turn, last: Need) -> Outcome:
    check = turn.library.checks.get(turn.conversation.check.get("id", ""))
    if check is not None and check.need == last.id and turn.conversation.check.get("at"):
        return changes_nothing(turn, check)
    text = wording.NOTED.format(what=last.say)
    return Outcome(OutcomeKind.CLARIFY, text, choices=_ways_on(turn, last), need=last.id, confidence=1.0)


def changes_nothing(turn: Turn, check: Check) -> Outcome:
    """What was told makes no difference to the verdict just said."""
    name = verdict.NAMES[told.standing(turn, check).verdict]
    text = wording.CHANGES_NOTHING.format(title=check.title, verdict=name)
    last = turn.library.needs[check.need]
    return Outcome(OutcomeKind.CLARIFY, text, choices=_ways_on(turn, last), need=last.id, confidence=1.0)


def _ways_on(turn: Turn, last: Need) -> tuple[Choice, ...]:
    found = turn.library.answer(last.id, turn.conversation.city, turn.now.date()).answer
    return (*(follow_ups(turn, found, last) if found else ()), Choice("人工"))
