"""Finding records: answers by city, topic and state, every other kind by name.

Why this file exists: lists come from the library in memory and one query for edits, however many there are.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from starlette.responses import Response

from bot.console import words
from bot.console.beginning import IDS, open_rows
from bot.console.records import title
from bot.console.site import SITE, STATES, STATUSES
from bot.live.texts import FRAUD, KINDS, all_of, path_of
from bot.staff.access import Call, Page
from bot.staff.common import library_of, number_asked, scopes, today
from bot.staff.roles import READERS, WRITERS
from content.find import Library
from content.model import NATIONAL, Answer
from content.shelf import scope_of
from store import drafts

ROWS = 50
FILTERS = {
    "": "全部",
    "current": "现在有效",
    "past_review": "过了复核期限",
    "expired": "已到期",
    "needs_verification": "待核实",
    "not_in_sources": "资料未载",
    "edited": "正在修改",
    "missing": "还没有答复",
}


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the list; ``state`` as in FILTERS."""

    kind: str
    key: str
    title: str
    place: str
    topic: str
    text: str
    state: str
    checked_on: date | None
    review_by: date | None
    draft: str


def answers(call: Call) -> Response:
    """The list of answers with its filters."""
    library, on = library_of(call), today(call)
    with call.database.read() as connection:
        editing = drafts.open_names(connection)
    asked = {name: call.query(name) for name in ("city", "topic", "state", "q")}
    found = [row for row in _rows(library, on, editing, asked) if _fits(row, asked)]
    number, last = number_asked(call), max(1, -(-len(found) // ROWS))
    values = {
        "rows": found[(number - 1) * ROWS : number * ROWS], "total": len(found), "number": number,
        "last": last,
        "asked": asked, "filters": FILTERS, "scopes": scopes(library), "topics": library.topics,
        "states": STATES, "statuses": STATUSES, "needs": library.needs,
    }  # fmt: skip
    return SITE.page(call, "console/answers.html", values)


def _rows(library: Library, on: date, editing: dict[str, str], asked: dict[str, str]) -> Iterator[Row]:
    if asked["state"] == "missing":
        yield from _missing(library, asked["city"] or NATIONAL, editing)
        return
    for answer in library.answers.values():
        need = library.needs.get(answer.need)
        name = need.name if need else answer.need
        yield Row(
            "answers", answer.id, name, answer.scope, answer.need.split(".")[0], answer.conclusion,
            state_of(answer, on), answer.checked_on, answer.review_by,
            editing.get(f"answers:{answer.id}", ""),
        )  # fmt: skip


def _missing(library: Library, scope: str, editing: dict[str, str]) -> Iterator[Row]:
    for need in library.needs.values():
        key = need.id if scope == NATIONAL else f"{need.id}@{scope}"
        if (
            key not in library.answers
            and need.handler == "answer"
            and (need.city_use != "none" or scope == NATIONAL)
        ):
            draft = editing.get(f"answers:{key}", "")
            yield Row("answers", key, need.name, scope, need.topic, "", "missing", None, None, draft)


def state_of(answer: Answer, on: date) -> str:
    """The state of an answer on a day, as staff filter by it."""
    if answer.valid_to is not None and on > answer.valid_to:
        return "expired"
    if answer.status != "verified":
        return answer.status
    if answer.review_by is not None and on > answer.review_by:
        return "past_review"
    return "current"


def _fits(row: Row, asked: dict[str, str]) -> bool:
    if asked["city"] and row.place != asked["city"]:
        return False
    if asked["topic"] and row.topic != asked["topic"]:
        return False
    if asked["state"] == "edited" and not row.draft:
        return False
    if asked["state"] not in ("", "edited") and row.state != asked["state"]:
        return False
    words = asked["q"].lower().split()
    return all(word in f"{row.key} {row.title} {row.text}".lower() for word in words)


def others(call: Call) -> Response:
    """Figures, contact points, notices, clauses and checks."""
    library = library_of(call)
    kind = call.query("kind") if call.query("kind") in KINDS else "contacts"
    with call.database.read() as connection:
        editing = drafts.open_names(connection)
    asked = {"kind": kind, "city": call.query("city"), "q": call.query("q")}
    found = [
        row for row in _others(library, kind, editing) if _fits(row, {**asked, "topic": "", "state": ""})
    ]
    number, last = number_asked(call), max(1, -(-len(found) // ROWS))
    values = {
        "rows": found[(number - 1) * ROWS : number * ROWS], "total": len(found), "number": number,
        "last": last,
        "asked": asked, "kinds": KINDS, "scopes": scopes(library), "states": STATES,
        "new_kinds": IDS, "writer": call.me.may(WRITERS), "notices": library.notices,
        "open_rows": open_rows(library, asked["city"]) if kind == "clauses" else {},
    }  # fmt: skip
    return SITE.page(call, "console/records.html", values)


def _others(library: Library, kind: str, editing: dict[str, str]) -> Iterator[Row]:
    for key, record in all_of(library, kind).items():
        title, text = _words(library, kind, key, record)
        scope = scope_of(path_of(library, kind, key))
        checked = record.get("checked_on") if kind == "steps" else getattr(record, "checked_on", None)
        draft = editing.get(f"{kind}:{key}", "")
        yield Row(kind, key, title, scope, "", text, "", checked, None, draft)


def _words(library: Library, kind: str, key: str, record: Any) -> tuple[str, str]:
    """Name and a line about a record of any kind."""
    if kind in FRAUD:
        return title(library, kind, key), _about(kind, record)
    text = getattr(record, "number", "") or getattr(record, "summary", "") or getattr(record, "title", "")
    return str(getattr(record, "name", "") or getattr(record, "title", "") or key), str(text)


def _about(kind: str, record: Any) -> str:
    if kind == "groups":
        return f"{len(record)} 条写法"
    if kind == "steps":
        return f"{len(record['sequences'])} 种情况，{len(record['blocks'])} 句话"
    return "".join(record.get("signs", ())) or words.value("weight", record["weight"])


PAGES = (Page("/console/answers", answers, READERS), Page("/console/records", others, READERS))
