"""A check as a conversation, with the shipped rules and without Rasa."""

from datetime import timedelta

import pytest

from actions.outcome import OutcomeKind

RENT = "housing_fund.rent_withdrawal"
NEW = "new_citizen.new_citizen_eligibility"
STUDENT = "education_loan.student_loan_apply"
CHRONIC = "medical.chronic_disease_outpatient"


def reasons(outcome):
    return dict(outcome.reasons)


def test_hukou_is_asked_before_how_long_and_before_residence(talk):
    assert talk.say("帮我看看我在北京算不算新市民", NEW).asks == "local_hukou"
    assert talk.say("落了 单位的集体户").asks == "hukou_years"


def test_residence_is_asked_only_while_it_is_open(talk):
    talk.say("我算不算新市民 给我测一下", NEW)
    outcome = talk.say("没迁 还在村里")
    assert outcome.asks == "lives_here"
    assert talk.say("来城里干活好几年了").verdict == "met"


def test_one_sentence_may_answer_two_questions(talk):
    talk.say("帮我看看在上海我算新市民吗", NEW)
    outcome = talk.say("迁过来一年多了")
    assert (outcome.verdict, reasons(outcome)["hukou_under_3_years"]) == ("met", "met")


def test_the_first_unknown_says_where_to_look_and_the_second_what_is_missing(talk):
    talk.say("帮我看看我在成都算不算新市民", NEW)
    talk.say("户口落过来了")
    first = talk.say("这个记不清了")
    assert "迁入日期" in first.text
    second = talk.say("还是不晓得")
    assert second.verdict == "unclear"
    assert reasons(second)["hukou_under_3_years"] == "unclear"
    assert "达到就符合，达不到就不符合" in second.text
    assert second.handoff == "offered"


def test_a_fact_found_later_ends_the_check(talk):
    talk.say("帮我看看我在成都算不算新市民", NEW)
    talk.say("户口落过来了")
    talk.say("这个记不清了")
    assert talk.say("查到了 四年前").verdict == "not_met"


def test_facts_told_with_the_question_decide_at_once(talk):
    outcome = talk.say("我名下在武侯区有一套房 在成都租房能提公积金吗", RENT)
    assert (outcome.verdict, reasons(outcome)["no_home_in_city"]) == ("not_met", "not_met")
    assert "12329" in outcome.text


@pytest.mark.parametrize("told", ["我没房", "名下没有住房", "房子在老家", "老家有套房 这边没得房"])
def test_having_no_home_is_not_heard_as_having_one(talk, told):
    outcome = talk.say(f"我在上海租房 {told} 能提公积金吗", RENT)
    assert outcome.asks == "months_paid"


def test_a_home_elsewhere_is_supposed_without_changing_what_was_told(talk):
    talk.say("我名下在浦东有一套房 在上海租房能提公积金吗", RENT)
    told = dict(talk.conversation.facts)
    outcome = talk.say("要是房子在德阳呢")
    assert outcome.verdict == "unclear"
    assert reasons(outcome) == {"no_home_in_city": "met", "three_months_in_a_row": "unclear"}
    assert talk.conversation.facts == told
    assert talk.say("交满半年了").verdict == "met"


def test_why_skip_stop_and_resume_keep_the_place(talk):
    assert talk.say("帮我看看我女儿够不够条件办助学贷款", STUDENT).asks == "full_time_student"
    why = talk.say("为啥要问这个")
    assert (why.asks, "全日制" in why.text) == ("full_time_student", True)
    assert talk.say("统招本科").asks == "family_hardship"
    assert talk.say("跳过").asks == "other_national_loan"
    stopped = talk.say("先不查了")
    assert (stopped.verdict, "需核实" in stopped.text) == ("", True)
    assert talk.say("继续刚才的").asks == "other_national_loan"
    assert reasons(talk.say("没申请过别的")) == {
        "full_time_student": "met",
        "family_hardship": "unclear",
        "no_other_national_loan": "met",
    }


def test_unknown_ends_the_check_when_met_is_out_of_reach(talk):
    outcome = talk.say("我爸高血压 医保在外省 在重庆拿药能报不", CHRONIC)
    assert outcome.asks == "disease_recognised"
    outcome = talk.say("不清楚办过没有")
    assert outcome.verdict == "unclear"
    assert reasons(outcome)["disease_on_list"] == "met"
    assert "12393" in outcome.text


def test_another_disease_is_another_case(talk):
    talk.say("我爸高血压 医保在外省 在重庆拿药能报不", CHRONIC)
    talk.say("不清楚办过没有")
    assert reasons(talk.say("那哮喘呢"))["disease_on_list"] == "not_met"


def test_a_correction_by_name_changes_the_verdict(talk):
    talk.say("帮我看看上海能不能提房租", RENT)
    talk.say("没房")
    assert talk.say("交了五个月").verdict == "met"
    outcome = talk.say("刚才说错了，是有房")
    assert reasons(outcome)["no_home_in_city"] == "not_met"


def test_a_later_day_is_the_same_rule_on_that_day(talk):
    talk.say("帮我看看我在成都算不算新市民 落户两年半了", NEW)
    outcome = talk.say("再过一年呢")
    assert (outcome.verdict, "2027-11-20" in outcome.text) == ("not_met", True)
    assert talk.say("等满三年呢").verdict == "not_met"


def test_a_digression_is_answered_and_the_check_offered_again(talk):
    talk.say("帮我看看成都能不能提房租", RENT)
    outcome = talk.say("保租房怎么申请", "rental.affordable_rental")
    assert outcome.need == "rental.affordable_rental"
    assert any(choice.say.startswith("继续测") for choice in outcome.choices)
    assert talk.say("继续").asks == "owns_home_in_city"


def test_local_facts_are_not_reused_for_another_city(talk):
    talk.say("帮我看看成都能不能提房租", RENT)
    talk.say("没房")
    talk.say("交了五个月")
    assert talk.say("那上海呢").asks == "owns_home_in_city"


def test_facts_about_the_person_are_reused_for_another_check(talk):
    talk.say("帮我测一下续贷 是流动资金贷款 我是个体户", "small_business_loan.loan_renewal")
    talk.say("还要用")
    talk.say("一时周转不开")
    assert talk.say("没有逾期").verdict == "met"
    other = talk.say("帮我看看能不能申请上海创业担保贷款", "startup_employment.startup_guarantee_loan")
    assert other.asks == "business_registered"
    assert talk.say("有执照").verdict == "met"


def test_a_moved_citizen_gets_the_check_of_the_new_city(talk):
    talk.say("帮我看看我在成都算不算新市民", NEW)
    outcome = talk.say("不对 我人在重庆")
    assert (outcome.city, outcome.asks) == ("chongqing", "local_hukou")


def test_one_fact_can_be_forgotten(talk):
    talk.say("帮我看看成都能不能提房租", RENT)
    talk.say("没房")
    talk.say("交了五个月")
    talk.say("忘掉我的连续缴存")
    assert set(talk.conversation.facts) == {"owns_home_in_city"}


def test_a_form_left_for_a_day_is_dropped_with_an_offer(talk):
    talk.say("帮我看看成都能不能提房租", RENT)
    talk.now += timedelta(hours=24)
    outcome = talk.say("没房")
    assert outcome.kind == OutcomeKind.NEEDS_FACTS
    assert outcome.choices[0].say.startswith("测一测")
    assert talk.say("接着昨天的").asks == "owns_home_in_city"


def test_a_check_asked_for_without_a_city_begins_once_it_is_known(talk):
    assert talk.say("帮我看看能不能提公积金付房租", RENT).asks == "city"
    assert talk.say("新乡").asks == "owns_home_in_city"


def test_the_check_of_an_expired_rule_says_so(talk):
    talk.now = talk.now.replace(year=2027, month=1, day=4)
    outcome = talk.say("帮我看看我的消费贷能不能贴息", "banking_basics.personal_loan_interest")
    assert (outcome.kind, "已经结束" in outcome.text) == (OutcomeKind.EXPIRED, True)


def test_an_expired_plan_is_said_first(talk):
    outcome = talk.say("新乡211我能不能办 帮我看看", "small_business_loan.first_loan_211")
    assert "已过期" in outcome.text.split("。")[0]
    assert outcome.asks == "never_borrowed"


@pytest.mark.parametrize(
    ("city", "told", "fact"),
    [("重庆", "俩娃", "minor_children"), ("新乡", "结了", "married"), ("上海", "三个月出头", "months_paid")],
)
def test_a_bare_reply_after_an_answer_feeds_the_check(talk, city, told, fact):
    talk.say(f"{city}租房能提多少公积金", RENT)
    outcome = talk.say(told)
    assert (outcome.need, fact in talk.conversation.facts) == (RENT, True)


@pytest.mark.parametrize("told", ["有", "没有", "不是"])
def test_a_bare_yes_or_no_is_not_taken_for_a_fact_nobody_asked(talk, told):
    talk.say("成都租房能提多少公积金", RENT)
    outcome = talk.say(told)
    assert (outcome.need, outcome.asks) == (RENT, "owns_home_in_city")
    assert talk.conversation.facts == {}


def test_a_question_of_how_much_is_answered_not_checked(talk):
    assert talk.say("我没房 成都租房能提多少公积金", RENT).kind == OutcomeKind.ANSWERED


def test_every_check_can_be_started_by_its_title(talk, library):
    for check in library.checks.values():
        talk.conversation.city = check.scope if check.scope in library.cities else "chengdu"
        outcome = talk.say(f"测一测：{check.title}")
        assert (outcome.need, bool(outcome.asks)) == (check.need, True), check.id


def test_wages_due_last_month_are_overdue(talk):
    talk.say("帮我看看欠薪能不能投诉", "wages.unpaid_wages")
    assert talk.say("上个月就该发了").verdict != "not_met"


def test_an_answer_to_another_question_leaves_the_one_asked_open(talk):
    talk.say("帮我看看能不能申请创业担保贷款", "startup_employment.startup_guarantee_loan")
    outcome = talk.say("没得别的贷款")
    assert outcome.asks == "business_registered"
    assert outcome.verdict != "not_met"


def test_a_year_told_for_a_length_is_heard(talk):
    talk.say("帮我看看在成都我算新市民吗", "new_citizen.new_citizen_eligibility")
    assert talk.say("迁了，去年迁的").verdict == "met"


def test_several_months_tell_no_number(talk):
    talk.say("帮我看看上海能不能提公积金付房租", RENT)
    talk.say("木有房子")
    assert talk.say("好几个月了").asks == "months_paid"


def test_the_check_goes_to_the_city_one_would_work_in(talk):
    talk.say("帮我看看在成都我算新市民吗", "new_citizen.new_citizen_eligibility")
    talk.say("没落户")
    assert talk.say("那我要是去北京上班呢").city == "beijing"


def test_the_city_one_lives_in_stands_before_what_is_told_of_the_hukou(talk):
    outcome = talk.say("我在成都 户口落了两年半 我算不算新市民", NEW)
    assert (outcome.city, dict(outcome.reasons).get("came_to_live")) != ("", "not_met")
    assert talk.conversation.city == "chengdu"


def test_a_check_asked_for_is_found_behind_a_surer_neighbour(talk):
    talk.say("我在成都", "chitchat.greeting")
    needs = ("housing_fund.fund_loan_process", "housing_fund.fund_loan_eligibility")
    assert talk.say("公积金贷款呢 帮我看看", *needs, sure=0.73).asks == "fund_loan_open"


def test_where_one_comes_from_is_no_answer_to_where_one_lives(talk):
    talk.say("测一测成都新市民", NEW)
    talk.say("来了两年")
    assert "hukou_years" not in talk.conversation.facts
    talk.say("没有落户")
    assert talk.say("有，外地农村的").verdict == ""
    assert "lives_here" not in talk.conversation.facts
    assert talk.say("在这边上班，老家农村的").verdict == "met"


@pytest.mark.parametrize("city", ["", "在成都"])
def test_a_city_lived_in_before_is_not_said_against_living_here(talk, city):
    talk.say(f"帮我看看{city}我算新市民吗", NEW)
    talk.say("以前在北京打过工，现在在成都")
    assert talk.conversation.facts["lives_here"]["value"] is True


def test_a_city_lived_in_before_alone_tells_nothing(talk):
    talk.say("测一测成都新市民", NEW)
    talk.say("没有落户")
    talk.say("以前在北京打过工")
    assert "lives_here" not in talk.conversation.facts
