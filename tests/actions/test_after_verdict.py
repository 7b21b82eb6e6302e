"""Short words after a verdict: no, skip, why, a correction of an amount, and the list of checks."""

RENT = "housing_fund.rent_withdrawal"
LOAN = "housing_fund.fund_loan_eligibility"
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
