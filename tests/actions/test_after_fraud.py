"""Short words after the urgent steps belong to the emergency."""

import pytest

from actions.outcome import OutcomeKind

OTHER = ("pension.pension_transfer", "chitchat.bye")


@pytest.mark.parametrize(
    ("text", "holds"),
    [("我没转", "没转就好"), ("电话挂了", "挂断就对了"), ("已经报警了", "做得对"),
     ("不敢跟家里人讲", "不是您的错"), ("我妈不信我还要打钱", "96110"), ("接下来干啥", "110"),
     ("交通银行的卡", "95559")],
)  # fmt: skip
def test_what_follows_is_answered_within_the_emergency(talk, text, holds):
    talk.say("刚给骗子转了八千")
    outcome = talk.say(text, *OTHER, sure=0.3)
    assert outcome.kind == OutcomeKind.URGENT_FRAUD
    assert holds in outcome.text
    assert len(outcome.text) <= 300


def test_the_steps_are_not_said_twice_in_full(talk):
    first = talk.say("刚给骗子转了八千")
    again = talk.say("钱转给骗子了啊")
    assert "110" in again.text
    assert len(again.text) < len(first.text) / 2


def test_another_subject_is_not_held_back(talk):
    talk.say("刚给骗子转了八千")
    assert talk.say("公积金怎么查余额", "housing_fund.fund_query_balance").kind == OutcomeKind.ANSWERED


def test_what_was_only_about_to_happen_has_happened(talk):
    talk.say("客服喊我现在就交两千保证金 正准备转")
    assert "止付" in talk.say("交了", "pension.pension_pay", sure=0.4).text


def test_the_trick_is_named_where_its_own_sign_is_plain(talk):
    assert "安全账户" in talk.say("公安打电话叫我马上把钱转到安全账户").text


def test_who_speaks_for_a_suspicious_offer_proves_nothing(talk):
    talk.say("老乡拉我投一个养老项目，年息十八个点", "pension.rural_pension", sure=0.2)
    assert talk.say("他有营业执照的", "small_business_loan.business_license_loan").verdict == "suspicious"


def test_the_wish_to_be_called_back_is_taken_in_an_emergency_too(talk):
    talk.now = talk.now.replace(hour=23)
    talk.say("刚给骗子转了八千")
    assert talk.say("人工").handoff == "outside_hours"
    assert talk.say("要回电").effects[0]["do"] == "callback"
