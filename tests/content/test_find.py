from datetime import date, timedelta

import pytest

from content.load import library_from_texts

NEED = "housing_fund.rent_withdrawal"


def state(library, need, city, on):
    return library.answer(need, city, on).state


def test_the_citys_answer_comes_first(small, today):
    found = small.answer(NEED, "chengdu", today)
    assert (found.state, found.answer.scope) == ("current", "chengdu")


def test_the_national_answer_stands_in_and_says_so(small, today):
    found = small.answer(NEED, "xinxiang", today)
    assert (found.state, found.answer.scope) == ("national", "national")
    assert state(small, NEED, "", today) == "current"


def test_nothing_written_is_said_to_be_nothing(small, today):
    found = small.answer("policy.program_question", "chengdu", today)
    assert (found.answer, found.state) == (None, "none")
    assert state(small, "no.such_need", "", today) == "none"


def test_an_answer_is_over_the_day_after_its_last(small):
    last = date(2026, 12, 31)
    assert state(small, "housing_fund.fund_loan", "", last) == "current"
    assert state(small, "housing_fund.fund_loan", "", last + timedelta(days=1)) == "expired"
    assert state(small, "housing_fund.fund_loan", "chengdu", last + timedelta(days=1)) == "expired"


def test_an_answer_not_looked_at_in_time_is_past_review(small):
    assert state(small, NEED, "chengdu", date(2027, 3, 1)) == "current"
    assert state(small, NEED, "chengdu", date(2027, 3, 2)) == "past_review"


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("valid_to: 2026-01-01", ("national", "national")),
        ("valid_to: 2026-01-01\n    after: 已结束。", ("expired", "chengdu")),
        ("valid_from: 2027-01-01", ("national", "national")),
    ],
)
def test_a_city_answer_outside_its_days_gives_way_unless_it_says_what_came_after(
    texts, today, line, expected
):
    path = "content/cities/chengdu/answers/housing_fund.yml"
    texts[path] = texts[path].replace("    review_by", f"    {line}\n    review_by")
    found = library_from_texts(texts).answer(NEED, "chengdu", today)
    assert (found.state, found.answer.scope) == expected


def test_a_recorded_gap_is_not_in_sources(texts, today):
    path = "content/cities/chengdu/answers/housing_fund.yml"
    texts[path] = texts[path].replace("status: verified", "status: not_in_sources")
    assert state(library_from_texts(texts), NEED, "chengdu", today) == "not_in_sources"


@pytest.mark.parametrize(
    ("on", "value"),
    [
        (date(2024, 12, 31), None),
        (date(2025, 1, 1), 1500),
        (date(2026, 7, 30), 1500),
        (date(2026, 7, 31), 1800),
        (date(2027, 1, 1), None),
    ],
)
def test_a_figure_holds_only_on_its_days(small, on, value):
    found = small.fact("chengdu_rent_cap", on)
    assert (found.value if found else None) == value


def test_clauses_are_found_by_citation_id(small):
    assert [c.key for c in small.clauses_by_id("chengdu-2022-75#三（四）14")] == ["CD-14"]
    assert small.clauses_by_id("nothing#1") == ()


def test_the_check_of_a_need_belongs_to_its_city(small):
    assert small.check_for(NEED, "chengdu").id == "chengdu_rent"
    assert small.check_for(NEED, "xinxiang") is None


def test_contacts_are_the_answers_then_the_citys_and_never_of_low_confidence(small):
    assert [c.id for c in small.contacts_for(NEED, "chengdu")] == ["fund_hotline", "fund_chengdu"]
    assert [c.id for c in small.contacts_for(NEED, "xinxiang")] == ["fund_hotline"]
    assert small.contacts_for("no.such_need", "chengdu") == ()


def test_a_bank_is_known_by_its_short_name_unless_its_number_is_a_rumour(small):
    assert small.bank("我的工行卡被冻结").id == "icbc"
    assert small.bank("中国工商银行").number == "95588"
    assert small.bank("传闻银行") is None
    assert small.bank("邻居") is None


def test_a_place_belongs_to_the_nearest_city_in_reach(small):
    assert small.city_at(30.6, 104.0).id == "chengdu"
    assert small.city_at(34.75, 113.62) is None  # 郑州
    assert small.city_at(35.3, 113.9).id == "xinxiang"


def test_branches_come_nearest_first_with_their_distance(small):
    [(branch, km)] = small.branches_near(30.66, 104.06, 3)
    assert branch.id == "branch_a"
    assert 0.9 < km < 1.0
