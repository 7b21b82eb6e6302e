"""Every page of the console asks the database as often for many rows as for few."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from sqlalchemy import event

from bot.console import door
from bot.staff import log
from content.dump import record_text
from store import audit, content_records, drafts, emergency, examples, jobs, wrong_reports
from store.content_records import Change
from store.database import Connection, Database
from store.emergency import Row
from store.tables import Feedback, TurnRecord
from store.wrong_reports import Wrong
from tests.bot.console.support import KEY
from tests.bot.console.test_access import path_of
from tests.bot.console.test_boards import NOW, turn
from tests.bot.console.test_editing import start

FEW, MANY = 2, 40
PATH = "content/cities/chengdu/answers/housing_fund.yml"
NEED = KEY.split("@")[0]
MORE = ("/console/drafts/1/review?wait=1", "/console/records?kind=clauses", "/console/answers?state=missing",
        "/console/records/steps/steps", "/console/drafts/2", "/console/alarm?draft=2")  # fmt: skip
PATHS = sorted({path_of(p) for p in (*door.PAGES, *log.PAGES) if p.method == "GET"} | set(MORE))


class Count:
    """How many statements were sent."""

    sent: list[str]

    def __init__(self) -> None:
        self.sent = []


@contextmanager
def counted(database: Database) -> Iterator[Count]:
    count = Count()

    def note(_connection, _cursor, statement: str, *_: object) -> None:
        count.sent.append(statement)

    event.listen(database.engine, "before_cursor_execute", note)
    try:
        yield count
    finally:
        event.remove(database.engine, "before_cursor_execute", note)


def fill(connection: Connection, live, first: int, last: int) -> None:
    """Rows ``first`` to ``last`` of everything a page lists."""
    keys = sorted(live.library.answers)
    for number in range(first, last):
        answer = keys[number % len(keys)]
        asked = turn(f"第{number}个很不一样的问题{'啊' * (number % 9)}", answer_id=answer)
        connection.execute(TurnRecord.__table__.insert(), asked)
        opinion = {"sender": f"s{number}", "answer_id": answer, "content_version": "v", "need": "",
                   "city": "", "helpful": False, "reason": "看不懂", "state": "", "at": NOW}  # fmt: skip
        connection.execute(Feedback.__table__.insert(), opinion)
        wrong_reports.report(connection, Wrong(answer, "v", f"问{number}", "这句错了", "operator"), NOW)
        other = drafts.start(connection, f"answers:{answer}", PATH, 0, "a: 1\n", "editor", NOW)
        drafts.move(connection, drafts.find(connection, other), "submitted", NOW)
        drafts.start(connection, f"answers:{KEY}", PATH, 0, "a: 1\n", f"e{number}", NOW)
        for draft in (1, 2):
            drafts.comment(connection, draft, f"e{number}", "意见", NOW)
        for kind in (examples.KIND, examples.STORED):
            examples.add(connection, NEED, f"另外的第{number}句话", f"e{number}", NOW, kind)
            examples.set_aside(connection, NEED, f"不用的第{number}句话", f"e{number}", NOW, kind)
        model = {"file": "-", "sha256": f"{number:064d}", "metrics": {}, "note": "", "created_at": NOW}
        jobs.add_model(connection, model)
        switch = {"kind": "answer", "target": answer, "text": ""}
        emergency.turn_on(connection, Row(f"emergency.answer.{answer}", switch, "演练", 0.0, "admin", NOW))
        audit.write(connection, f"e{number}", "published", f"answers:{answer}", NOW)
        for kind, key in (("answers", KEY), ("steps", "steps")):
            text = record_text({"conclusion": f"第{number}版"})
            change = Change(PATH, kind, key, "", "", text, "a: 1\n", "", "editor", "reviewer", "")
            content_records.publish(connection, change, number + 1, NOW)


def statements(browser, database: Database, path: str) -> list[str]:
    browser.get(path)  # what is worked out once per content is not asked for again
    with counted(database) as count:
        response = browser.get(path)
    assert response.status_code == 200, (path, response.text[:300])
    return count.sent


@pytest.fixture
def everybody(editor, signed_in, database):
    """Somebody with every page, and a draft of an answer (1) and of a group of words (2)."""
    start(editor)
    start(editor, "lent_card", "groups")
    with database.write() as connection:
        jobs.end(connection, jobs.ask(connection, "training", "editor", NOW), "done", {}, NOW)
    return signed_in("admin")


def test_no_page_asks_more_often_for_more_rows(everybody, database, live) -> None:
    with database.write() as connection:
        fill(connection, live, 0, FEW)
    before = {path: statements(everybody, database, path) for path in PATHS}
    with database.write() as connection:
        fill(connection, live, FEW, MANY)
    grown = {}
    for path in PATHS:
        sent = statements(everybody, database, path)
        if len(sent) != len(before[path]):
            grown[path] = (len(before[path]), len(sent), sent[-1])
    assert grown == {}
    assert all(len(sent) >= 1 for sent in before.values())


def test_no_page_asks_more_than_a_dozen_times(everybody, database, live) -> None:
    asked = {path: len(statements(everybody, database, path)) for path in PATHS}
    assert {path: count for path, count in asked.items() if count > 12} == {}
