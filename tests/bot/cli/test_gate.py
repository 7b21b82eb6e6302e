"""A model that is worse than the serving one is not promoted."""

from __future__ import annotations

import pytest

from bot.cli.gate import TOLERANCE, worse
from bot.cli.metrics import Figures

GOOD = Figures(200, 0.95, 0.9, 0.95, 0.01, 0.9, 0.98, 1.0, 0.9).to_json()


def test_the_same_figures_are_not_worse() -> None:
    assert worse(GOOD, GOOD) == []


def test_better_figures_are_not_worse() -> None:
    assert worse({**GOOD, "topic": 0.97, "confidently_wrong": 0.0}, GOOD) == []


@pytest.mark.parametrize("name", sorted(TOLERANCE))
def test_a_lower_share_is_worse_and_is_named(name: str) -> None:
    before = GOOD[name]
    assert before is not None
    (sentence,) = worse({**GOOD, name: before - TOLERANCE[name] - 0.01}, GOOD)
    assert f"{before:.1%}" in sentence


def test_missing_a_single_urgent_fraud_more_is_worse() -> None:
    assert worse({**GOOD, "urgent_recall": 0.999}, GOOD)


def test_more_confidently_wrong_answers_are_worse() -> None:
    assert worse({**GOOD, "confidently_wrong": 0.02}, GOOD)


def test_noise_within_tolerance_is_not_worse() -> None:
    assert worse({**GOOD, "topic": 0.947}, GOOD) == []


def test_the_first_model_has_nothing_to_be_worse_than() -> None:
    assert worse(GOOD, {}) == []


def test_a_figure_nobody_measured_decides_nothing() -> None:
    assert worse({**GOOD, "verdict": None}, GOOD) == []
    assert worse(GOOD, {**GOOD, "verdict": None}) == []
