"""Pinyin is read as the words that our own examples use, in the order they use them."""

from __future__ import annotations

import pytest

from bot.desk.letters import spelt
from bot.desk.lexicon import BEAM, Lexicon

SAID = [
    *["公积金提取", "公积金贷款", "公积金提取条件", "提取公积金"],
    *["押金退还", "退还押金", "押金纠纷", "医保转移", "医保转移接续", "转移接续"],
    *["征信异议", "征信异议申请", "有异议吗", "没异议吗", "意义重大", "意义不大", "意义何在"],
]


@pytest.fixture(scope="module")
def lexicon() -> Lexicon:
    return Lexicon.of(SAID)


def read(lexicon: Lexicon, typed: str) -> str:
    return next((reading.text for reading in lexicon.readings(spelt(typed))), "")


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("gongjijintiqu", "公积金提取"),
        ("gongjijin tiqu", "公积金提取"),
        ("gongjjtiqu", "公积金提取"),
        ("gongjijintiq", "公积金提取"),
        ("yajin", "押金"),
        ("zhengxinyiyi", "征信异议"),
    ],
)
def test_pinyin_is_read_whole_half_typed_and_by_what_goes_together(
    lexicon: Lexicon, typed: str, meant: str
) -> None:
    assert read(lexicon, typed) == meant


@pytest.mark.parametrize(
    "typed", ["", "gjj", "gjj tq", "押金", "押金tuihuan", "12329", "yajin 2", "xyzxyz", "zxdked"]
)
def test_what_is_no_pinyin_is_not_read(lexicon: Lexicon, typed: str) -> None:
    assert lexicon.readings(spelt(typed)) == []


def test_sounds_of_no_known_word_are_not_read(lexicon: Lexicon) -> None:
    assert lexicon.readings(spelt("chifanle")) == []


def test_readings_share_what_is_likely(lexicon: Lexicon) -> None:
    found = lexicon.readings(spelt("yiyi"))
    assert {reading.text for reading in found} >= {"异议", "意义"}
    assert len(found) <= BEAM
    assert sum(reading.share for reading in found) == pytest.approx(1.0)
    assert [r.share for r in found] == sorted((r.share for r in found), reverse=True)


def test_a_word_seen_once_is_chance(lexicon: Lexicon) -> None:
    assert read(lexicon, "jiufen") == ""


def test_nothing_learnt_reads_nothing() -> None:
    assert Lexicon.of([]).readings(["ya", "jin"]) == []


def test_it_is_the_same_after_being_kept(lexicon: Lexicon) -> None:
    again = Lexicon.from_arrays(lexicon.arrays())
    assert again.readings(spelt("gongjijintiqu")) == lexicon.readings(spelt("gongjijintiqu"))
