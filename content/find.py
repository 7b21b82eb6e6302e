"""The library: one immutable snapshot of all content and every way to look things up in it.

Why this file exists: everything that answers a citizen asks this object, so the rules of which
city and which day are in one place. It must not know YAML, voices or the clock.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from math import asin, cos, radians, sin, sqrt
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Literal, TypeVar

from content.model import NATIONAL, Answer, City, Clause, ContactPoint, FactValue
from content.places import Places

if TYPE_CHECKING:
    from content.criterion import Check
    from content.search import Search
    from content.shelf import Shelf

FoundState = Literal["current", "national", "expired", "past_review", "not_in_sources", "none"]
CONTACTS_SHOWN = 3
"""Contact points offered with one answer: more is a list nobody reads."""

EARTH_RADIUS_KM = 6371.0
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Found:
    """The answer for a need, city and day, and how good it is.

    ``current``: the city's own (or, no city known, the national) answer holds. ``national``: a city
    was asked for, the national answer stands in. ``expired``: past ``valid_to``, say its ``after``.
    ``past_review``: not looked at since ``review_by``. ``not_in_sources``: recorded 资料未载.
    ``none``: nothing is written, ``answer`` is None.
    """

    answer: Answer | None
    state: FoundState


@dataclass(frozen=True, slots=True)
class ClauseHit:
    """A clause found by search; ``score`` in 0..1, see ``content.index.Index.search``."""

    clause: Clause
    score: float


@dataclass(frozen=True, slots=True)
class AnswerHit:
    """An answer found by search; ``score`` as for ``ClauseHit``."""

    answer: Answer
    score: float


def _frozen(values: dict[str, T]) -> Mapping[str, T]:
    return MappingProxyType(dict(values))


class Library:
    """All content of one version. Built by ``content.load``; never changes afterwards.

    ``texts`` are the YAML texts by path it was built from; ``origins`` says for ``kind:id``
    (``answers:wages.work_injury@chengdu``) in which of them, and where, a record is written.
    """

    def __init__(self, shelf: Shelf, version: str, texts: Mapping[str, str]) -> None:
        self.version = version
        self.texts = texts
        self.origins = {name: (record.file, record.path) for name, record in shelf.records.items()}
        self.topics = _frozen(shelf.topics)
        self.needs = _frozen(shelf.needs)
        self.cities = _frozen(shelf.cities)
        self.notices = _frozen(shelf.notices)
        self.clauses = _frozen(shelf.clauses)
        self.facts = _frozen(shelf.facts)
        self.answers = _frozen(shelf.answers)
        self.contacts = _frozen(shelf.contacts)
        self.checks = _frozen(shelf.checks)
        self.questions = _frozen(shelf.questions)
        self.fraud: Mapping[str, Any] = _frozen(shelf.fraud)
        self.rows = shelf.rows
        self._places = Places(tuple(shelf.cities.values()), shelf.places)

    # answers

    def answer(self, need_id: str, city_id: str, on: date) -> Found:
        """The answer for a day: the city's, else the national one, else why there is none."""
        local = self._answer_in(need_id, city_id, on) if city_id else None
        national = self._answer_in(need_id, NATIONAL, on)
        if local and (local.state != "expired" or national is None or local.answer.after):
            return Found(local.answer, local.state)
        if national is None:
            return Found(local.answer, local.state) if local else Found(None, "none")
        stands_in = city_id and national.state == "current"
        return Found(national.answer, "national" if stands_in else national.state)

    def _answer_in(self, need_id: str, scope: str, on: date) -> _Local | None:
        answer = self.answers.get(need_id if scope == NATIONAL else f"{need_id}@{scope}")
        if answer is None or (answer.valid_from is not None and on < answer.valid_from):
            return None
        return _Local(answer, _state(answer, on))

    def fact(self, fact_id: str, on: date) -> FactValue | None:
        """The figure in force on a day; None where none is known or none is certain enough."""
        fact = self.facts.get(fact_id)
        return fact.on(on) if fact else None

    def clauses_by_id(self, clause_id: str) -> tuple[Clause, ...]:
        """The clauses behind a citation id such as ``chengdu-2022-75#三（四）14``."""
        return self._clauses_by_id.get(clause_id, ())

    @cached_property
    def _clauses_by_id(self) -> dict[str, tuple[Clause, ...]]:
        found: dict[str, tuple[Clause, ...]] = {}
        for clause in self.clauses.values():
            found[clause.id] = (*found.get(clause.id, ()), clause)
        return found

    def check_for(self, need_id: str, city_id: str) -> Check | None:
        """The eligibility check of a need: the city's, else the national one, else None."""
        return self._checks_by_need.get((need_id, city_id)) or self._checks_by_need.get((need_id, NATIONAL))

    @cached_property
    def _checks_by_need(self) -> dict[tuple[str, str], Check]:
        found: dict[tuple[str, str], Check] = {}
        for check in self.checks.values():
            found.setdefault((check.need, check.scope), check)
        for need in self.needs.values():
            if need.check:
                found.setdefault((need.id, NATIONAL), self.checks[need.check])
        return found

    # people to ask

    def contacts_for(self, need_id: str, city_id: str) -> tuple[ContactPoint, ...]:
        """At most three contact points to ask, nearest to the matter first; low confidence never."""
        need = self.needs.get(need_id)
        if need is None:
            return ()
        scopes = [f"{need_id}@{city_id}", need_id]
        named = [i for a in scopes if a in self.answers for i in self.answers[a].contacts]
        local = self._public_contacts.get((city_id, need.topic), ())
        found = [self.contacts[i] for i in dict.fromkeys((*named, *local, *need.contacts))]
        return tuple(c for c in found if c.shown and c.scope in (city_id, NATIONAL))[:CONTACTS_SHOWN]

    @cached_property
    def _public_contacts(self) -> dict[tuple[str, str], list[str]]:
        """Ids of hotlines, offices and platforms by their city and topic."""
        found: dict[tuple[str, str], list[str]] = {}
        for name, contact in self.contacts.items():
            if contact.kind in ("hotline", "office", "platform"):
                for topic in contact.topics:
                    found.setdefault((contact.scope, topic), []).append(name)
        return found

    def bank(self, text: str) -> ContactPoint | None:
        """The bank named in a text, by its longest matching name; None where none is named."""
        named = [(len(name), bank) for name, bank in self._bank_names if name in text]
        return max(named, key=lambda pair: pair[0])[1] if named else None

    @cached_property
    def _bank_names(self) -> list[tuple[str, ContactPoint]]:
        banks = [c for c in self.contacts.values() if c.kind == "bank" and c.shown]
        return [(name, c) for c in banks for name in (c.name, c.bank, *c.aliases) if name]

    # places

    def city_named(self, text: str) -> City | None:
        """The covered city a text names, itself or by a district only it has; the last one named."""
        return self._places.city_named(text)

    def other_place_named(self, text: str) -> str:
        """The Chinese city or province a text names that has no content here, or ""."""
        return self._places.other_named(text)

    def city_at(self, lat: float, lon: float) -> City | None:
        """The covered city at WGS-84 / GCJ-02 degrees: the nearest one whose radius reaches there."""
        near = [(distance_km(lat, lon, c.lat, c.lon), c) for c in self.cities.values()]
        inside = [(km, city) for km, city in near if km <= city.radius_km]
        return min(inside, key=lambda pair: pair[0])[1] if inside else None

    def branches_near(self, lat: float, lon: float, limit: int) -> list[tuple[ContactPoint, float]]:
        """Branches with their distance in km, nearest first."""
        found = [
            (c, distance_km(lat, lon, c.lat, c.lon))
            for c in self.contacts.values()
            if c.kind == "branch" and c.shown and c.lat is not None and c.lon is not None
        ]
        return sorted(found, key=lambda pair: pair[1])[:limit]

    # search

    @cached_property
    def _search(self) -> Search:
        from content.search import Search  # search libraries only where somebody searches

        return Search(self)

    def search_clauses(self, text: str, city_id: str, limit: int) -> list[ClauseHit]:
        """Clauses nearest to a question, best first; only the city's where a city is known."""
        return self._search.clauses(text, city_id, limit)

    def search_answers(self, text: str, city_id: str, limit: int) -> list[AnswerHit]:
        """Answers nearest to a question, best first: the city's and the national ones."""
        return self._search.answers(text, city_id, limit)


@dataclass(frozen=True, slots=True)
class _Local:
    answer: Answer
    state: FoundState


def _state(answer: Answer, on: date) -> FoundState:
    if answer.valid_to is not None and on > answer.valid_to:
        return "expired"
    if answer.status == "not_in_sources":
        return "not_in_sources"
    if answer.review_by is not None and on > answer.review_by:
        return "past_review"
    return "current"


def distance_km(lat1: float, lon1: float, lat2: float, lon2: float) -> float:
    """Great-circle distance in kilometres between two points in degrees."""
    a, b = radians(lat1), radians(lat2)
    half = sin((b - a) / 2) ** 2 + cos(a) * cos(b) * sin(radians(lon2 - lon1) / 2) ** 2
    return 2 * EARTH_RADIUS_KM * asin(sqrt(half))
