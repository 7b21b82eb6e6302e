import re
from dataclasses import replace
from datetime import date

import pytest

from content import voices
from content.load import library_from_texts

ANSWERS = "content/cities/chengdu/answers/housing_fund.yml"
NEED = "housing_fund.rent_withdrawal"


@pytest.fixture
def rent(small):
    return small.answers[f"{NEED}@chengdu"]


def test_the_conclusion_comes_first_then_at_most_three_aspects_then_whom_to_ask(small, rent, today):
    lines = voices.chat(rent, small, today).text.splitlines()
    assert lines[0] == rent.conclusion
    assert [line.split("：")[0] for line in lines[1:4]] == ["条件", "数额", "材料"]
    assert lines[-1] == "可以问：公积金热线 12329；成都公积金中心。"


def test_an_amount_without_a_figure_waits_behind_what_helps_more(small, rent, today):
    vague = replace(rent, aspects={**rent.aspects, "amount": "每个城市不同，请问中心。"})
    text = voices.chat(vague, small, today).text
    assert ("材料：" in text, "数额：" in text) == (True, False)
    assert "数额：每个城市不同" in voices.chat(vague, small, today, "amount").text
    about = replace(vague, need="housing_fund.fund_loan_amount")
    assert "数额：每个城市不同" in voices.chat(about, small, today).text


def test_several_aspects_at_once_are_worded_as_one_by_one(small, rent, today):
    asked = ("", "time", "amount", "contact", "time")
    assert [*voices.chats(rent, small, today, asked)] == [voices.chat(rent, small, today, a) for a in asked]


def test_only_the_asked_aspect_is_told(small, rent, today):
    text = voices.chat(rent, small, today, "time").text
    assert "时间：提交后等审核。" in text
    assert "条件" not in text


def test_an_asked_aspect_that_is_not_written_is_said_to_be_open(small, rent, today):
    bare = replace(rent, aspects={k: v for k, v in rent.aspects.items() if k != "amount"})
    assert "数额：资料未载" in voices.chat(bare, small, today, "amount").text


def test_where_and_how_are_left_to_the_conclusion_when_not_written(small, rent, today):
    text = voices.chat(rent, small, today, "procedure").text
    assert "资料未载" not in text
    assert "条件" in text


def test_whoever_asks_whom_to_ask_gets_no_more_than_that(small, rent, today):
    lines = voices.chat(rent, small, today, "contact").text.splitlines()
    assert lines[0] == rent.conclusion
    assert "可以问：公积金热线 12329；成都公积金中心。" in lines
    assert not [line for line in lines if line.startswith(("条件：", "数额：", "材料："))]


def test_the_citation_is_one_line_with_number_article_and_day(small, rent, today):
    voice = voices.chat(rent, small, today)
    assert voice.citation == "依据：成金发〔2022〕75号 三（四）14；《成都公积金网站》（核验：2026-09-01）"
    assert voice.notices == ("成金发〔2022〕75号",)
    assert voice.clauses == ("chengdu-2022-75#三（四）14",)


def test_a_figure_past_its_days_is_not_shown(small, rent):
    text = voices.chat(rent, small, date(2027, 1, 2)).text
    assert "1800" not in text
    assert "没有核实到" in text


def test_an_answer_that_is_over_says_what_came_after_and_nothing_else(small):
    loan = small.answers["housing_fund.fund_loan"]
    text = voices.chat(loan, small, date(2027, 1, 1)).text
    assert text.startswith("这一轮安排已经结束")
    assert loan.conclusion not in text
    assert loan.conclusion not in voices.copy_text(loan, small, date(2027, 1, 1))
    assert "已经结束" in voices.spoken(loan, small, date(2027, 1, 1))


def test_support_is_said_to_be_support(small, rent, today):
    assert "文件说的是支持" in voices.chat(rent, small, today).text


def test_encouragement_is_never_told_as_duty(small, today):
    voice = voices.clause_chat(small.clauses["CD-09"], small, today)
    assert "鼓励机构办，不是必须办" in voice.text
    assert "文件写的条件：在成都经营。" in voice.text
    assert "中国工商银行 95588（号码待核实）" in voice.text


def test_what_a_clause_leaves_open_is_said(small, today):
    assert "资料未载：数额" in voices.clause_chat(small.clauses["CD-14"], small, today).text


def test_only_finer_conditions_are_open_where_some_are_stated(small, today):
    clause = replace(small.clauses["CD-09"], not_stated=("condition",))
    text = voices.clause_chat(clause, small, today).text
    assert "文件写的条件：在成都经营。" in text
    assert "资料未载：更细的条件，文件没有写明。" in text


def test_an_expired_notice_is_called_expired(small, today):
    voice = voices.clause_chat(small.clauses["XX-01"], small, today)
    assert "已过期（期限到2025-12-31）" in voice.text
    assert "新金〔2022〕88号（已过期）" in voice.citation
    current = voices.clause_chat(small.clauses["XX-01"], small, date(2025, 12, 31))
    assert "过期" not in current.text + current.citation


@pytest.mark.parametrize(
    ("status", "expected"),
    [
        ("press_report", "只见到媒体报道"),
        ("superseded\n    replaced_by: 新方案", "已被取代"),
    ],
)
def test_the_state_of_a_notice_is_always_said(texts, today, status, expected):
    path = "content/cities/chengdu/notices.yml"
    texts[path] = texts[path].replace("no_end_date", status)
    library = library_from_texts(texts)
    voice = voices.clause_chat(library.clauses["CD-14"], library, today)
    assert expected in voice.text


def test_a_superseded_clause_says_what_became_of_it(texts, today):
    path = "content/cities/chengdu/clauses.yml"
    texts[path] = texts[path].replace(
        "strength: support", "strength: support\n    superseded: true\n    today: 2024年起有新办法。"
    )
    library = library_from_texts(texts)
    text = voices.clause_chat(library.clauses["CD-14"], library, today).text
    assert "现在的情况：2024年起有新办法。" in text
    assert "已被后来的规定取代" in text
    assert "文件说的是支持" not in text


def test_what_is_not_verified_is_called_so(texts, today):
    texts[ANSWERS] = texts[ANSWERS].replace("status: verified", "status: needs_verification")
    library = library_from_texts(texts)
    answer = library.answers[f"{NEED}@chengdu"]
    assert "没有在官方渠道核实到" in voices.chat(answer, library, today).text


def test_copied_text_holds_every_aspect_every_source_and_the_place_of_the_link(small, rent, today):
    text = voices.copy_text(rent, small, today)
    for expected in (*("条件", "材料", "数额", "时间"), "《成都方案》，成金发〔2022〕75号，三（四）14",
                     "https://example.invalid/cap", "核验日期：2026-09-01", voices.PERMALINK):  # fmt: skip
        assert expected in text


def test_spoken_text_has_no_digits_brackets_or_notice_numbers(small, rent, today):
    for aspect in ("", "amount", "condition"):
        said = voices.spoken(rent, small, today, aspect)
        assert not re.search(r"[0-9（）()《》〔〕\n]", said), said
    assert "一千八百元每月" in voices.spoken(rent, small, today, "amount")
    assert "幺二三二九" in voices.spoken(rent, small, today)


def test_a_spoken_sentence_of_the_record_is_preferred(texts, today):
    texts[ANSWERS] = texts[ANSWERS].replace(
        "    contacts:", "    spoken: 租房能提，每月最多{chengdu_rent_cap}。\n    contacts:"
    )
    library = library_from_texts(texts)
    said = voices.spoken(library.answers[f"{NEED}@chengdu"], library, today)
    assert said.startswith("租房能提，每月最多一千八百元每月。")
