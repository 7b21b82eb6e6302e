from datetime import date

from content.due import due


def test_what_ends_within_the_days_is_due_the_most_urgent_first(small, today):
    found = due(small, today, 45)
    assert [(each.id, each.reason) for each in found] == [
        ("xinxiang-2022-88", "notice_ends"),
        ("housing_fund.fund_loan", "expires"),
        ("chengdu_rent_cap", "figure_ends"),
    ]
    assert [each.overdue for each in found] == [True, False, False]


def test_nothing_is_due_before_its_days(small):
    assert due(small, date(2025, 6, 1), 30) == []


def test_a_review_is_due_on_its_day(small):
    assert "housing_fund.rent_withdrawal@chengdu" in {d.id for d in due(small, date(2027, 3, 1), 0)}


def test_a_line_says_day_reason_and_record(small, today):
    assert str(due(small, today, 45)[0]) == "2025-12-31 文件到期（已过）：xinxiang-2022-88 新金〔2022〕88号"
