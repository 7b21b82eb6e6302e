from datetime import date
from decimal import Decimal

from content.criterion import Choice, Question
from content.samples import samples


def question(kind, **more):
    return Question("f", kind, "?", "?", **more)


def test_yes_no_and_choices_are_their_own_samples():
    assert samples(question("yes_no"), []) == [True, False]
    assert samples(question("choice", choices=(Choice("a", "甲"), Choice("b", "乙"))), ["a"]) == ["a", "b"]


def test_whole_numbers_are_sampled_on_and_beside_each_bound():
    assert samples(question("months"), [Decimal(3), Decimal(5)]) == [2, 3, 4, 5, 6]


def test_decimals_are_sampled_between_bounds_too():
    assert Decimal("1.5") in samples(question("years"), [Decimal(1), Decimal(2)])


def test_impossible_values_are_left_out():
    limits = question("months", minimum=Decimal(0), maximum=Decimal(3))
    assert samples(limits, [Decimal(0), Decimal(3)]) == [0, 1, 2, 3]


def test_days_are_sampled_on_and_beside_each_bound():
    found = samples(question("date"), [date(2026, 1, 1)])
    assert found == [date(2025, 12, 31), date(2026, 1, 1), date(2026, 1, 2)]
