"""What belongs to the last answer, and two questions at once."""

import pytest

from actions.two import split

RENT = "housing_fund.rent_withdrawal"
OFFSITE = "medical.offsite_medical_registration"


def test_another_city_keeps_the_need_and_the_aspect(talk):
    talk.say("成都租房公积金提多少", RENT)
    outcome = talk.say("搞错了 我人在重庆")
    assert (outcome.need, outcome.city, outcome.aspect) == (RENT, "chongqing", "amount")


def test_a_shorter_wording_is_the_conclusion_with_its_source(talk):
    long = talk.say("异地就医备案是怎么回事", OFFSITE)
    short = talk.say("没看明白 讲简单点")
    assert short.need == OFFSITE
    assert len(short.text) < len(long.text)
    assert short.citation


def test_an_objection_is_answered_from_the_part_that_speaks_of_it(talk):
    talk.say("医保在外省 在北京上班怎么备案", OFFSITE)
    outcome = talk.say("我没有居住证")
    assert outcome.need == OFFSITE
    assert "承诺" in outcome.text


@pytest.mark.parametrize("text", ["公积金怎么提？异地就医怎么备案？", "公积金怎么提呀，还有异地就医怎么备案"])
def test_the_second_question_is_offered_as_a_tap(talk, text):
    outcome = talk.say(text, "housing_fund.fund_withdrawal")
    assert outcome.choices[0].say.rstrip("？?") == "异地就医怎么备案"


@pytest.mark.parametrize(
    "text",
    [
        "我在成都租房。公积金怎么提",
        "公积金怎么提",
        "你好！公积金怎么提？",
        "公积金怎么提？谢谢！还有没有别的",
    ],
)
def test_one_question_with_its_circumstances_is_not_split(library, text):
    assert split(text, tuple(library.topics)) == (text, "")
