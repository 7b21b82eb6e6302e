"""Rasa's opinion: used when it comes in time, and never missed when it does not."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import numpy as np
import pytest

from bot.desk.opinion import Opinion
from tests.support.rasa_double import SECRET
from tests.support.servers import free_port

NEEDS = ["a.fund", "b.rent", "c.new"]
PATIENT = 10.0


@pytest.fixture
def make(rasa) -> Iterator[Callable[..., Opinion]]:
    """Makes an opinion that asks the double, with other arguments where given."""
    rasa.thinks({"a.fund": -2.0, "b.rent": 0.0, "z.gone": 0.5})
    made: list[Opinion] = []

    def build(**other: Any) -> Opinion:
        options = {"url": rasa.url, "secret": SECRET, "budget_s": PATIENT, **other}
        made.append(Opinion(**options))
        return made[-1]

    yield build
    rasa.go.set()
    for opinion in made:
        opinion.close()


def test_shares_come_in_the_order_of_the_needs_and_unknown_ones_have_none(make) -> None:
    assert np.array_equal(make().of("押金", NEEDS), [-2.0, 0.0, -np.inf])


def test_the_same_words_are_asked_about_once(make, rasa) -> None:
    opinion = make()
    first, again = opinion.of("押金", NEEDS), opinion.of("押金", NEEDS)
    assert np.array_equal(first, again)
    assert rasa.asked == ["押金"]


def test_other_needs_are_asked_about_anew(make) -> None:
    opinion = make()
    opinion.of("押金", NEEDS)
    assert np.array_equal(opinion.of("押金", ["b.rent"]), [0.0])


@pytest.mark.parametrize("typed", ["", "押", "yajin", "gjj zf", "12329", "押 j"])
def test_what_says_too_little_is_not_asked_about(make, rasa, typed: str) -> None:
    assert make().of(typed, NEEDS) is None
    assert rasa.asked == []


def test_nobody_is_asked_while_citizens_wait(make, rasa) -> None:
    waiting = [True]
    opinion = make(busy=lambda: waiting[0])
    assert opinion.of("押金", NEEDS) is None
    assert rasa.asked == []
    waiting[0] = False
    assert opinion.of("押金", NEEDS) is not None


def test_what_comes_too_late_serves_the_next_time(make, rasa) -> None:
    rasa.go.clear()
    opinion = make(budget_s=0.01)
    assert opinion.of("押金", NEEDS) is None
    rasa.go.set()
    while opinion.of("押金", NEEDS) is None:
        pass
    assert rasa.asked == ["押金"]


def test_a_rasa_that_is_slow_is_left_to_the_citizens_for_a_while(make, rasa, monkeypatch) -> None:
    monkeypatch.setattr("bot.desk.opinion.LATE_S", 20.0)
    opinion = make(budget_s=0.01)
    rasa.go.clear()
    assert opinion.of("押金", NEEDS) is None
    rasa.go.set()
    while opinion.of("押金", NEEDS) is None:
        pass
    assert opinion.of("公积金", NEEDS) is None
    assert (rasa.asked, opinion.failures) == (["押金"], 0)


def test_one_text_is_under_way_at_a_time(make, rasa) -> None:
    rasa.go.clear()
    opinion = make(budget_s=0.01)
    for typed in ("押金", "押金不退", "押金不退怎"):
        assert opinion.of(typed, NEEDS) is None
    assert len(rasa.asked) <= 1


@pytest.mark.parametrize(
    ("status", "body"),
    [
        (500, "{}"),
        (404, "Not found"),
        (200, "not json"),
        (200, "[]"),
        (200, "{}"),
        (200, '{"needs": []}'),
        (200, '{"needs": {}}'),
        (200, '{"needs": {"z.gone": 0.0}}'),
        (200, '{"needs": {"a.fund": "high"}}'),
        (200, '{"needs": {"a.fund": null}}'),
        (200, '{"needs": {"a.fund": NaN}}'),
        (200, '{"needs": {"a.fund": Infinity}}'),
    ],
)
def test_a_useless_answer_is_no_opinion_and_rasa_is_left_alone_for_a_while(
    make, rasa, status: int, body: str
) -> None:
    rasa.status, rasa.body = status, body
    opinion = make()
    assert opinion.of("押金", NEEDS) is None
    assert opinion.of("公积金", NEEDS) is None
    assert (rasa.asked, opinion.failures) == (["押金"], 1)


def test_a_wrong_secret_is_no_opinion(make) -> None:
    opinion = make(secret="other")
    assert opinion.of("押金", NEEDS) is None
    assert opinion.failures == 1


@pytest.mark.parametrize("missing", [{"secret": ""}, {"url": ""}])
def test_without_secret_or_address_nobody_is_asked(make, rasa, missing: dict[str, str]) -> None:
    opinion = make(**missing)
    assert opinion.of("押金", NEEDS) is None
    assert (rasa.asked, opinion.failures) == ([], 0)


def test_a_rasa_that_is_away_is_no_opinion(make) -> None:
    opinion = make(url=f"http://127.0.0.1:{free_port()}")
    assert opinion.of("押金", NEEDS) is None
    assert opinion.failures == 1


def test_a_line_that_rasa_hung_up_is_opened_again(make, rasa) -> None:
    rasa.hangs_up = True
    opinion = make()
    found = [opinion.of(typed, NEEDS) for typed in ("押金", "公积金", "工资")]
    assert all(shares is not None for shares in found)
    assert opinion.failures == 0


def test_after_the_end_nobody_is_asked(make, rasa) -> None:
    opinion = make()
    opinion.close()
    assert opinion.of("押金", NEEDS) is None
    assert rasa.asked == []
