"""What can be found: answers, clauses, contact points, each with the texts it is found by.

Why this file exists: the engine ranks documents and need not know records; this file knows which text of a
record names it and which only supports it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from content.find import Library
from content.model import NATIONAL, Answer, Clause, ContactPoint

Kind = Literal["answer", "clause", "contact"]


@dataclass(frozen=True, slots=True)
class Document:
    """One thing to find. ``names`` decide and are also found by their sound, ``body`` supports; whoever types
    one of the ``titles`` whole means this."""

    kind: Kind
    id: str
    scope: str
    need: str
    names: str
    body: str
    titles: tuple[str, ...] = ()


def documents(library: Library) -> Iterator[Document]:
    """Everything published, in the library's order."""
    for answer in library.answers.values():
        yield _answer(answer, library)
    for clause in library.clauses.values():
        yield _clause(clause, library)
    for contact in library.contacts.values():
        if contact.shown:
            yield _contact(contact)


def _answer(answer: Answer, library: Library) -> Document:
    need = library.needs[answer.need]
    names = [need.name, need.say, *need.keywords, library.topics[need.topic].name]
    programs = [name for p in answer.programs for name in (p.name, *p.aliases)]
    body = " ".join((answer.conclusion, *answer.aspects.values()))
    titles = (need.name, *programs)
    return Document(
        "answer", answer.id, answer.scope, answer.need, " ".join([*names, *programs]), body, titles
    )


def _clause(clause: Clause, library: Library) -> Document:
    notice = library.notices[clause.notice_id]
    titles = (clause.name, *(n for p in clause.programs for n in (p.name, *p.aliases)))
    names = [*titles, *clause.keywords]
    body = " ".join((clause.summary, *clause.conditions, *clause.figures, notice.label, clause.article))
    return Document("clause", clause.key, notice.scope, clause.need, " ".join(names), body, titles)


def _contact(contact: ContactPoint) -> Document:
    titles = (contact.name, contact.number, *contact.aliases)
    names = " ".join((*titles, contact.bank))
    body = " ".join((contact.purpose, contact.district, contact.address, *contact.services))
    return Document("contact", contact.id, contact.scope or NATIONAL, "", names, body, titles)
