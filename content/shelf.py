"""Where the readers put what they read, and which reader reads which file.

Why this file exists: records of all files meet here before they are checked against each other.
It must not judge records; it only refuses two with one name.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from content.criterion import Check, Question
from content.model import NATIONAL, Answer, City, Clause, ContactPoint, Fact, Need, Notice, Topic
from content.reading.answers import read_answers
from content.reading.cities import read_city, read_places
from content.reading.clauses import read_clauses
from content.reading.contacts import read_contacts
from content.reading.coverage import CoverageRow, read_coverage_rows
from content.reading.eligibility import read_checks
from content.reading.facts import read_facts
from content.reading.fraud import read_fraud
from content.reading.notices import read_notices
from content.reading.questions import read_questions
from content.reading.record import Record
from content.reading.topics import read_topics


@dataclass(slots=True)
class Shelf:
    """All records by id, and the YAML record each was read from (by ``kind:id``)."""

    topics: dict[str, Topic] = field(default_factory=dict)
    needs: dict[str, Need] = field(default_factory=dict)
    cities: dict[str, City] = field(default_factory=dict)
    places: tuple[str, ...] = ()
    notices: dict[str, Notice] = field(default_factory=dict)
    clauses: dict[str, Clause] = field(default_factory=dict)
    facts: dict[str, Fact] = field(default_factory=dict)
    answers: dict[str, Answer] = field(default_factory=dict)
    contacts: dict[str, ContactPoint] = field(default_factory=dict)
    checks: dict[str, Check] = field(default_factory=dict)
    questions: dict[str, Question] = field(default_factory=dict)
    fraud: dict[str, Any] = field(default_factory=dict)
    rows: tuple[CoverageRow, ...] = ()
    records: dict[str, Record] = field(default_factory=dict)

    def put(self, kind: str, name: str, value: Any, record: Record) -> None:
        """Shelve a record under its id; the second of one name is a fault."""
        place: dict[str, Any] = getattr(self, kind)
        if name in place:
            other = self.records[f"{kind}:{name}"]
            record.fault(f"{name} 已经在 {other.file} 写过，请换一个编号或删去一处")
        place[name] = value
        self.records[f"{kind}:{name}"] = record

    def place_of(self, kind: str, name: str) -> Record:
        """The YAML record something was read from."""
        return self.records[f"{kind}:{name}"]


Reader = Callable[[Shelf, Record, str], None]


def scope_of(path: str) -> str:
    """``national`` or the city id in a path.

    >>> scope_of("content/cities/chengdu/facts.yml")
    'chengdu'
    """
    parts = path.split("/")
    return parts[2] if parts[1] == "cities" else NATIONAL


def _topics(shelf: Shelf, root: Record, _path: str) -> None:
    shelf.topics, shelf.needs = read_topics(root)
    shelf.records["topics"] = root


def _city(shelf: Shelf, root: Record, path: str) -> None:
    city = read_city(root, scope_of(path))
    if city is not None:
        shelf.put("cities", city.id, city, root)


def _places(shelf: Shelf, root: Record, _path: str) -> None:
    shelf.places = read_places(root)


def _notices(shelf: Shelf, root: Record, path: str) -> None:
    for notice, record in read_notices(root, scope_of(path)):
        shelf.put("notices", notice.id, notice, record)


def _clauses(shelf: Shelf, root: Record, _path: str) -> None:
    for clause, record in read_clauses(root):
        shelf.put("clauses", clause.key, clause, record)


def _facts(shelf: Shelf, root: Record, path: str) -> None:
    for fact, record in read_facts(root, scope_of(path)):
        shelf.put("facts", fact.id, fact, record)


def _answers(shelf: Shelf, root: Record, path: str) -> None:
    for answer, record in read_answers(root, scope_of(path)):
        shelf.put("answers", answer.id, answer, record)


def _contacts(shelf: Shelf, root: Record, path: str) -> None:
    for contact, record in read_contacts(root, scope_of(path)):
        shelf.put("contacts", contact.id, contact, record)


def _checks(shelf: Shelf, root: Record, path: str) -> None:
    for check, record in read_checks(root, scope_of(path), shelf.questions):
        shelf.put("checks", check.id, check, record)


def _questions(shelf: Shelf, root: Record, _path: str) -> None:
    shelf.questions = read_questions(root)
    shelf.records["questions"] = root


def _fraud(shelf: Shelf, root: Record, path: str) -> None:
    name = path.rsplit("/", 1)[1].removesuffix(".yml")
    shelf.fraud[name] = root.data
    shelf.records[f"fraud:{name}"] = root
    for kind, entry, record in read_fraud(root, name):
        other = shelf.records.setdefault(f"{kind}:{entry}", record)
        if other is not record:
            record.fault(f"{entry} 在这个文件里已经写过，请换一个编号或删去一处", "id")


def _rows(shelf: Shelf, root: Record, _path: str) -> None:
    shelf.rows = read_coverage_rows(root)


_SCOPE = r"content/(?:national|cities/[a-z]+)"
_READERS: tuple[tuple[str, Reader], ...] = (
    (r"content/topics\.yml", _topics),
    (r"content/places\.yml", _places),
    (r"content/questions\.yml", _questions),
    (r"content/coverage_rows\.yml", _rows),
    (r"content/cities/[a-z]+/city\.yml", _city),
    (rf"{_SCOPE}/notices\.yml", _notices),
    (rf"{_SCOPE}/clauses[a-z0-9_]*\.yml", _clauses),
    (rf"{_SCOPE}/facts[a-z0-9_]*\.yml", _facts),
    (rf"{_SCOPE}/answers/[a-z0-9_]+\.yml", _answers),
    (rf"{_SCOPE}/eligibility/[a-z0-9_]+\.yml", _checks),
    (rf"(?:content|{_SCOPE})/(?:contacts|branches)[a-z0-9_]*\.yml", _contacts),
    (r"content/fraud/[a-z0-9_]+\.yml", _fraud),
)


def reader_of(path: str) -> Reader | None:
    """The reader for a path, or None where no such file belongs to the content."""
    return next((reader for pattern, reader in _READERS if re.fullmatch(pattern, path)), None)
