"""The facts of a check that a message tells, and what is known of them so far.

Why this file exists: facts come unasked (名下有套房), belong to a place and a day, and may only be
supposed (要是房子在别处呢). The dialogue asks this file and never reads the store of facts itself.
"""

from __future__ import annotations

from datetime import date

from actions import check_words, facts
from actions.hear import Heard, hear, says_by_name, shared_letters, volunteered
from actions.turn import Turn
from content.criteria import Evaluation, evaluate
from content.criterion import Check, FactInput, Question
from content.find import Library
from nlu.text import entities, normalise

_FITS = {"duration": ("months", "years"), "amount": ("money",), "date": ("date",)}
"""Kinds of entities, and the kinds of questions they can only be answers to."""
_SUBJECT = 2
"""Letters a reply has to share with a question to be about its subject."""


def said(turn: Turn) -> str:
    """The words as typed, normalised: a rewritten text has lost its 说错了."""
    return normalise(turn.raw)


def city_of(turn: Turn, check: Check) -> str:
    """The city a check is about: its own, or for a national one the citizen's."""
    return check.scope if check.scope in turn.library.cities else turn.conversation.city


def hear_all(turn: Turn, check: Check, text: str) -> dict[Question, Heard]:
    """Every fact of the check that a text tells without being asked."""
    city = city_of(turn, check)

    def elsewhere(span: str) -> bool:
        places = {f.value for f in entities(span) if f.kind in {"city", "origin"}}
        return bool(places) and city not in places

    found = {q: volunteered(q, text, elsewhere) for q in check_words.questions_of(check, turn.library)}
    return {question: heard for question, heard in found.items() if heard.found}


def hears(turn: Turn, question: Question, text: str = "") -> Heard:
    """The answer to one question in a text (default: the message), as of today."""
    return hear(question, text or said(turn), turn.now.date())


def questions(check: Check, library: Library) -> dict[str, Question]:
    """The questions a check may ask or hear, by fact."""
    return {question.id: question for question in check_words.questions_of(check, library)}


def keep(turn: Turn, check: Check, question: Question, value: FactInput) -> None:
    """Remember one fact for today and the check's city."""
    facts.keep(turn.conversation, question.id, value, turn.now.date(), city_of(turn, check))


def take(turn: Turn, check: Check, text: str = "") -> tuple[str, ...]:
    """Keep what a text (default: the message) tells; ids of the facts told."""
    told = hear_all(turn, check, text or said(turn))
    for question, heard in told.items():
        keep(turn, check, question, heard.value)
    return tuple(question.id for question in told)


def take_meant(turn: Turn, check: Check, loosely: bool = False) -> tuple[str, ...]:
    """Keep the one fact a bare reply means: by its question's words or kind, ``loosely`` by its subject."""
    wanted = check_words.questions_of(check, turn.library)
    if not check_words.changes(said(turn)):
        wanted = [q for q in wanted if turn.conversation.facts.get(q.id, {}).get("value") is None]
    text = said(turn)
    named = [(q, h) for q in wanted if (h := says_by_name(q, text)).found]
    fits = fitting(turn, check)
    if not named and fits is not None:
        named = [(fits, hears(turn, fits))]
    if not named and loosely:
        spoken_of = [(shared_letters(q, text), i) for i, q in enumerate(wanted) if hears(turn, q).found]
        most = max(spoken_of, default=(0, 0))
        alone = [n for n, _ in spoken_of].count(most[0]) == 1
        named = [(wanted[most[1]], hears(turn, wanted[most[1]]))] if most[0] >= _SUBJECT and alone else []
    if len({heard.value for _, heard in named}) != 1:
        return ()
    keep(turn, check, *_first(named))
    return (named[0][0].id,)


def _first(named: list[tuple[Question, Heard]]) -> tuple[Question, FactInput]:
    return named[0][0], named[0][1].value


def known(turn: Turn, check: Check, on: date) -> dict[str, FactInput]:
    """What is known for a day, with what is only supposed laid over it."""
    wanted = check_words.questions_of(check, turn.library)
    told = facts.known(turn.conversation, turn.library.questions, on, wanted, city_of(turn, check))
    state = turn.conversation.check
    if state.get("id") == check.id:
        supposed = state.get("what_if") or {}
        told |= {q.id: facts.typed(q, supposed[q.id]) for q in wanted if q.id in supposed}
    return told


def standing(turn: Turn, check: Check, on: date | None = None) -> Evaluation:
    """Where the check stands with what is known, today or on another day."""
    day = on or turn.now.date()
    return evaluate(check, known(turn, check, day), day, turn.library)


def fitting(turn: Turn, check: Check) -> Question | None:
    """The first question whose kind of answer the message plainly is: a span of time, an amount, a day."""
    text = said(turn)
    kinds = {f.kind for f in entities(text)}
    wanted = {kind for entity, fits in _FITS.items() if entity in kinds for kind in fits}
    for question in check_words.questions_of(check, turn.library):
        strange = question.kind == "date" and not shared_letters(question, text)
        if question.kind in wanted and not strange and hears(turn, question).found:
            return question
    return None
