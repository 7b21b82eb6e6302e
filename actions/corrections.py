"""Taking back and forgetting what was told: 刚才说错了，是有房; 忘掉我的落户时间.

Why this file exists: a correction names the fact or means the last answer, and both have to be found
in a few words. It changes facts and asks nothing.
"""

from __future__ import annotations

from actions import check_words, facts, told
from actions.hear import Heard, hear, says_by_name
from actions.outcome import Outcome, OutcomeKind
from actions.turn import Turn
from content.criterion import Check, Question


def correct(turn: Turn, check: Check, text: str) -> bool:
    """Take back something told: a fact by name, or the answer to the question asked last."""
    wanted = check_words.correction_of(text) or text
    if told.take(turn, check, wanted):
        return True
    for question, heard in _corrections(turn, check, wanted):
        if heard.found:
            told.keep(turn, check, question, heard.value)
            return True
    return False


def _corrections(turn: Turn, check: Check, wanted: str) -> list[tuple[Question, Heard]]:
    answered = [q for q in check_words.questions_of(check, turn.library) if q.id in turn.conversation.facts]
    named = [(q, says_by_name(q, wanted)) for q in answered]
    last = turn.library.questions.get(turn.conversation.check.get("answered", ""))
    return named + ([(last, hear(last, wanted))] if last is not None else [])


def forget(turn: Turn) -> Outcome | None:
    """忘掉我的落户时间: drop one fact, by its short name."""
    wanted = check_words.forgets(told.said(turn))
    for name in list(turn.conversation.facts) if wanted else []:
        question = turn.library.questions.get(name)
        if question is not None and (question.label in wanted or wanted in question.label):
            facts.forget(turn.conversation, name)
            text = check_words.FORGOTTEN.format(label=question.label)
            return Outcome(OutcomeKind.NEEDS_FACTS, text, confidence=1.0)
    return None
