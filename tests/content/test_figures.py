from datetime import date
from decimal import Decimal

import pytest

from content.figures import NOT_VERIFIED, fill, placeholders, plain_number


def test_a_figure_carries_the_day_it_was_checked_and_its_end(small, today):
    filled = fill("每月最多{chengdu_rent_cap}。别的照旧。", small.facts, today)
    assert filled.text == "每月最多1800元/月（截至2026-09-01，有效至2026-12-31）。别的照旧。"
    assert [v.value for v in filled.used] == [1800]


def test_a_sentence_without_a_valid_figure_is_replaced_once(small):
    filled = fill("最多{chengdu_rent_cap}。一年{chengdu_rent_cap}。别的照旧。", small.facts, date(2027, 1, 2))
    assert filled.text == f"{NOT_VERIFIED}。别的照旧。"
    assert filled.used == ()


def test_an_unknown_fact_never_leaves_its_braces(small, today):
    assert "{" not in fill("最多{nothing_known}。", small.facts, today).text


@pytest.mark.parametrize("rest", ["带身份证；到窗口\n办理", "真的？！就这样。", "。", "好。。\n；"])
def test_every_letter_beside_a_figure_stays(small, today, rest):
    assert fill(rest, small.facts, today).text == rest
    told = fill(f"{rest}\n最多{{chengdu_rent_cap}}？！{rest}", small.facts, today).text
    assert told == f"{rest}\n最多1800元/月（截至2026-09-01，有效至2026-12-31）？！{rest}"


@pytest.mark.parametrize(
    ("value", "shown"), [("2.50", "2.5"), ("100", "100"), ("3.0", "3"), ("0.85", "0.85")]
)
def test_numbers_lose_only_needless_zeros(value, shown):
    assert plain_number(Decimal(value)) == shown


def test_rates_in_words_stay():
    assert plain_number("LPR+0.6") == "LPR+0.6"
    assert placeholders("{a_1}和{b}") == ["a_1", "b"]
