"""What was said before is worth more than an unsure guess."""

import pytest

from actions.outcome import OutcomeKind

WAGES = "wages.unpaid_wages"
STRANGERS = ("rental.find_rental", "pension.pension_pay", "complaint.complain_bot")


def test_a_statement_nobody_can_place_is_not_guessed_at(talk):
    talk.say("老板拖欠工资", WAGES)
    outcome = talk.say("工友有十几个", *STRANGERS, sure=0.3)
    assert outcome.kind == OutcomeKind.NOT_UNDERSTOOD
    assert any("测一测" in choice.say for choice in outcome.choices)


def test_twice_not_placed_offers_a_person(talk):
    talk.say("老板拖欠工资", WAGES)
    talk.say("工友有十几个", *STRANGERS, sure=0.3)
    assert talk.say("大家都等着", *STRANGERS, sure=0.3).handoff == "offered"


@pytest.mark.parametrize("text", ["打哪个电话", "找谁呢"])
def test_whom_to_ask_is_asked_about_the_last_answer(talk, text):
    talk.say("老板拖欠工资", WAGES)
    outcome = talk.say(text, "contact.hotline_number")
    assert outcome.need == WAGES
    assert "12333" in outcome.text


def test_a_neighbour_named_by_its_own_words_is_answered(talk):
    talk.say("成都公积金怎么提", "housing_fund.fund_withdrawal")
    assert talk.say("多久到账", "banking_basics.transfer_time").need == "housing_fund.withdrawal_arrival_time"


def test_a_fact_that_changes_nothing_is_noted(talk):
    talk.say("重庆公积金贷款能贷多少", "housing_fund.fund_loan_amount")
    outcome = talk.say("我交了两年半", "pension.pension_pay")
    assert outcome.need == "housing_fund.fund_loan_amount"
    assert "知道了" in outcome.text


def test_insured_in_one_place_and_ill_in_another_asks_for_registration_first(talk):
    outcome = talk.say(
        "医保是老家河南的，人在上海住院了怎么报",
        "medical.medical_enrollment", "medical.offsite_reimbursement", sure=0.3,
    )  # fmt: skip
    assert outcome.need == "medical.offsite_medical_registration"


def test_a_nod_is_acknowledged_and_not_felt_for(talk):
    assert "我在这儿" in talk.say("好的", "chitchat.emotion").text


@pytest.mark.parametrize("need", ["complaint.complain_bot", "chitchat.insult"])
def test_someone_upset_is_offered_a_person(talk, need):
    assert talk.say("什么破助手", need).handoff == "offered"
