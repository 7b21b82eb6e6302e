"""Boards show what is there and offer one step."""

from __future__ import annotations

import pytest

from bot.console import questions
from store import examples, usage, wrong_reports
from store.tables import Feedback, TurnRecord
from store.usage import Asked
from store.wrong_reports import Wrong

NOW = 1795401000.0
DAY = "2026-11-20"


def turn(text: str = "", outcome: str = "not_understood", **more) -> dict:
    row = {"turn": "t", "sender": "s", "at": NOW, "day": DAY, "kind": "text", "outcome": outcome, "need": "",
           "confidence": 0.2, "city": "", "aspect": "", "answer_id": "", "content_version": "", "verdict": "",
           "handoff": "", "suggestions": "", "ms": 120, "text": text, "handled": ""}  # fmt: skip
    return {**row, **more}


@pytest.fixture
def put(database):
    def rows(*given: dict) -> None:
        with database.write() as connection:
            connection.execute(TurnRecord.__table__.insert(), list(given))

    return rows


def asked(number: int, text: str) -> Asked:
    return Asked(number, text, "", "", "not_understood", NOW)


def test_questions_alike_are_one_cluster_and_none_is_lost() -> None:
    given = [
        asked(1, "怎么在成都停车"),
        asked(2, "成都停车怎么收费"),
        asked(3, "怎样在成都停车"),
        asked(4, "狗证去哪办"),
    ]
    found = questions.clusters(given)
    assert sorted(q.id for c in found for q in c.questions) == [1, 2, 3, 4]
    assert {1, 3} <= {q.id for q in found[0].questions}


def test_a_cluster_becomes_examples_with_one_step(editor, put, database) -> None:
    put(turn("房租发票丢了还能提不"), turn("租房发票丢了还能提吗"))
    page = editor.get("/console/questions").text
    assert "房租发票丢了还能提" in page
    ids = page.split('name="turns" value="')[1].split('"')[0]
    need = "housing_fund.rent_withdrawal"
    editor.post("/console/questions/settle", {"what": "example", "turns": ids, "need": f"租房提取　{need}"})
    with database.read() as connection:
        kept = examples.listed(connection)
        assert {e.need for e in kept} == {need}
        assert usage.unanswered(connection, 0.0, 10) == []


def of(text: str, page: str) -> str:
    """The part of the page about a cluster or report."""
    return next(part for part in page.split("<details")[1:] if text in part)


def test_dismissing_needs_a_reason_and_says_so_beside_the_same_form(editor, put) -> None:
    put(turn("今天天气"), turn("狗证去哪办理呢"))
    ids = of("今天天气", editor.get("/console/questions").text).split('name="turns" value="')[1].split('"')[0]
    refused = editor.post("/console/questions/settle", {"what": "dismiss", "turns": ids, "reason": " "})
    assert refused.status_code == 422
    form = of("今天天气", refused.text)
    assert "请写一句理由" in form
    assert form.lstrip().startswith('class="card" open')
    assert 'name="reason" required maxlength="100" aria-invalid="true"' in form
    assert "请写一句理由" not in of("狗证", refused.text)
    assert " open" not in of("狗证", refused.text).partition(">")[0]
    editor.post("/console/questions/settle", {"what": "dismiss", "turns": ids, "reason": "闲聊"})
    assert "今天天气" not in editor.get("/console/questions").text


def test_a_need_that_is_not_there_leaves_what_was_typed(editor, put) -> None:
    put(turn("今天天气"))
    ids = editor.get("/console/questions").text.split('name="turns" value="')[1].split('"')[0]
    typed = {"what": "answer", "turns": ids, "need": "租房提", "scope": "xinxiang"}
    refused = editor.post("/console/questions/settle", typed)
    assert refused.status_code == 422
    form = of("今天天气", refused.text).partition('value="answer"')[2]
    assert 'value="租房提"' in form
    assert '<option value="xinxiang" selected>' in form
    gone = editor.post("/console/questions/settle", typed | {"turns": "999"})
    assert gone.status_code == 422
    assert "没有这个事项" in gone.text


def test_personal_numbers_are_masked_in_examples(editor, put, database) -> None:
    put(turn("我手机13812345678，能提公积金吗"))
    page = editor.get("/console/questions").text
    ids = page.split('name="turns" value="')[1].split('"')[0]
    editor.post(
        "/console/questions/settle", {"what": "example", "turns": ids, "need": "housing_fund.rent_withdrawal"}
    )
    with database.read() as connection:
        assert "13812345678" not in examples.listed(connection)[0].text


def test_a_question_begins_a_new_answer(editor, put, live) -> None:
    put(turn("新乡怎么办"))
    here = [n.id for n in live.library.needs.values() if f"{n.id}@xinxiang" not in live.library.answers]
    form = {"what": "answer", "turns": "1", "need": f"随便什么名字　{here[0]}", "scope": "xinxiang"}
    assert editor.post("/console/questions/settle", form).headers["location"].startswith("/console/drafts/")


def test_unhelpful_answers_and_wrong_reports_are_listed_and_settled(editor, database, live) -> None:
    answer = next(iter(live.library.answers))
    with database.write() as connection:
        row = {"sender": "s", "answer_id": answer, "content_version": "v", "need": "", "city": "",
               "helpful": False, "reason": "看不懂", "state": "", "at": NOW}  # fmt: skip
        connection.execute(Feedback.__table__.insert(), row)
        report = wrong_reports.report(connection, Wrong(answer, "v", "问", "这句错了", "operator"), NOW)
    page = editor.get("/console/questions").text
    assert "看不懂" in page
    assert "这句错了" in page
    refused = editor.post(f"/console/reports/{report}", {"state": "dismissed"})
    assert refused.status_code == 422
    assert "写一句说明" in of("这句错了", refused.text)
    assert "写一句说明" in editor.post("/console/reports/999", {"state": "fixed"}).text
    assert '<option value="dismissed" selected>' in of("这句错了", refused.text)
    editor.post(f"/console/reports/{report}", {"state": "fixed", "resolution": "改过了"})
    assert "改过了" in editor.get("/console/questions").text
    assert editor.post(f"/console/reports/{report}", {"state": "fixed", "resolution": "x"}).status_code == 404


def test_charts_and_their_csv_count_the_same(editor, put) -> None:
    put(turn(outcome="answered", need="housing_fund.rent_withdrawal", city="chengdu"), turn(ms=900))
    page = editor.get("/console/charts").text
    assert "已答复" in page
    text = editor.get("/console/charts.csv").text
    assert "结果,已答复,次数,1" in text
    assert "每天的问答量,2026-11-20,次数,2" in text
    assert "城市,成都,次数,1" in text
    assert editor.get("/console/charts?since=nonsense&until=2026-13-99").status_code == 200


def test_coverage_and_the_calendar_show_every_row(editor, live) -> None:
    page = editor.get("/console/coverage").text
    assert page.count("<tr>") == len(live.library.rows) + 1
    assert "BEGIN:VEVENT" in editor.get("/console/due.ics").text
    assert editor.get("/console/due?days=365").status_code == 200
