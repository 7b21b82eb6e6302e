"""One record's values read as the loader would read them, with every fault in plain words.

Why this file exists: while somebody types, only their record is read. It must not judge wording
(``content.check`` does, at the gate).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from bot.console import fraud_reading
from bot.console.records import Subject
from bot.live.texts import FRAUD, begun, name_in_file, notice_of
from content.find import Library
from content.model import Answer, Clause
from content.reading.answers import read_answers
from content.reading.clauses import read_clauses
from content.reading.contacts import read_contacts
from content.reading.eligibility import read_checks
from content.reading.facts import read_facts
from content.reading.notices import read_notices
from content.reading.record import Faults, Record, did_you_mean


def read_one(subject: Subject, library: Library) -> tuple[Any, list[str]]:
    """The record as its ``value`` says, or None, and what is wrong with it."""
    kind, key = subject.kind, subject.key
    if kind in FRAUD:
        return subject.value, fraud_reading.faults(kind, key, subject.value, library)
    faults = Faults()
    data: dict[str, Any] = {kind: {name_in_file(kind, key): subject.value}}
    if kind == "clauses":
        notice = notice_of(library.texts.get(subject.path) or begun(subject.path))
        data = {"notice": notice, "clauses": [subject.value]}
    root = Record(data, key, (), faults)
    found = _read(kind, root, subject.scope, library)
    record = found[0][0] if found else None
    said = [fault.message for fault in faults.resolved({})]
    return record, said + _dangling(record, library)


def _read(kind: str, root: Record, scope: str, library: Library) -> list[tuple[Any, Record]]:
    if kind == "clauses":
        return list(read_clauses(root))
    if kind == "checks":
        return list(read_checks(root, scope, dict(library.questions)))
    readers = {
        "answers": read_answers,
        "contacts": read_contacts,
        "facts": read_facts,
        "notices": read_notices,
    }
    read: Any = readers[kind]
    return list(read(root, scope))


def _dangling(record: Any, library: Library) -> list[str]:
    if isinstance(record, Clause):
        return _unknown("文件", [record.notice_id], library.notices)
    return _dangling_in(record, library) if isinstance(record, Answer) else []


def _dangling_in(answer: Answer, library: Library) -> list[str]:
    cited = {c.id for c in library.clauses.values()} | set(library.notices)
    found = _unknown("联系点", answer.contacts, library.contacts)
    found += _unknown("事项", answer.follow_ups, library.needs)
    notices = {cite: cite.split("#")[0] for cite in answer.cites}
    return found + [
        f"条款 {cite} 不存在{did_you_mean(cite, cited)}"
        for cite, notice in notices.items()
        if cite not in cited and notice not in library.notices
    ]


def _unknown(what: str, ids: Iterable[str], known: Mapping[str, object]) -> list[str]:
    return [f"{what} {i} 不存在{did_you_mean(i, known)}" for i in ids if i not in known]
