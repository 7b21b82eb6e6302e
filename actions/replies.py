"""Short replies to a verdict: 没有, 跳过, 为什么问, and the fact that was left open and found.

Why this file exists: a verdict that lists what is still open reads like a question, and is answered like
one. What begins or resumes a check is in ``actions.reopen``.
"""

from __future__ import annotations

import re

from actions import check_words, noted, phrases, sentence, told
from actions.contacts import contact_line
from actions.eligibility import conclude, proceed, start
from actions.outcome import Choice, Outcome, OutcomeKind
from actions.turn import Turn
from content.criterion import NUMERIC_KINDS, Check
from content.references import facts_of
from nlu.text.numbers import NUMERAL

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


_BARE_NUMBER = re.compile(rf"^(?:我|今年|本人|我今年)?{NUMERAL}(?:周?岁|个)?(?![年月天块元万套号])")
_NEXT = re.compile(
    r"^(?:那|然后|接下来|下一步|下步|后面|现在)+(?:呢|我?(?:该|要|得|应该)?(?:怎么办|咋办|咋整|干嘛|做什么|干什么|怎么做|咋弄))?[呢啊?？]*$"
)


def asks_next(text: str) -> bool:
    """Whether only the next step is asked for (下一步, 然后呢)."""
    return bool(_NEXT.match(text))


def next_step(turn: Turn, check: Check) -> Outcome:
    """What to do now, as the verdict said it, with whom to ask."""
    name = told.standing(turn, check).verdict
    contacts = [turn.library.contacts[c] for c in check.contacts if c in turn.library.contacts]
    said = (check.next_steps or {}).get(name, "")
    text = "\n".join(filter(None, [said, contact_line(contacts)]))
    return Outcome(OutcomeKind.NEEDS_FACTS, text, choices=(Choice("人工"),), need=check.need, confidence=1.0)


def to_paused(turn: Turn, check: Check) -> Outcome | None:
    """The answer to the question a digression left open; a bare yes or no may answer the digression."""
    state = turn.conversation.check
    asked = turn.library.questions.get(state.get("asked", "")) if state.get("aside") else None
    if asked is None or len(told.said(turn)) > BARE or asked.id in turn.conversation.facts:
        return None
    heard = told.hear_all(turn, check, told.said(turn)).get(asked)
    if heard is None or sentence.asks(told.said(turn)):
        return None
    told.take(turn, check)
    return proceed(turn, check, lead=check_words.RESUMED)


def open_number(turn: Turn, check: Check) -> Outcome | None:
    """我42 when the verdict still waits for an age: the one number left open, in the first piece said."""
    waiting = [line.condition for line in told.standing(turn, check).conditions if line.verdict == "unclear"]
    names = {fact for condition in waiting for fact in facts_of(condition.when)}
    numbers = [q for q in map(turn.library.questions.__getitem__, names) if q.kind == "number"]
    found = _BARE_NUMBER.match(told.said(turn))
    heard = told.hears(turn, numbers[0], found[0]) if found and len(numbers) == 1 else None
    if heard is None or not heard.found or numbers[0].id in turn.conversation.facts:
        return None
    told.take(turn, check)
    told.keep(turn, check, numbers[0], heard.value)
    return proceed(turn, check, lead=check_words.TAKEN)


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
