"""Answers to a check in words nobody wrote into a form, with the shipped rules and without Rasa."""

import pytest

from actions.outcome import OutcomeKind

PENSION = "pension.personal_pension"
FIRST = "small_business_loan.first_loan"
RENEWAL = "small_business_loan.loan_renewal"
CITY_COVER = "insurance.city_supplementary_insurance"
OFFSITE = "medical.offsite_medical_registration"


@pytest.mark.parametrize(
    ("said", "guess"),
    [
        ("我失业了", "startup_employment.unemployment_benefit"),
        ("生大病", "medical.maternity_reimbursement"),
        ("生大病呢", "medical.maternity_reimbursement"),
    ],
)
def test_a_reason_named_after_the_answer_is_its_own_case(talk, said, guess):
    talk.say("个人养老金能提前取吗", PENSION)
    outcome = talk.say(said, guess)
    assert outcome.need == PENSION
    assert "个人养老金能不能提前取" in outcome.text or outcome.asks == "medical_cost_above_income"


def test_another_reason_after_a_verdict_varies_the_case(talk):
    talk.say("测一测：个人养老金能不能提前取", PENSION)
    talk.say("我失业了", "startup_employment.unemployment_benefit")
    assert talk.say("生大病呢", "medical.maternity_reimbursement").need == PENSION


def test_a_question_about_another_subject_is_no_case_of_the_last(talk):
    talk.say("个人养老金能提前取吗", PENSION)
    outcome = talk.say("失业金怎么领", "startup_employment.unemployment_benefit")
    assert outcome.need == "startup_employment.unemployment_benefit"


@pytest.mark.parametrize(
    ("said", "verdict"),
    [("店还开着", "met"), ("一直在经营", "met"), ("没在经营了", "not_met"), ("店早关了", "not_met")],
)
def test_whether_the_shop_is_open_tells_whether_it_runs(talk, said, verdict):
    talk.say("测一测：算不算首次贷款的无贷户", FIRST)
    talk.say("从没贷过")
    assert talk.say(said).verdict == verdict


@pytest.mark.parametrize("said", ["店还开着", "一直在经营"])
def test_a_running_shop_is_only_in_passing_trouble(talk, said):
    talk.say("测一测：能不能办无还本续贷", RENEWAL)
    for before in ("是", "个体户", "还要"):
        talk.say(before)
    assert talk.say(said).asks == "credit_ok"


@pytest.mark.parametrize("said", ["交着职工的", "交着城乡居民那个"])
def test_which_insurance_is_paid_is_told_without_its_name(talk, said):
    talk.say("个人养老金怎么开户", PENSION)
    assert talk.say(said, "pension.pension_pay").asks == "has_pension_account"


def test_which_medical_insurance_is_paid_is_told_without_its_name(talk):
    talk.say("成都惠蓉保怎么买", CITY_COVER)
    outcome = talk.say("交着职工的", "pension.pension_pay")
    assert (outcome.kind, outcome.need) == (OutcomeKind.VERDICT, CITY_COVER)


def test_a_reply_that_leaves_the_place_open_is_asked_again(talk):
    talk.say("测一测：您这种情况要不要异地就医备案", OFFSITE)
    assert talk.say("交着职工的", "pension.pension_pay").asks == "insured_here"
