"""The shipped vectors belong to the shipped encoder: with another, neighbours would be strangers."""

from __future__ import annotations

import pytest

pytestmark = pytest.mark.rasa
EXAMPLES = 20


@pytest.fixture(scope="module")
def likeness(rasa_side):
    return rasa_side("meanings", count=EXAMPLES)


def test_the_shelf_was_made_with_the_tuned_encoder(likeness) -> None:
    assert len(likeness["tuned"]) == EXAMPLES
    assert min(likeness["tuned"]) > 0.98


def test_the_wheels_own_encoder_would_say_something_else(likeness) -> None:
    assert min(likeness["wheel"]) < 0.9


def test_without_room_for_the_encoder_the_n_grams_decide_alone(rasa_side) -> None:
    assert rasa_side("no_room") is None
