"""Two questions in one message are told apart; one long sentence is one question."""

import pytest

from actions import two


@pytest.mark.parametrize(
    ("text", "second"),
    [
        ("成都租房能提多少公积金？还有居住证怎么办", "居住证怎么办"),
        ("异地就医要备案吗,顺便问下社保怎么转", "社保怎么转"),
        ("我公积金嘛在成都交的然后租房可不可以取出来", ""),
        ("我把公积金取出来然后怎么还房贷", ""),
    ],
)
def test_a_particle_in_the_middle_asks_nothing(library, text, second):
    assert two.split(text, tuple(library.topics))[1] == second


RENT = "housing_fund.rent_withdrawal"
THREE = "成都租房提公积金要什么材料，多久到账，一年几次"


@pytest.mark.parametrize("text", [THREE, "成都租房提公积金要什么材料？多久到账？一年几次？谢谢"])
def test_the_first_of_three_is_answered_and_the_others_offered_by_name(talk, text):
    outcome = talk.say(text, RENT)
    assert (outcome.need, outcome.aspect) == (RENT, "materials")
    assert [choice.say for choice in outcome.choices[:2]] == ["多久到账", "一年几次"]
    assert "“多久到账”“一年几次”" in outcome.text


def test_the_others_are_answered_about_the_same_subject(talk):
    talk.say(THREE, RENT)
    assert talk.say("1", "banking_basics.transfer_time").need == "housing_fund.withdrawal_arrival_time"
    assert "按月或按季" in talk.say("一年几次", "banking_basics.transfer_time").text


def test_the_others_are_named_while_the_city_is_asked(talk):
    outcome = talk.say("租房提公积金要什么材料，多久到账，一年几次", RENT)
    assert outcome.asks == "city"
    assert "“多久到账”“一年几次”" in outcome.text


def test_the_aspect_asked_for_is_answered_once_the_city_is_said(talk):
    talk.say("租房提公积金要什么材料，多久到账，一年几次", RENT)
    assert talk.say("成都").aspect == "materials"


@pytest.mark.parametrize(
    "text",
    [
        "我在成都租房，没买房，能提公积金吗",
        "公积金断了几个月，现在怎么办，能补吗",
        "有没有房、有没有社保、有没有居住证都要看吗",
    ],
)
def test_a_case_told_in_pieces_stays_one_question(library, text):
    assert two.parts(text, tuple(library.topics)) == (text,)
