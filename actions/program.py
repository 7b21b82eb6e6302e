"""Questions that name or describe a program or clause: answered from the clauses by search.

Why this file exists: the documents hold hundreds of measures that no curated answer repeats. The
known city restricts the search, so no reply cites another city's notice.
"""

from __future__ import annotations

from dataclasses import replace

from actions import wording
from actions.answer import answer_need
from actions.evidence import any_support
from actions.outcome import Choice, Outcome, OutcomeKind
from actions.place import city_name, place_of, remember
from actions.turn import Turn
from content.find import ClauseHit
from content.model import Clause
from content.voices import clause_chat

SURE_SCORE = 0.55
"""Share of the question's own words that a clause must hold to be the answer by itself."""
ADD_SCORE = 0.45
"""Share from which a clause is added below a curated answer that does not cite it."""


_BARE = 12
"""Characters up to which a message without a word of a subject is only a follow-up."""


def answer_with_clause(turn: Turn, need: str) -> Outcome:
    """The curated answer; where the city's document has a closer clause, that one too."""
    outcome = answer_need(turn, need)
    place = place_of(turn)
    if not place.city or outcome.asks or _without_subject(turn):
        return outcome
    hits = turn.library.search_clauses(turn.text, place.city, 1)
    if not hits or hits[0].score < ADD_SCORE or hits[0].clause.id in outcome.clauses:
        return outcome
    if outcome.kind == OutcomeKind.NOT_IN_SOURCES and not outcome.answer_id:
        return replace(_from_clause(turn, hits[0].clause), need=need)
    related = hits[0].score >= SURE_SCORE or _of_one_topic(turn, need, hits[0].clause)
    return _added(turn, outcome, hits[0].clause) if related and _says_something(hits[0]) else outcome


def _of_one_topic(turn: Turn, need: str, clause: Clause) -> bool:
    """Whether a clause may be about what was answered: none of another subject's is added below."""
    known = turn.library.needs.get(clause.need)
    return known is None or known.topic == turn.library.needs[need].topic


def _says_something(hit: ClauseHit) -> bool:
    """Whether a clause below an answer adds a condition, a figure or its own name, not only what it lacks."""
    return bool(hit.clause.conditions or hit.clause.figures) or hit.score >= SURE_SCORE


def _without_subject(turn: Turn) -> bool:
    """Whether a short follow-up (管多久) has no word that a clause could be about."""
    return len(turn.text) <= _BARE and not any_support(turn)


def _added(turn: Turn, outcome: Outcome, clause: Clause) -> Outcome:
    extra = _from_clause(turn, clause)
    return replace(
        outcome,
        text=f"{outcome.text}\n另外，{city_name(turn, outcome.city)}文件里和您问的相关的一条：{extra.text}",
        citation="\n".join(filter(None, [outcome.citation, extra.citation])),
        clauses=(*outcome.clauses, *extra.clauses),
        notices=tuple(dict.fromkeys((*outcome.notices, *extra.notices))),
    )


def answer_program(turn: Turn, need: str) -> Outcome:
    """The best clause of the known city, or of the city whose program was named; else ask back."""
    return by_search(turn, need) or answer_need(turn, need)


def plain_hit(turn: Turn) -> Clause | None:
    """The one clause that the words clearly mean, where the city is known or named by it."""
    hits = _hits(turn, 2)
    if not hits or hits[0].score < SURE_SCORE or not (place_of(turn).city or _one_city(turn, hits)):
        return None
    return hits[0].clause


def _hits(turn: Turn, limit: int) -> list[ClauseHit]:
    """The closest clauses of the known city, or of all; none for a city that has no document here."""
    place = place_of(turn)
    if place.other and not place.city:
        return []
    return turn.library.search_clauses(turn.text, place.city, limit)


def say(turn: Turn, clause: Clause, need: str, confidence: float) -> Outcome:
    """The clause as a reply, under its own need or the classifier's."""
    remember(turn, place_of(turn))
    return replace(_from_clause(turn, clause), need=_need_of(turn, clause, need), confidence=confidence)


def _need_of(turn: Turn, clause: Clause, need: str) -> str:
    """The clause's own need; else the classifier's, unless that was no policy need at all."""
    if clause.need:
        return clause.need
    known = turn.library.needs.get(need)
    return need if known and known.handler in {"answer", "program"} else "policy.program_question"


def by_search(turn: Turn, need: str = "", confidence: float = 0.0) -> Outcome | None:
    """Answer from clauses: one clear hit is said, close hits are offered, no hit gives None."""
    place = place_of(turn)
    remember(turn, place)
    hits = [h for h in _hits(turn, 3) if h.score >= ADD_SCORE]
    if not hits:
        return None
    if hits[0].score >= SURE_SCORE and (place.city or _one_city(turn, hits)):
        return replace(
            _from_clause(turn, hits[0].clause),
            need=_need_of(turn, hits[0].clause, need),
            confidence=confidence,
        )
    turn.conversation.pending = {"kind": "clauses", "keys": [h.clause.key for h in hits]}
    return Outcome(
        OutcomeKind.CLARIFY,
        wording.CLARIFY,
        choices=tuple(Choice(_label(turn, h.clause)) for h in hits),
        need=need,
        confidence=confidence,
        asks="choice",
    )


def _one_city(turn: Turn, hits: list[ClauseHit]) -> bool:
    return len({turn.library.notices[h.clause.notice_id].scope for h in hits}) == 1


def _label(turn: Turn, clause: Clause) -> str:
    scope = turn.library.notices[clause.notice_id].scope
    return f"{city_name(turn, scope)}：{clause.name}"


def _from_clause(turn: Turn, clause: Clause) -> Outcome:
    on = turn.now.date()
    voice = clause_chat(clause, turn.library, on)
    notice = turn.library.notices[clause.notice_id]
    kind = OutcomeKind.ANSWERED
    if notice.status_on(on) == "expired":
        kind = OutcomeKind.EXPIRED
    elif clause.superseded or notice.status_on(on) == "superseded":
        kind = OutcomeKind.SUPERSEDED
    elif clause.not_stated and not clause.conditions and not clause.figures:
        kind = OutcomeKind.NOT_IN_SOURCES
    return Outcome(
        kind,
        voice.text,
        citation=voice.citation,
        city=notice.scope,
        answer_id=clause.id,
        clauses=voice.clauses,
        notices=voice.notices,
    )


def answer_clause(turn: Turn, key: str) -> Outcome:
    """The reply for a clause picked from a list of ours."""
    return _from_clause(turn, turn.library.clauses[key])
