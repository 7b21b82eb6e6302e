"""What an operator types in letters becomes terms that meet those of the written words."""

from __future__ import annotations

import pytest

from bot.desk.letters import cut, spoken_terms, typed_terms, word_terms


@pytest.mark.parametrize("typed", ["gjj", "gongjijin", "gong ji jin", "gongjj", "GJJ"])
def test_every_way_to_type_a_word_meets_it(typed: str) -> None:
    assert ">gjj" in set(typed_terms(typed)) & spoken_terms("住房公积金")


def test_whole_syllables_tell_words_with_equal_initials_apart() -> None:
    typed = set(typed_terms("yajin"))
    assert "'ya'jin" in typed & spoken_terms("押金")
    assert "'ya'jin" not in spoken_terms("夜间")
    assert ">yj" in spoken_terms("夜间")


def test_the_longest_syllables_win() -> None:
    assert cut("zhufang") == ["zhu", "fang"]
    assert cut("xian") == ["xian"]


def test_each_word_weighs_as_its_letters_whatever_its_terms() -> None:
    terms = typed_terms("gjj zf")
    assert sum(weight for term, weight in terms.items() if term != ">zf") == pytest.approx(3)
    assert terms[">zf"] == pytest.approx(2)


def test_chinese_words_have_no_typed_sounds() -> None:
    assert typed_terms("公积金") == {}


def test_numbers_are_found_by_their_beginning() -> None:
    assert "123" in word_terms("12329")
