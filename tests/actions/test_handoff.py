"""A person has the conversation, but not for ever."""

from datetime import timedelta

import pytest

from actions.outcome import OutcomeKind

RENT = "housing_fund.rent_withdrawal"


def test_who_keeps_writing_to_nobody_is_answered_after_half_an_hour(talk):
    assert talk.say("转人工", "contact.human_agent").handoff == "started"
    for _ in range(2):
        talk.now += timedelta(minutes=14)
        assert talk.say("我有两个单位在交", RENT).silent
    talk.now += timedelta(minutes=14)
    outcome = talk.say("成都租房能提公积金吗", RENT)
    assert (outcome.kind, outcome.silent) == (OutcomeKind.ANSWERED, False)


@pytest.mark.parametrize("text", ["人呢", "怎么没人理我", "转人工", "还要等多久"])
def test_a_queue_that_nobody_answers_from_yet_says_so(talk, text):
    talk.say("转人工", "contact.human_agent")
    outcome = talk.say(text)
    assert (outcome.silent, "排队" in outcome.text) == (False, True)
    assert outcome.effects == ({"do": "append_ticket"},)


@pytest.mark.parametrize("text", ["取消", "不等了", "我不想要人工了"])
def test_the_queue_is_left_by_saying_so(talk, text):
    talk.say("转人工", "contact.human_agent")
    assert talk.say(text).handoff == "cancelled"


def test_giving_up_with_no_person_asked_for_cancels_nothing(talk):
    talk.say("成都租房能提公积金吗", "housing_fund.fund_definition")
    outcome = talk.say("唉随便吧", "contact.human_agent_cancel")
    assert (outcome.handoff, outcome.effects) == ("", ())
