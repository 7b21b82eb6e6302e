"""Texts that fit: nothing lost, nothing cut inside a character, held answers first."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.wechat.delivery import late, passive, transfer
from bot.wechat.text import LIMIT_BYTES, MORE, QUOTE, first_words, join_held, lead, quoted, size, split
from store.finish import text_payload
from store.inbox import HeldText


@given(st.text(alphabet="公积金ab。！\n😀", max_size=3000))
def test_splitting_loses_no_character_and_exceeds_no_limit(text: str) -> None:
    parts = split(text)
    assert all(size(p) <= LIMIT_BYTES for p in parts)
    assert "".join("".join(parts).split()) == "".join(text.split())


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("字" * 682 + "ab", 1), ("字" * 682 + "abc", 2), ("😀" * 512, 1), ("😀" * 512 + "a", 2),
        ("a" + "😀" * 512, 2), ("é" * 1024, 1), ("é" * 1025, 2), ("字" * 682 * 3, 3),
    ],
)  # fmt: skip
def test_the_border_of_2048_bytes_is_exact_and_never_inside_a_character(text: str, count: int) -> None:
    parts = split(text)
    assert len(parts) == count
    assert "".join(parts) == text
    assert all(size(p) <= LIMIT_BYTES for p in parts)


def test_a_text_is_cut_at_a_sentence_end() -> None:
    parts = split("一二三四五六七。" * 100)
    assert len(parts) == 2
    assert all(p.endswith("。") for p in parts)


@given(st.text(max_size=60), st.text(min_size=1, max_size=900))
def test_a_quoted_answer_fits_and_is_quoted_once(question: str, text: str) -> None:
    parts = quoted(first_words(question), text)
    assert parts[-1].endswith(text)
    assert all(size(p) <= LIMIT_BYTES for p in parts[:-1])
    assert size(parts[-1]) <= max(LIMIT_BYTES, size(text))
    assert quoted("别的", parts[0]) == [parts[0]] or not parts[0].startswith(QUOTE)


def test_a_quoted_question_carries_no_markup() -> None:
    assert first_words('<a href="x">点我</a>') == "a href=x点我/a"


def test_held_texts_come_before_the_new_answer_and_what_does_not_fit_waits() -> None:
    reply, taken, rest = join_held([("旧" * 500, "问")], ["新" * 300, "后" * 10])
    assert reply.startswith(f"{QUOTE}问")
    assert taken == 1
    assert rest == ["新" * 300, "后" * 10]
    assert reply.endswith(MORE)


def test_a_late_answer_names_its_question_and_is_held_where_nothing_can_be_pushed() -> None:
    said = f"{lead('问')}答"
    assert late([said], True).pushes == (said,)
    assert late([said], False).holds == (said,)
    assert late([], True).state == "none"
    assert quoted("问", "答") == [f"{QUOTE}问”：\n答"]


def test_a_full_answer_is_tied_to_its_question_without_being_cut() -> None:
    answer = "长" * 670 + "依据：样本〔2026〕1号"
    first, second = quoted("问", answer)
    assert first.startswith(QUOTE)
    assert second == answer


@pytest.mark.parametrize("parts", [[""], ["  \n"], ["", "有"]])
def test_a_part_that_says_nothing_is_no_reply(parts: list[str]) -> None:
    said = "".join(parts).strip()
    assert passive(parts, (), True).reply == said
    assert passive(parts, (), True).kind == ("text" if said else "")


def test_more_than_wechats_quota_is_held() -> None:
    way = passive([str(i) for i in range(8)], (), True)
    assert (way.reply, way.pushes, way.holds) == ("0", ("1", "2", "3", "4"), ("5", "6", "7"))


def test_held_texts_alone_are_a_reply() -> None:
    held = (HeldText(7, text_payload("旧"), ""),)
    way = passive([], held, False)
    assert (way.reply, way.consumed, way.holds) == ("旧", (7,), ())


def test_nothing_to_say_is_silence() -> None:
    assert passive([], (), True).state == "none"
    assert transfer(["好"]).pushes == ("好",)
