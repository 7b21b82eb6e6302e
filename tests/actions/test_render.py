"""Outcome to WeChat texts."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from actions.outcome import Choice, Outcome, OutcomeKind
from actions.render import LIMIT_BYTES, parts, plain, split


def outcome(text: str, citation: str = "", choices: tuple[str, ...] = ()) -> Outcome:
    return Outcome(OutcomeKind.ANSWERED, text, citation, tuple(Choice(c) for c in choices))


def test_a_short_answer_is_one_text_with_its_citation():
    assert parts(outcome("可以提。", "依据：某号")) == ["可以提。\n依据：某号"]


def test_a_silent_outcome_sends_nothing():
    silent = outcome("x")
    silent.silent = True
    assert parts(silent) == []


def test_the_citation_stands_on_the_first_of_several_texts():
    got = parts(outcome("这是一句不短的话。" * 200, "依据：某号"))
    assert len(got) > 1
    assert got[0].endswith("依据：某号")
    assert all("依据" not in text for text in got[1:])


def test_choices_become_links_that_send_their_own_words():
    text = parts(outcome("请选：", choices=("租房提取",)))[0]
    assert ">租房提取</a>" in text
    assert "msgmenucontent=%E7%A7%9F" in text


def test_choices_that_do_not_fit_as_links_are_plain_numbered_words():
    got = parts(outcome("字" * 655 + "。", choices=("租房提取", "购房提取")))
    assert "1. 租房提取" in got[-1]
    assert "<a" not in got[-1]


def test_the_plain_text_has_no_markup():
    assert "<" not in plain(outcome("请选：", "依据", ("甲", "乙")))


@given(st.text(alphabet="字句a。！\n，😀", max_size=3000), st.integers(0, 400))
def test_no_part_is_longer_than_wechat_takes_and_no_word_is_lost(text, citation):
    got = parts(outcome(text, "引" * citation))
    assert all(len(part.encode()) <= LIMIT_BYTES for part in got)
    kept = "".join(split(text, LIMIT_BYTES))
    assert kept.replace("\n", "") == text.replace("\n", "")


@pytest.mark.parametrize("limit", [60, 300])
def test_splitting_happens_at_sentence_ends(limit):
    for part in split("第一句话在这里。第二句话在那里！第三句问什么？" * 9, limit, limit)[:-1]:
        assert part[-1] in "。！？"


def test_what_introduces_the_choices_stands_after_the_citation():
    told = outcome("可以。", "依据：某号", ("甲事",))
    told.offer = "如果您问的是："
    text = parts(told)[0]
    assert text.index("依据") < text.index("如果您问的是") < text.index("甲事")
    assert plain(told).index("依据") < plain(told).index("如果您问的是")
