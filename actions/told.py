"""The facts of a check that a message tells, and what is known of them so far.

Why this file exists: facts come unasked (名下有套房), belong to a place and a day, and may only be
supposed (要是房子在别处呢). The dialogue asks this file and never reads the store of facts itself.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from actions import check_words, days, facts, sentence
from actions.hear import NOTHING, Heard, hear, says_by_name, shared_letters, volunteered
from actions.turn import Turn
from content.criteria import Evaluation, evaluate, facts_on
from content.criterion import Check, FactInput, Question
from content.find import Library
from nlu.text import entities, normalise

_FITS = {"duration": ("months", "years"), "amount": ("money",), "date": ("date",)}
"""Kinds of entities, and the kinds of questions they can only be answers to."""
_SUBJECT = 2
"""Letters a reply has to share with a question to be about its subject."""
_RATE = re.compile(
    r"(?:一|每|个)(?:年|个?月|天)(?=(?:能|才|就|大概|差不多|挣|赚|收入|工资|拿)*[0-9一二两三四五六七八九十])"
)
"""一年两万 tells an amount, not how long."""
_OWNED = r"(?:县城|那边|那里|家里|乡下|村里)*(?:还|也|都|倒)?(?:有|买|的)"
_AT_HOME = re.compile(rf"(?:老家|外地|外省|乡下|农村|村里){_OWNED}")
"""老家有一套: said of another place, whatever the question's city is."""
_WHERE_ONE_IS = re.compile(r"住在|工作")
"""Questions about oneself: where one comes from (有，外地农村的) answers none of them."""


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
        return bool(places) and bool(city) and city not in places

    found = {q: volunteered(q, text, elsewhere) for q in check_words.questions_of(check, turn.library)}
    return {question: heard for question, heard in found.items() if heard.found}


def hears(turn: Turn, question: Question, text: str = "") -> Heard:
    """The answer to one question in a text (default: the message), as of today.

    A 有 that is said of another place is none here.
    """
    text = text or said(turn)
    return _here(question, text, hear(question, text, turn.now.date()))


def _here(question: Question, text: str, heard: Heard) -> Heard:
    if heard.value is not True or not question.local or not _AT_HOME.search(text):
        return heard
    if not _WHERE_ONE_IS.search(question.ask):
        return replace(heard, value=False)
    return heard if says_by_name(question, text).found or not text.startswith("有") else NOTHING


def named(question: Question, text: str) -> Heard:
    """A fact in its question's own words, in whatever sentence they stand (老家有一套影响不)."""
    words = [(len(w), True) for w in question.yes if sentence.affirms(text, w)]
    words += [(len(w), False) for w in question.no if w in text]
    found = max((pair for pair in words if pair[0] > 1), default=None)
    return _here(question, text, Heard(True, found[1])) if found else NOTHING


def hears_more(turn: Turn, following: Question) -> Heard:
    """The answer to the next question in what is said after the first piece, or as a plain span of time."""
    text = said(turn)
    rest = text[text.find(sentence.head(text)) + len(sentence.head(text)) :].strip("，,。 ")
    spans = {e.kind for e in entities(days.dated(text, turn.now.date()))}
    kinds = {kind for span in spans for kind in _FITS.get(span, ())}
    plain = following.kind in kinds or (following.grows and "date" in spans)
    return hears(turn, following, rest) if rest or plain else NOTHING


def questions(check: Check, library: Library) -> dict[str, Question]:
    """The questions a check may ask or hear, by fact."""
    return {question.id: question for question in check_words.questions_of(check, library)}


def keep(turn: Turn, check: Check, question: Question, value: FactInput) -> None:
    """Remember one fact for today and the check's city; it is supposed no longer."""
    turn.conversation.check.get("what_if", {}).pop(question.id, None)
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
        told |= supposed(turn, wanted, state.get("what_if") or {}, on)
    return told


def supposed(
    turn: Turn, wanted: list[Question], what_if: Mapping[str, Any], on: date
) -> dict[str, FactInput]:
    """What is supposed from today on, as of a day: spans of time go on growing."""
    today = turn.now.date()
    since = {q.id: (facts.typed(q, what_if[q.id]), today) for q in wanted if q.id in what_if}
    return facts_on(since, on, turn.library.questions)


def standing(turn: Turn, check: Check, on: date | None = None) -> Evaluation:
    """Where the check stands with what is known, today or on another day."""
    day = on or turn.now.date()
    return evaluate(check, known(turn, check, day), day, turn.library)


def fitting(turn: Turn, check: Check) -> Question | None:
    """The first question whose kind of answer the message plainly is: a span of time, an amount, a day."""
    text = _RATE.sub(" ", said(turn))
    kinds = {f.kind for f in entities(text)}
    wanted = {kind for entity, fits in _FITS.items() if entity in kinds for kind in fits}
    for question in check_words.questions_of(check, turn.library):
        lasts = question.kind in {"months", "years"} and not question.grows
        strange = (lasts or question.kind == "date") and not shared_letters(question, text)
        if question.kind in wanted and not strange and hears(turn, question, text).found:
            return question
    return None
