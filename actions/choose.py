"""Which check belongs to a need, and whether a message wants it instead of an answer.

Why this file exists: a need may have several checks (开户、划算、提前取), and a question about one's
own case deserves its verdict, not a page of rules.
"""

from __future__ import annotations

from actions import check_words, told
from actions.turn import Turn
from content.criterion import Check
from content.model import NATIONAL
from content.references import facts_of

_GIVEN_AWAY = frozenset({"lives_here", "works_here"})
"""Facts told by merely naming a city: they do not show that someone describes their case."""


def check_of(turn: Turn, need: str, city: str, text: str = "") -> Check | None:
    """The need's check: the one that hears most in the text, the city's before the national."""
    found = [c for c in turn.library.checks.values() if c.need == need and c.scope in {city, NATIONAL}]
    own = [c for c in found if c.scope == city] or found
    if not own:
        return turn.library.check_for(need, city)
    return max(own, key=lambda check: (len(told.hear_all(turn, check, text)), -own.index(check)))


def wants(turn: Turn, check: Check) -> bool:
    """Whether to look at the citizen's case now: asked for, or told enough to begin with."""
    text = told.said(turn)
    if check_words.wants_check(text):
        return True
    if not check_words.asks_own_case(text):
        return False
    conditions = {name for c in check.conditions for name in facts_of(c.when)} - _GIVEN_AWAY
    return any(question.id in conditions for question in told.hear_all(turn, check, text))
