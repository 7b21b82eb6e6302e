"""How often and for how many years are asked of the last answer, whatever a classifier makes of them."""

import pytest

from actions.measure import asks_often
from actions.outcome import OutcomeKind

RENT = "housing_fund.rent_withdrawal"
ARRIVAL = "housing_fund.withdrawal_arrival_time"
TRANSFER = "banking_basics.transfer_time"
TERM = "education_loan.student_loan_term"


@pytest.mark.parametrize("said", ["一年能提几次", "多久能提一次", "一年几次"])
def test_how_often_is_answered_alone_where_the_record_says_it(talk, said):
    talk.say("成都租房提公积金", RENT)
    outcome = talk.say(said, ARRIVAL)
    assert "按月或按季" in outcome.text
    assert "受理" not in outcome.text
    assert outcome.citation


def test_how_often_is_said_to_be_unknown_where_the_record_is_silent(talk):
    talk.say("北京租房提公积金", RENT)
    outcome = talk.say("一年能提几次", ARRIVAL)
    assert outcome.kind == OutcomeKind.NOT_IN_SOURCES
    assert "北京的资料里没有写" in outcome.text
    assert "12329" in outcome.text
    assert "受理" not in outcome.text


def test_how_often_in_one_question_with_its_subject(talk):
    outcome = talk.say("成都租房提公积金一年能提几次", RENT)
    assert outcome.text.startswith("时间：可选按月或按季")


@pytest.mark.parametrize("said", ["这是几回事", "要跑几趟", "最多能提多少"])
def test_another_count_is_not_how_often(said):
    assert not asks_often(said)


@pytest.mark.parametrize("before", ["一年能提几次", "材料要什么"])
def test_when_the_money_comes_stays_with_the_fund(talk, before):
    talk.say("成都租房提公积金", RENT)
    talk.say(before, ARRIVAL)
    assert talk.say("多久到账", TRANSFER).need == ARRIVAL
    assert talk.say("那多久到账", TRANSFER).need == ARRIVAL


def test_a_transfer_named_leaves_the_fund(talk):
    talk.say("成都租房提公积金", RENT)
    assert talk.say("转账多久到账", TRANSFER).need == TRANSFER


@pytest.mark.parametrize("said", ["还款多少年", "能贷几年", "最长几年还清"])
def test_how_many_years_is_the_term_of_the_loan_at_hand(talk, said):
    talk.say("助学贷款怎么申请", "education_loan.student_loan_apply")
    assert talk.say(said, "home_purchase.mortgage_eligibility").need == TERM


def test_years_of_contributions_are_no_term_of_a_loan(talk):
    talk.say("公积金贷款能贷多少", "housing_fund.fund_loan_amount")
    assert talk.say("养老保险要交多少年", "pension.pension_amount").need == "pension.pension_amount"
