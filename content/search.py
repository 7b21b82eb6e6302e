"""Search over clauses and answers by what they are called, for whom they are and what they say.

Why this file exists: a question that matches no curated need is still answered from the right
clause, of the right city only. It must not decide whether a hit is good enough.

Letter pairs instead of jieba words with bm25s: more right articles, no 85 MB dictionary
(docs/decisions/0008).
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from typing import TYPE_CHECKING

from content.find import AnswerHit, ClauseHit
from content.index import Index
from content.model import NATIONAL, Answer, Clause
from content.sounds import NearNames

if TYPE_CHECKING:
    from content.find import Library

ANSWERS, EVERYWHERE = "answers", ""


class Search:
    """Indexes of one library: clauses per city and over all cities, answers per scope.

    Each is made when it is first asked: the gate of a publication looks into few of them.
    """

    def __init__(self, library: Library) -> None:
        self._library = library
        self._names = NearNames(_program_names(library))
        self._clauses = cache(self._clause_index)
        self._answers = cache(self._answer_index)

    def _clause_index(self, scope: str) -> Index:
        library, index = self._library, Index()
        for clause in library.clauses.values():
            if scope in (EVERYWHERE, library.notices[clause.notice_id].scope):
                index.add(clause.key, _clause_fields(clause, library))
        index.prepare()
        return index

    def _answer_index(self, scope: str) -> Index:
        library, index = self._library, Index()
        for answer in library.answers.values():
            if answer.scope in (scope, NATIONAL):
                index.add(answer.id, _answer_fields(answer, library))
        index.prepare()
        return index

    def clauses(self, text: str, city_id: str, limit: int) -> list[ClauseHit]:
        """Clauses of the city (of all cities where none is known), best first."""
        index = self._clauses(city_id if city_id in self._library.cities else EVERYWHERE)
        hits = index.search(self._query(text, city_id), limit)
        return [ClauseHit(self._library.clauses[key], score) for key, score in hits]

    def answers(self, text: str, city_id: str, limit: int) -> list[AnswerHit]:
        """Answers of the city and national ones, best first; a need once, the city's own before."""
        index = self._answers(city_id if city_id in self._library.cities else NATIONAL)
        found: dict[str, AnswerHit] = {}
        for key, score in index.search(self._query(text, city_id), limit * 2):
            answer = self._library.answers[key]
            own = self._library.answers.get(f"{answer.need}@{city_id}", answer)
            found.setdefault(answer.need, AnswerHit(own, score))
        return list(found.values())[:limit]

    def _query(self, text: str, city_id: str) -> str:
        """The question with near-miss names added and the name of its known city taken out."""
        city = self._library.cities.get(city_id)
        asked = text
        for name in (city.name, *city.aliases) if city else ():
            asked = asked.replace(name, " ") if len(name) > 1 else asked
        return " ".join([asked, *self._names.heard_in(text)])


def _program_names(library: Library) -> list[str]:
    records: Iterable[Clause | Answer] = (*library.clauses.values(), *library.answers.values())
    return [program.name for record in records for program in record.programs]


def _clause_fields(clause: Clause, library: Library) -> list[tuple[str, float]]:
    """Texts with their weights: names decide, keywords are what citizens say, the rest supports."""
    programs = [name for p in clause.programs for name in (p.name, *p.aliases)]
    need = library.needs.get(clause.need)
    return [
        (" ".join(programs), 3.0),
        (clause.name, 3.0),
        (" ".join(clause.keywords), 2.0),
        (" ".join((*clause.conditions, *clause.figures)), 1.0),
        (clause.summary, 1.0),
        (need.name if need else "", 0.5),
        (clause.today, 0.3),
    ]


def _answer_fields(answer: Answer, library: Library) -> list[tuple[str, float]]:
    need = library.needs[answer.need]
    programs = [name for p in answer.programs for name in (p.name, *p.aliases)]
    return [
        (" ".join(programs), 3.0),
        (f"{need.name} {need.say} {' '.join(need.keywords)}", 3.0),
        (library.topics[need.topic].name, 1.0),
        (answer.conclusion, 1.5),
        (" ".join(answer.aspects.values()), 0.5),
    ]
