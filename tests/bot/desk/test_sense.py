"""Half a sentence leads to the need it is usually about."""

from __future__ import annotations

import pytest

from bot.desk.letters import query_terms
from bot.desk.sense import Sense

SAID = [
    *[("公积金怎么提取", "a.fund"), ("公积金怎么转走", "a.fund"), ("公积金怎么查", "a.fund")],
    *[("押金怎么退", "b.rent"), ("押金怎么要回", "b.rent"), ("房东怎么不退押金", "b.rent")],
    *[("工资怎么讨", "c.wages"), ("工资怎么算", "c.wages")],
]


@pytest.fixture(scope="module")
def sense() -> Sense:
    return Sense(["a.fund", "b.rent", "c.wages"], SAID)


@pytest.mark.parametrize("typed", ["押金", "yajin", "yaj", "yj"])
def test_a_word_leads_to_its_need_however_it_is_typed(sense: Sense, typed: str) -> None:
    scores = sense.scores(query_terms(typed))
    assert sense.needs[int(scores.argmax())] == "b.rent"


def test_what_everybody_says_tells_nothing(sense: Sense) -> None:
    common, telling = (sense.scores(query_terms(typed)).max() for typed in ("怎么", "工资"))
    assert common < telling / 10


def test_pinyin_is_read_as_the_examples_write_it(sense: Sense) -> None:
    assert sense.readings("yajin")[0].text == "押金"
    assert sense.readings("yj") == sense.readings("押金") == ()
