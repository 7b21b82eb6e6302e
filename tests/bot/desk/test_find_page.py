"""What an operator finds, reads, copies and reports."""

from __future__ import annotations

import re
from types import SimpleNamespace

import pytest
from sqlalchemy import text as sql

from bot.desk.opinion import Opinion
from bot.live.switches import Switches
from tests.support.rasa_double import SECRET


def search(browser, typed: str, city: str = "") -> str:
    return browser.get("/desk/search", params={"q": typed, "city": city}).text


def first(html: str) -> str:
    return re.findall(r'data-id="([^"]+)"', html)[0]


@pytest.mark.parametrize(
    ("typed", "city", "expected"),
    [
        ("押金", "", "rental.deposit_refund"),
        ("公积金租房", "chengdu", "housing_fund.rent_withdrawal@chengdu"),
        ("gjjzf", "chengdu", "housing_fund.rent_withdrawal@chengdu"),
        ("yajin", "", "rental.deposit_refund"),
        ("蓉易贷", "chengdu", "CD-15g"),
    ],
)
def test_words_pinyin_and_initials_find_the_same_answer(operator, typed, city, expected) -> None:
    found = re.findall(r'data-id="([^"]+)"', search(operator, typed, city))
    assert expected in found[:3]


def test_what_rasa_thinks_moves_its_need_up(operator, services, engine, rasa) -> None:
    def found() -> list[str]:
        return re.findall(r'data-id="([^"@]+)', search(operator, "房东的钱"))[:3]

    alone = found()
    opinion = services.extras["desk_opinion"] = Opinion(rasa.url, SECRET, budget_s=10)
    rasa.thinks({**dict.fromkeys(engine.needs, -40.0), "rental.deposit_refund": 0.0})
    helped = found()
    rasa.status = 500
    opinion._kept.clear()
    without = found()
    opinion.close()
    assert ("rental.deposit_refund" in alone, helped[0]) == (False, "rental.deposit_refund")
    assert without == alone


def test_rasa_is_asked_about_the_characters_that_pinyin_means(operator, services, engine, rasa) -> None:
    opinion = services.extras["desk_opinion"] = Opinion(rasa.url, SECRET, budget_s=10)
    rasa.thinks(dict.fromkeys(engine.needs, 0.0))
    search(operator, "tuiyajin")
    search(operator, "tyj")
    opinion.close()
    assert rasa.asked == ["退押金"]


@pytest.mark.parametrize("typed", ["身份证贷款", "借钱", "你能做什么"])
def test_small_talk_is_no_answer_to_a_caller(operator, typed: str) -> None:
    found = re.findall(r'data-id="([^"]+)"', search(operator, typed))[:3]
    assert found
    assert not [record for record in found if record.startswith(("out_of_scope.", "chitchat."))]


def test_the_city_filter_keeps_other_cities_out(operator) -> None:
    html = search(operator, "租房提取", "beijing")
    assert "@beijing" in html
    assert not re.search(r'data-id="[^"]+@(chengdu|shanghai|xinxiang|chongqing)"', html)


def test_the_whole_answer_is_there_without_a_second_click(operator, library) -> None:
    html = search(operator, "押金", "chengdu")
    answer = library.answers[first(html)]
    for words in answer.aspects.values():
        assert words[:12].split("{")[0] in html
    assert "核验：" in html
    assert "依据：" in html


def test_a_number_finds_its_line(operator) -> None:
    assert "fund_hotline" in search(operator, "12329")


def test_nothing_found_is_said(operator) -> None:
    assert "没有找到" in search(operator, "龘靐")


def test_a_copy_carries_citation_and_version_and_is_remembered(operator, database, library) -> None:
    found = first(search(operator, "押金", "chengdu"))
    fields = {"kind": "answer", "id": found, "voice": "copy"}
    words = operator.post("/desk/copied", fields).json()["text"]
    assert f"/a/{found}@{library.version}" in words
    assert "核验：" in words
    with database.read() as connection:
        row = connection.execute(sql("SELECT user, answer_id, content_version, voice FROM copies")).one()
    assert tuple(row) == ("operator", found, library.version, "copy")


def test_words_that_changed_since_they_were_shown_are_not_taken_for_what_was_read(
    operator, database, library
) -> None:
    found = first(search(operator, "押金"))
    fields = {"kind": "answer", "id": found, "voice": "spoken"}
    answer = operator.post("/desk/copied", {**fields, "version": "0123456789ab"})
    assert answer.status_code == 409
    assert "最新" in answer.json()["said"]
    with database.read() as connection:
        assert connection.execute(sql("SELECT count(*) FROM copies")).scalar() == 0
    assert operator.post("/desk/copied", {**fields, "version": library.version}).status_code == 200


def test_an_answer_switched_off_meanwhile_is_not_copied(operator, services, library) -> None:
    found = first(search(operator, "押金"))
    services.extras["live"] = SimpleNamespace(switches=Switches(answers=frozenset({found})))
    fields = {"kind": "answer", "id": found, "voice": "copy", "version": library.version}
    assert operator.post("/desk/copied", fields).status_code == 409


def test_the_spoken_voice_has_no_brackets_and_no_digits(operator) -> None:
    found = first(search(operator, "公积金租房", "chengdu"))
    words = operator.post("/desk/copied", {"kind": "answer", "id": found, "voice": "spoken"}).json()["text"]
    assert words
    assert not re.search(r"[0-9（）〔〕《》]", words)


def test_what_does_not_exist_is_not_copied(operator) -> None:
    assert operator.post("/desk/copied", {"kind": "answer", "id": "a.b", "voice": "copy"}).status_code == 404
    found = first(search(operator, "押金"))
    fields = {"kind": "answer", "id": found, "voice": "sung"}
    assert operator.post("/desk/copied", fields).status_code == 404


def test_a_wrong_answer_is_reported_with_version_and_question(operator, database, library) -> None:
    found = first(search(operator, "押金"))
    fields = {"kind": "answer", "id": found, "version": library.version, "question": "押金"}
    fields["sentence"] = "来电人 13812345678 说不对"
    assert operator.post("/desk/wrong", fields).json() == {"said": "已经报给内容后台，谢谢。"}
    with database.read() as connection:
        row = connection.execute(sql("SELECT * FROM wrong_reports")).mappings().one()
    assert (row["answer_id"], row["content_version"], row["question"]) == (found, library.version, "押金")
    assert (row["author"], row["state"]) == ("operator", "open")
    assert "13812345678" not in row["sentence"]


def test_a_report_without_a_sentence_is_refused(operator) -> None:
    found = first(search(operator, "押金"))
    assert operator.post("/desk/wrong", {"kind": "answer", "id": found, "sentence": " "}).status_code == 422


def test_typed_markup_stays_text(operator) -> None:
    html = operator.get("/desk", params={"q": '"><script>alert(1)</script>'}).text
    assert "<script>alert" not in html
