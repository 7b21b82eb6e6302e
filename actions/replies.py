"""Short replies to a verdict: 没有, 跳过, 为什么问, and the fact that was left open and found.

Why this file exists: a verdict that lists what is still open reads like a question, and is answered like
one. What begins or resumes a check is in ``actions.reopen``.
"""

from __future__ import annotations

from actions import check_words, noted, phrases, told
from actions.eligibility import conclude, proceed, start
from actions.outcome import Choice, Outcome, OutcomeKind
from actions.turn import Turn
from content.criterion import NUMERIC_KINDS, Check
from content.references import facts_of

BARE = 16
"""Characters up to which a message may be a bare reply without a subject."""


def why(turn: Turn, check: Check) -> Outcome:
    """Why the question answered last was asked."""
    last = turn.library.questions.get(turn.conversation.check.get("answered", ""))
    text = f"{last.why if last is not None else ''}{check_words.ONLY_NEEDED}"
    choices = (Choice(check_words.RESUME),) if told.standing(turn, check).next_fact else (Choice("人工"),)
    return Outcome(OutcomeKind.NEEDS_FACTS, text, choices=choices, need=check.need, confidence=1.0)


def skipped(turn: Turn, check: Check) -> Outcome | None:
    """跳过 after the state was said: what is unknown stays so, and the next fact is asked for."""
    following = told.standing(turn, check).next_fact
    return proceed(turn, check, lead=check_words.SKIPPED) if following else None


def found_later(turn: Turn, check: Check, text: str) -> Outcome | None:
    """The fact that was left open: found after all, or still not known."""
    last = turn.library.questions.get(turn.conversation.check.get("answered", ""))
    left = last is not None and turn.conversation.facts.get(last.id, {}).get("value", "") is None
    if last is None or not left or len(text) > BARE:
        return None
    heard = told.hears(turn, last)
    if heard.found and not (phrases.is_unknown(text) and last.kind not in NUMERIC_KINDS):
        told.keep(turn, check, last, heard.value)
        return proceed(turn, check, lead=check_words.CHANGED)
    if phrases.is_unknown(text):
        return conclude(turn, check, told.standing(turn, check), lead=check_words.LEFT_OPEN)
    return None


def plain(turn: Turn, check: Check, recent: bool) -> Outcome:
    """没有 to nothing asked: the one thing a verdict left open, else nothing new, else a beginning."""
    if turn.conversation.check.get("id") != check.id or not recent:
        return start(turn, check, lead=check_words.ONE_BY_ONE)
    waiting = [line.condition for line in told.standing(turn, check).conditions if line.verdict == "unclear"]
    open_facts = {fact for condition in waiting for fact in facts_of(condition.when)}
    answered = [(q, told.hears(turn, q)) for q in map(turn.library.questions.__getitem__, open_facts)]
    if len(answered) == 1 and answered[0][1].found:
        told.keep(turn, check, answered[0][0], answered[0][1].value)
        return proceed(turn, check, lead=check_words.TAKEN)
    return noted.changes_nothing(turn, check)
