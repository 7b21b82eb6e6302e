"""What an operator types in letters becomes terms that meet those of the written words."""

from __future__ import annotations

import pytest

from bot.desk.letters import cut, spoken_terms, typed_terms, word_terms


@pytest.mark.parametrize("typed", ["gjj", "gongjijin", "gong ji jin", "gongjj", "GJJ"])
def test_every_way_to_type_a_word_meets_it_as_a_whole(typed: str) -> None:
    met = set(typed_terms(typed)) & spoken_terms("住房公积金")
    assert met & {">gjj", "'gong'ji'jin"}


def test_initials_of_a_word_meet_the_word_and_not_any_neighbours() -> None:
    assert "#zf" in set(typed_terms("zf")) & spoken_terms("在成都租房")
    assert "#zf" not in spoken_terms("在福建")
    assert ">zf" in spoken_terms("在福建")


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
    of_word = {word: sum(terms[t] for t in terms if t[1:] in word) for word in ("gjj", "zf")}
    assert of_word["gjj"] / of_word["zf"] == pytest.approx(3 / 2)


@pytest.mark.parametrize("typed", ["zuf", "zufa", "zufan", "zufang"])
def test_a_syllable_still_being_typed_meets_the_word_by_sound(typed: str) -> None:
    assert "'zu'fang" in set(typed_terms(typed)) & spoken_terms("租房")


def test_an_initial_of_two_letters_may_be_half_of_a_syllable() -> None:
    assert "'fang'shi" in set(typed_terms("fangsh")) & spoken_terms("还款方式")


def test_a_finished_word_outweighs_what_it_may_still_become() -> None:
    terms = typed_terms("zufan")
    assert terms["'zu'fan"] > terms["'zu'fang"] > 0


def test_chinese_words_have_no_typed_sounds() -> None:
    assert typed_terms("公积金") == {}


def test_numbers_are_found_by_their_beginning() -> None:
    assert "123" in word_terms("12329")
