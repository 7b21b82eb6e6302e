"""Short words after a verdict: no, skip, why, a correction of an amount, and the list of checks."""

import pytest

RENT = "housing_fund.rent_withdrawal"
LOAN = "housing_fund.fund_loan_eligibility"
NEW = "new_citizen.new_citizen_eligibility"
SUBSIDY = "banking_basics.personal_loan_interest"
FLEXIBLE = "housing_fund.flexible_worker_fund"
STARTUP = "startup_employment.startup_guarantee_loan"


def test_a_bare_no_answers_the_one_thing_left_open(talk):
    talk.say("帮我看看北京能不能提房租", RENT)
    assert talk.say("公积金上个月才开始交").verdict == "not_met"
    outcome = talk.say("没有")
    assert dict(outcome.reasons)["no_home_in_city"] == "met"


def test_a_bare_no_to_a_finished_check_does_not_say_it_all_again(talk):
    talk.say("帮我看看我在成都租房能不能提公积金 没有房 交了一年", RENT)
    outcome = talk.say("没有")
    assert outcome.verdict == ""
    assert "符合" in outcome.text


def test_skipping_after_the_state_was_said_asks_what_is_left(talk):
    talk.say("帮我看看我能不能申请创业担保贷款 我是返乡农民工", STARTUP)
    assert talk.say("不知道").verdict == "unclear"
    assert talk.say("跳过").asks


def test_why_something_was_asked_is_told_after_the_verdict_too(talk):
    talk.say("帮我看看成都能不能提房租", RENT)
    talk.say("没房")
    talk.say("交了五个月")
    outcome = talk.say("为啥要知道我交了几个月", "complaint.complain_bot")
    assert "连续缴满" in outcome.text
    assert talk.conversation.need == RENT


def test_an_amount_put_right_is_no_answer_to_another_question(talk):
    talk.say("帮我看看北京公积金贷款能不能申请", LOAN)
    talk.say("十八个月")
    outcome = talk.say("不对，八个月")
    assert outcome.asks == "fund_loan_open"
    assert talk.conversation.facts["months_paid"]["value"] == 8


def test_a_bare_wish_to_check_lists_what_can_be_checked_in_the_city(talk):
    assert talk.say("测一测").asks == "city"
    listed = talk.say("新乡")
    assert all(choice.say.startswith("测一测：") for choice in listed.choices)
    assert talk.say("1").asks


def test_what_changes_nothing_is_not_answered_with_the_whole_verdict_again(talk):
    talk.say("帮我看看我在新乡算不算新市民 户口没迁 在这边上班", NEW)
    outcome = talk.say("我在这边上班三年了", "wages.labor_rights_general")
    assert outcome.verdict == ""
    assert "结果还是符合" in outcome.text


def test_a_day_taken_back_after_the_verdict_is_put_right(talk):
    talk.say("帮我看看消费贷款贴息我能不能享受 用来装修的", SUBSIDY)
    talk.say("说了参加的")
    assert talk.say("2024年3月").verdict == "not_met"
    assert talk.say("哦不是 今年5月", "chitchat.doubt_bot").verdict == "met"


def test_the_next_step_after_a_verdict_is_that_of_the_verdict(talk):
    talk.say("帮我看看我在成都租房能不能提公积金 没有房 交了一年", RENT)
    outcome = talk.say("下一步呢", "chitchat.bye")
    assert "备好租房合同" in outcome.text


def test_a_number_left_open_is_heard_in_the_first_words(talk):
    talk.say("帮我看看能不能自己在上海交公积金 我没单位 也没上班", FLEXIBLE)
    outcome = talk.say("我42 上海本地的", "new_citizen.settle_down")
    assert talk.conversation.facts["age"]["value"] == "42"
    assert outcome.need == FLEXIBLE


def test_months_before_a_break_do_not_count_on(talk):
    talk.say("帮我看看我在成都租房能不能提公积金 没有房", RENT)
    outcome = talk.say("断之前交了一年")
    assert (outcome.verdict, "从断后重新数" in outcome.text) == ("unclear", True)
    assert talk.say("断了以后又交了五个月").verdict == "met"


def test_a_yearly_income_is_no_length_of_study(talk):
    talk.say("帮我看看我弟能不能申请助学贷款 全日制的", "education_loan.student_loan_apply")
    talk.say("家里种地 一年两万")
    assert "study_years" not in talk.conversation.facts


def test_an_answer_after_a_digression_resumes_the_form(talk):
    talk.say("帮我看看成都能不能提房租", RENT)
    talk.say("你们会不会把我的信息卖了", "privacy.privacy_query")
    assert talk.say("没有房", "fraud.account_stolen").asks == "months_paid"


def test_a_number_of_somebody_sent_alone_is_declined_and_the_form_goes_on(talk):
    talk.say("帮我看看成都能不能提房租", RENT)
    outcome = talk.say("我身份证510105199003072316")
    assert outcome.asks == "owns_home_in_city"
    assert "不要发" in outcome.text


def test_facts_told_before_the_city_count_for_the_city_said_next(talk):
    assert talk.say("租房提公积金", RENT).asks == "city"
    assert talk.say("没房 交了8个月", "out_of_scope.other").asks == "city"
    assert talk.say("成都").verdict == "met"


def test_years_of_something_else_are_no_age(talk):
    talk.say("帮我看看能不能自己在上海交公积金 我没单位 也没上班", FLEXIBLE)
    talk.say("社保交了一年", "pension.social_insurance_basics")
    assert "age" not in talk.conversation.facts


@pytest.mark.parametrize(
    ("text", "need"), [("删掉我的信息", "privacy.delete_data"), ("我想找个人说说", "contact.human_agent")]
)
def test_a_wish_in_a_form_is_no_answer_to_it(talk, text, need):
    talk.say("帮我看看成都能不能提房租", RENT)
    outcome = talk.say(text, need)
    assert (outcome.asks == "confirm_delete") or outcome.handoff == "started"
