"""A few words after an answer go on with it, whatever a classifier makes of them alone."""

import pytest

from actions.outcome import OutcomeKind

LOAN_AMOUNT = "housing_fund.fund_loan_amount"
WAGES = "wages.unpaid_wages"
PURCHASE = "housing_fund.purchase_withdrawal"
STARTUP = "startup_employment.startup_guarantee_loan"
PERMIT = "new_citizen.residence_permit"


def test_a_word_of_a_neighbouring_need_asks_for_that_need(talk):
    talk.say("成都公积金贷款能贷多少", LOAN_AMOUNT)
    outcome = talk.say("那利率是多少", "banking_basics.personal_loan_interest", sure=0.64)
    assert outcome.need == "housing_fund.fund_loan_rate"


@pytest.mark.parametrize(
    ("first", "text", "taken_for"),
    [
        (WAGES, "要花钱不", "fraud.scam_in_progress"),
        (WAGES, "两个人怎么算", "out_of_scope.other"),
        (PERMIT, "能代办吗", "chitchat.bot_ability"),
        (PERMIT, "要几天内办", "out_of_scope.other"),
    ],
)
def test_words_without_a_subject_go_on_with_the_last_one(talk, first, text, taken_for):
    talk.say("我在成都想问个事", first)
    assert talk.say(text, taken_for, sure=0.8).need == first


@pytest.mark.parametrize(
    ("text", "need"),
    [
        ("你能干什么", "chitchat.bot_ability"),
        ("靠谱吗", "fraud.scam_identify"),
        ("股票要买不", "out_of_scope.other"),
    ],
)
def test_words_to_us_or_of_doubt_do_not(talk, text, need):
    talk.say("我在成都想问个事", PERMIT)
    assert talk.say(text, need).need == need


def test_another_persons_case_is_no_emergency(talk):
    talk.say("成都公积金贷款能贷多少", LOAN_AMOUNT)
    outcome = talk.say("那要是我对象也缴着呢", "fraud.scam_in_progress", sure=0.75)
    assert (outcome.kind, outcome.need) == (OutcomeKind.ANSWERED, LOAN_AMOUNT)


@pytest.mark.parametrize("text", ["他催我快点给他打过去", "对方让我下载个软件"])
def test_pressure_after_an_answer_is_one(talk, text):
    talk.say("成都公积金贷款能贷多少", LOAN_AMOUNT)
    assert talk.say(text, "fraud.scam_in_progress", sure=0.75).kind == OutcomeKind.URGENT_FRAUD


def test_a_sure_other_need_of_the_topic_beats_a_word_of_the_last_answer(talk):
    talk.say("没备案就住院了 老家医保还能报吗", "medical.offsite_late_registration")
    outcome = talk.say("那报销的比例多少", "medical.reimbursement_rate")
    assert outcome.need == "medical.reimbursement_rate"


def test_what_the_answer_does_not_hold_is_said_above_the_guesses(talk):
    talk.say("成都创业担保贷款能贷多少", STARTUP)
    guesses = ("banking_basics.personal_loan_conditions", "small_business_loan.farm_loan")
    outcome = talk.say("要抵押吗", *guesses, sure=0.41)
    assert (outcome.need, outcome.suggestions) == (STARTUP, guesses)
    assert "没有写到" in outcome.text
    assert "可以问" in outcome.text


def test_asking_for_more_never_gets_the_same_words_again(talk):
    texts = [talk.say("北京买房提公积金", PURCHASE).text]
    for _ in range(8):
        outcome = talk.say("还有呢", "out_of_scope.other")
        assert outcome.text not in texts
        texts.append(outcome.text)
        if "没有更细" in outcome.text:
            return
    pytest.fail("it never ended")


def test_online_is_asked_for_as_a_way_not_as_a_condition(talk):
    talk.say("成都公积金租房提取", "housing_fund.rent_withdrawal")
    assert talk.say("网上能办吗", "banking_basics.open_account", sure=0.3).aspect == "channel"


def test_a_thing_one_has_is_told_and_asks_nothing(talk):
    talk.say("工地上摔断了腿 老板不认", "wages.work_injury")
    outcome = talk.say("有社保", "pension.social_insurance_basics")
    assert outcome.need == "wages.work_injury"


def test_one_miss_is_not_counted_twice(talk):
    talk.say("成都公积金租房提取", "housing_fund.rent_withdrawal")
    assert talk.say("呃就那样呗").handoff == ""
    assert talk.conversation.misses == 1


def test_a_verb_alone_does_not_lead_to_another_subject(talk):
    talk.say("个人养老金值得开吗", "pension.personal_pension")
    needs = ("banking_basics.deposit_rate", "pension.personal_pension")
    assert talk.say("我月入五千 存了合算不", *needs, sure=0.95).need == "pension.personal_pension"


def test_a_word_of_the_last_need_is_not_declined(talk):
    cover = "insurance.occupational_injury_cover"
    talk.say("外卖骑手职业伤害保障是啥", cover)
    outcome = talk.say("上海的骑手有没有", "out_of_scope.other", sure=0.84)
    assert (outcome.need, outcome.city) == (cover, "shanghai")


def test_ones_own_case_is_of_the_last_answer_whatever_neighbour_is_sure(talk):
    talk.say("在成都看病能直接刷医保吗", "medical.offsite_direct_settlement")
    outcome = talk.say("老家参保的行不行", "medical.medical_enrollment", sure=0.95)
    assert outcome.need == "medical.offsite_direct_settlement"
