"""Answers one need from the library: the right city, the right day, the right kind of outcome.

Why this file exists: it is the only way from a need to a policy reply, so that a citation, a date
and the honest state of the content are never forgotten.
"""

from __future__ import annotations

from datetime import date

from actions import wording
from actions.contacts import contact_line
from actions.outcome import Choice, Outcome, OutcomeKind
from actions.place import Place, city_name, covered_names, place_of, remember
from actions.turn import Turn
from content.find import Found
from content.model import ASPECTS, NATIONAL, Answer, Need
from content.voices import chat as chat_voice

_STATE_KIND = {
    "expired": OutcomeKind.EXPIRED,
    "past_review": OutcomeKind.PAST_REVIEW,
    "not_in_sources": OutcomeKind.NOT_IN_SOURCES,
}


def answer_need(turn: Turn, need_id: str, aspect: str = "") -> Outcome:
    """The outcome for one need: asks for the city where the answer depends on it."""
    need = turn.library.needs[need_id]
    place = place_of(turn)
    remember(turn, place)
    aspect = aspect or _aspect_said(turn)
    if need.city_use == "ask" and not place.city and not place.other:
        return _ask_city(turn, need, aspect)
    return answer_at(turn, need_id, place, aspect)


def answer_at(turn: Turn, need_id: str, place: Place, aspect: str = "") -> Outcome:
    """The outcome for a need at a given place, which is not asked for again."""
    need = turn.library.needs[need_id]
    if need.city_use == "none":
        place = Place()
    found = turn.library.answer(need_id, place.city, turn.now.date())
    outcome = _from_found(turn, need, place, found, aspect)
    outcome.need = need_id
    outcome.city = outcome.city or place.city
    outcome.aspect = aspect
    return outcome


def _aspect_said(turn: Turn) -> str:
    said = turn.said("aspect")
    return said[-1] if said else ""


def _ask_city(turn: Turn, need: Need, aspect: str) -> Outcome:
    turn.conversation.pending = {"kind": "city", "need": need.id, "aspect": aspect}
    choices = [Choice(c.name) for c in turn.library.cities.values()] + [Choice(wording.OTHER_CITY)]
    known, citation = _true_everywhere(turn, need)
    return Outcome(
        OutcomeKind.NEEDS_CITY,
        f"{known}{wording.ASK_CITY}",
        citation=citation,
        choices=tuple(choices),
        need=need.id,
        aspect=aspect,
        asks="city",
    )


def _true_everywhere(turn: Turn, need: Need) -> tuple[str, str]:
    """The verified national conclusion with its citation: something to go on before the city is said."""
    found = turn.library.answer(need.id, "", turn.now.date())
    if found.answer is None or found.state != "current" or found.answer.status != "verified":
        return "", ""
    voice = chat_voice(found.answer, turn.library, turn.now.date(), "")
    return f"{found.answer.conclusion}\n", voice.citation


def _from_found(turn: Turn, need: Need, place: Place, found: Found, aspect: str) -> Outcome:
    if found.answer is None:
        return _nothing_written(turn, need, place)
    national = _national_aspect(turn, need, found, aspect)
    if national is not None:
        return national
    voice = chat_voice(found.answer, turn.library, turn.now.date(), aspect)
    text = "\n".join(filter(None, [_preface(turn, need, place, found), voice.text]))
    return Outcome(
        _kind(turn, place, found),
        text,
        citation=voice.citation or _unsourced(need, found.answer),
        choices=follow_ups(turn, found.answer, need),
        city=place.city,
        answer_id=found.answer.id,
        clauses=voice.clauses,
        notices=voice.notices,
    )


def _national_aspect(turn: Turn, need: Need, found: Found, aspect: str) -> Outcome | None:
    """The national word on an aspect that the city's answer leaves out, said as such."""
    answer = found.answer
    if answer is None or answer.scope == NATIONAL or not aspect or aspect in answer.aspects:
        return None
    whole = turn.library.answer(need.id, "", turn.now.date())
    if whole.state != "current" or whole.answer is None or aspect not in whole.answer.aspects:
        return None
    outcome = _from_found(turn, need, Place(), whole, aspect)
    preface = wording.NATIONAL_ASPECT.format(city=city_name(turn, answer.scope), aspect=ASPECTS[aspect])
    outcome.kind, outcome.city = OutcomeKind.ANSWERED_NATIONALLY, answer.scope
    outcome.text = f"{preface}{outcome.text}"
    return outcome


def said_plainly(turn: Turn, need_id: str, kind: OutcomeKind) -> Outcome:
    """Small talk and refusals: the record's sentences without labels, citation or city."""
    need = turn.library.needs[need_id]
    found = turn.library.answer(need_id, "", turn.now.date())
    if found.answer is None:
        return Outcome(kind, wording.CAN_DO, need=need_id)
    lines = [found.answer.conclusion, *found.answer.aspects.values()]
    lines.append(contact_line(turn.library.contacts[c] for c in found.answer.contacts))
    text = "\n".join(filter(None, lines))
    return Outcome(
        kind, text, choices=follow_ups(turn, found.answer, need), answer_id=found.answer.id, need=need_id
    )


def _unsourced(need: Need, answer: Answer) -> str:
    """An answer without an official source says so, with the day it was put together."""
    if need.handler != "answer" or answer.status == "verified":
        return ""
    return wording.UNSOURCED.format(day=answer.checked_on.isoformat())


def _kind(turn: Turn, place: Place, found: Found) -> OutcomeKind:
    assert found.answer is not None
    if found.state in _STATE_KIND:
        return _STATE_KIND[found.state]
    if place.other and not place.city:
        return OutcomeKind.CITY_NOT_COVERED
    if _all_notices_expired(turn, found.answer, turn.now.date()):
        return OutcomeKind.EXPIRED
    if found.answer.scope == NATIONAL and place.city:
        return OutcomeKind.ANSWERED_NATIONALLY
    return OutcomeKind.ANSWERED


def _all_notices_expired(turn: Turn, answer: Answer, on: date) -> bool:
    ids = {c.split("#")[0] for c in answer.cites}
    notices = [turn.library.notices[i] for i in ids if i in turn.library.notices]
    return bool(notices) and not answer.sources and all(n.status_on(on) == "expired" for n in notices)


def _preface(turn: Turn, need: Need, place: Place, found: Found) -> str:
    assert found.answer is not None
    if found.state == "past_review":
        return wording.PAST_REVIEW
    if need.city_use == "none":
        return ""
    if place.other and not place.city:
        return wording.CITY_NOT_COVERED.format(place=place.other, cities=covered_names(turn))
    if place.city and found.answer.scope == NATIONAL:
        return wording.NATIONALLY.format(city=city_name(turn, place.city))
    return ""


def _nothing_written(turn: Turn, need: Need, place: Place) -> Outcome:
    what = f"{city_name(turn, place.city)}{need.say}" if place.city else need.say
    lines = [wording.NOT_IN_SOURCES.format(what=what)]
    kind = OutcomeKind.NOT_IN_SOURCES
    if place.other and not place.city and need.city_use != "none":
        kind = OutcomeKind.CITY_NOT_COVERED
        lines = [wording.CITY_NOT_COVERED.format(place=place.other, cities=covered_names(turn))]
    lines.append(contact_line(turn.library.contacts_for(need.id, place.city)))
    return Outcome(kind, "\n".join(filter(None, lines)), city=place.city)


def follow_ups(turn: Turn, answer: Answer, need: Need) -> tuple[Choice, ...]:
    """A check of one's own case first, then the record's follow-ups; at most three."""
    says = []
    check = turn.library.check_for(
        need.id, answer.scope if answer.scope != NATIONAL else turn.conversation.city
    )
    if check is not None:
        says.append(f"测一测：{check.title}")
    says += [turn.library.needs[n].say for n in answer.follow_ups if n in turn.library.needs]
    return tuple(Choice(s) for s in says[:3])
