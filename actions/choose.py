"""Which check belongs to a need, and whether a message wants it instead of an answer.

Why this file exists: a need may have several checks (开户、划算、提前取), and a question about one's
own case deserves its verdict, not a page of rules.
"""

from __future__ import annotations

from actions import check_words, sentence, told
from actions.turn import Turn
from content.criterion import Check
from content.model import NATIONAL
from content.references import facts_of

_GIVEN_AWAY = frozenset({"lives_here", "works_here"})
"""Facts told by merely naming a city: they do not show that someone describes their case."""

_A_CASE = 8
"""Characters up to which a message may be nothing but the name of a case."""


def check_of(turn: Turn, need: str, city: str, text: str = "") -> Check | None:
    """The need's check: the one that hears most in the text, the city's before the national."""
    found = [c for c in turn.library.checks.values() if c.need == need and c.scope in {city, NATIONAL}]
    own = [c for c in found if c.scope == city] or found
    if not own:
        return turn.library.check_for(need, city) or (sibling(turn, need, city) if text else None)
    return max(own, key=lambda check: (len(told.hear_all(turn, check, text)), -own.index(check)))


def only_of_topic(turn: Turn, need: str, city: str) -> Check | None:
    """The one check of a need's topic, where the topic has but one for a city."""
    topic = turn.library.needs[need].topic if need in turn.library.needs else ""
    found = [
        check
        for check in turn.library.checks.values()
        if topic and turn.library.needs[check.need].topic == topic and check.scope in {city, NATIONAL}
    ]
    return found[0] if len({check.need for check in found}) == 1 else None


def sibling(turn: Turn, need: str, city: str) -> Check | None:
    """The check of a neighbouring need whose own case is named (糖尿病), where the need has none."""
    topic = turn.library.needs[need].topic
    for check in turn.library.checks.values():
        near = check.need in turn.library.needs and turn.library.needs[check.need].topic == topic
        if near and check.scope in {city, NATIONAL} and _names_case(turn, check):
            return check
    return None


def _names_case(turn: Turn, check: Check) -> bool:
    text = told.said(turn)
    heard = told.hear_all(turn, check, text)
    named = any(q.kind == "choice" and q.id in check.first[:1] for q in heard)
    return named and check_words.asks_own_case(text)


def tells_case(turn: Turn, check: Check) -> bool:
    """Whether a few words answer the check or name its case (交着职工的, 生大病呢): no new subject."""
    text = told.said(turn)
    if len(text) > _A_CASE or check_words.is_question(text.rstrip("?？").removesuffix("呢")):
        return False
    heard = told.hear_all(turn, check, text)
    named = any(q.kind == "choice" and q.id in check.first[:1] for q in heard)
    return named or (bool(heard) and sentence.tries_to_answer(text))


def wants(turn: Turn, check: Check) -> bool:
    """Whether to look at the citizen's case now: asked for, or told enough to begin with."""
    text = told.said(turn)
    if check_words.wants_check(text):
        return True
    if not check_words.asks_own_case(text):
        return False
    conditions = {name for c in check.conditions for name in facts_of(c.when)} - _GIVEN_AWAY
    return any(question.id in conditions for question in told.hear_all(turn, check, text))
