"""Taking back and forgetting what was told: 刚才说错了，是有房; 忘掉我的落户时间.

Why this file exists: a correction names the fact or means the last answer, and both have to be found
in a few words. It changes facts and asks nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from actions import check_words, facts, phrases, told
from actions.hear import Heard, says_by_name
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
    return named + ([(last, told.hears(turn, last, wanted))] if last is not None else [])


def forget(turn: Turn) -> Outcome | None:
    """忘掉我的落户时间, 忘掉房子的事, 忘掉我刚才说的: drop what is meant, by name, by a word, or all told."""
    text = told.said(turn)
    wanted = check_words.forgets(text)
    if not wanted:
        return None
    stored = [turn.library.questions[f] for f in turn.conversation.facts if f in turn.library.questions]
    meant = stored if check_words.means_told(wanted) else _named(stored, wanted)
    meant = meant or [q for q in stored if _letters(wanted) & _letters(q.label)]
    for question in meant:
        facts.forget(turn.conversation, question.id)
    if not meant:
        return None if phrases.is_unknown(text) else _nothing_kept(turn, wanted)
    text = check_words.FORGOTTEN.format(label="、".join(q.label for q in meant))
    return Outcome(OutcomeKind.NEEDS_FACTS, text, confidence=1.0)


def _named(questions: Iterable[Question], wanted: str) -> list[Question]:
    return [q for q in questions if q.label in wanted or wanted in q.label]


def _nothing_kept(turn: Turn, wanted: str) -> Outcome | None:
    """What is to be forgotten is not kept, which is said; None where it is no fact at all."""
    named = _named(turn.library.questions.values(), wanted)
    if not named and not check_words.means_told(wanted):
        return None
    text = check_words.NOT_KEPT.format(label=named[0].label) if named else check_words.NOTHING_TOLD
    return Outcome(OutcomeKind.NEEDS_FACTS, text, confidence=1.0)


def _letters(text: str) -> set[str]:
    """The letters of a few words that carry a subject (房, 户, 婚)."""
    return set(re.sub("[我的你了过这那个些件事情说刚才前面有没本地在时间是否]", "", text))
