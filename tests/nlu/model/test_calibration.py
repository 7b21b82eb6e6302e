"""The confidences are what they say: of what is said at 0.8, eight in ten are right."""

from __future__ import annotations

import math

import pytest

pytestmark = pytest.mark.rasa


def test_the_shipped_temperatures_fit_what_other_writers_ask(rasa_side, model) -> None:
    sure, right = rasa_side("sure_and_right", model=str(model), every=3)
    assert 0.7 < right < 1
    assert abs(sure - right) < 0.08  # a temperature that is a third off is 0.1 off here


def test_the_temperature_is_the_one_under_which_the_truth_is_likeliest(rasa_side) -> None:
    """Of scores 3 apart three in four are right: so 3 / T has to be the logarithm of 3."""
    found = rasa_side("best_temperature", scores=[[3.0, 0.0]] * 4, truth=[0, 0, 0, 1])
    assert found == pytest.approx(3 / math.log(3), rel=0.07)
