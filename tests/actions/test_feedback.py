"""没帮助 asks for the reason once; what follows may be one, or a new question."""

import pytest

RENT = "housing_fund.rent_withdrawal"


@pytest.mark.parametrize("text", ["没写两个人怎么分", "答的不是我问的 我问公积金怎么转", "太笼统了"])
def test_a_remark_on_the_answer_is_the_reason(talk, text):
    talk.say("成都租房能提公积金吗", RENT)
    assert talk.say("没帮助").effects[0]["helpful"] is False
    outcome = talk.say(text, "housing_fund.cross_city_transfer")
    assert outcome.effects[0]["reason"] == text


@pytest.mark.parametrize("text", ["那社保卡怎么补", "异地就医备案在哪办", "欠工资找谁"])
def test_a_new_question_is_answered_and_no_reason(talk, text):
    talk.say("成都租房能提公积金吗", RENT)
    talk.say("没用")
    outcome = talk.say(text, "medical.social_card")
    assert (outcome.need, outcome.effects) == ("medical.social_card", ())
