import pytest

from content.sounds import NearNames, sounds

NAMES = NearNames(["蓉易贷", "天府信用通", "首贷", "5+2平台"])


@pytest.mark.parametrize("text", ["容易贷怎么办", "想问荣意代", "融易带的条件"])
def test_a_name_written_as_it_sounds_is_heard(text):
    assert NAMES.heard_in(text) == ["蓉易贷"]


@pytest.mark.parametrize("text", ["蓉易贷", "手贷", "天气", "", "abc 123"])
def test_names_written_right_and_short_words_are_left_alone(text):
    assert NAMES.heard_in(text) == []


def test_sounds_that_many_do_not_tell_apart_are_one():
    assert sounds("知") == sounds("资")
    assert sounds("平") == sounds("品")
    assert sounds("天") != sounds("地")
