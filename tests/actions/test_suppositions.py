"""What is only supposed or asked about is no fact: in the middle of a form and after its verdict."""

import pytest

RENT = "housing_fund.rent_withdrawal"
NEW = "new_citizen.new_citizen_eligibility"
OFFSITE = "medical.offsite_medical_registration"
SUBSIDY = "banking_basics.personal_loan_interest"


@pytest.mark.parametrize("question", ["啥子才叫有房", "小产权的房子算不算", "公租房也算吗", "怎么样算有房"])
def test_a_question_about_the_question_is_no_answer_to_it(talk, question):
    talk.say("帮我看看成都能不能提房租", RENT)
    outcome = talk.say(question)
    assert outcome.asks == "owns_home_in_city"
    assert "不清楚" in outcome.text
    assert "owns_home_in_city" not in talk.conversation.facts


def test_a_case_supposed_in_the_middle_is_answered_and_not_kept(talk):
    talk.say("帮我看看我爸妈在上海看病要不要备案 医保在安徽", OFFSITE)
    asked = talk.conversation.check["asked"]
    outcome = talk.say("万一是急诊呢")
    assert outcome.asks == asked
    assert "视同已备案" in outcome.text
    assert "emergency" not in talk.conversation.facts


def test_a_supposed_span_grows_until_the_day_asked_about(talk):
    talk.say("帮我看看我在成都租房能不能提公积金 没有房 交了一年", RENT)
    assert talk.say("那要是只交了一个月呢").verdict == "not_met"
    assert talk.say("再过一个月呢").verdict == "not_met"
    assert talk.say("再过半年呢").verdict == "met"


def test_a_fact_told_after_it_was_supposed_is_what_counts(talk):
    talk.say("帮我看看我在成都租房能不能提公积金 没有房 交了一年", RENT)
    assert talk.say("要是名下有房呢").verdict == "not_met"
    assert talk.say("说错了 没有房").verdict == "met"


def test_a_home_of_the_spouse_elsewhere_is_asked_about_and_matters_not(talk):
    talk.say("帮我看看我在成都租房能不能提公积金 没有房 交了一年", RENT)
    outcome = talk.say("那我老公名下老家有一套影响不")
    assert outcome.verdict == "met"


def test_one_has_no_home_here_who_has_one_back_home(talk):
    talk.say("帮我看看成都能不能提房租", RENT)
    assert talk.say("老家有一套").asks == "months_paid"
    assert talk.conversation.facts["owns_home_in_city"]["value"] is False


def test_the_month_in_which_it_would_be_enough_is_counted(talk):
    talk.say("帮我看看我在重庆租房能不能提公积金 没有房 交了一个月", RENT)
    outcome = talk.say("那啥时候才可以")
    assert (outcome.verdict, "2027年1月" in outcome.text) == ("met", True)


def test_a_day_after_the_rule_has_ended_keeps_the_check_in_mind(talk):
    talk.say("帮我看看消费贷款贴息我能不能享受 用来装修的", SUBSIDY)
    assert talk.say("要是明年才借呢").kind == "expired"
    assert talk.say("那再过半年呢", "chitchat.bye").kind == "expired"


def test_a_condition_supposed_after_an_answer_begins_the_check(talk):
    talk.say("成都怎么样才算新市民", NEW)
    outcome = talk.say("要是户口还在老家没迁呢", "new_citizen.settle_down")
    assert (outcome.need, dict(outcome.reasons)["hukou_under_3_years"]) == (NEW, "met")
