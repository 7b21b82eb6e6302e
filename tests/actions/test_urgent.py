"""Fraud first: whatever is under way, the steps come at once."""

import pytest

from actions.outcome import OutcomeKind


@pytest.mark.parametrize(
    "text",
    [
        "我刚把两万块打给骗子了",
        "钱已经转过去 对方把我删了",
        "电话里的警官叫我现在把存款转到安全账户 我还没挂",
        "我把验证码告诉那个客服了咋整",
    ],
)
def test_an_emergency_gets_the_steps_without_a_classifier(talk, text):
    outcome = talk.say(text)
    assert outcome.kind == OutcomeKind.URGENT_FRAUD
    assert "110" in outcome.text
    assert len(outcome.text) <= 300


def test_the_steps_name_the_bank_that_was_named(talk):
    assert "95588" in talk.say("我刚从工行转了五千给骗子").text


def test_an_emergency_interrupts_a_check(talk):
    talk.say("帮我看看在成都我算新市民吗", "new_citizen.new_citizen_eligibility")
    assert talk.say("等下 我刚被骗了三千块").kind == OutcomeKind.URGENT_FRAUD
    assert talk.conversation.check["open"]


def test_questions_after_the_steps_are_about_the_emergency(talk):
    talk.say("刚给骗子转了一万")
    assert "110" in talk.say("先打银行还是先报警").text
    assert "不能保证" in talk.say("钱还追得回来吗").text
    assert "通话记录" in talk.say("要准备些什么材料").text


@pytest.mark.parametrize("text", ["怎么防止被骗", "公积金转移怎么办", "转人工", "工资没给我转过来"])
def test_ordinary_questions_raise_no_alarm(talk, text):
    assert talk.say(text, "housing_fund.cross_city_transfer").kind != OutcomeKind.URGENT_FRAUD


DOUBTFUL = "老板把我拉黑了，两千六的工钱没结"
"""Rings like money lost to a stranger; no word of it speaks of fraud."""


def test_a_doubtful_alarm_is_none_where_the_classifier_sees_another_subject(talk):
    assert talk.say(DOUBTFUL, "wages.unpaid_wages").kind != OutcomeKind.URGENT_FRAUD


def test_a_doubtful_alarm_counts_where_the_classifier_has_any_doubt(talk):
    outcome = talk.say(
        DOUBTFUL, "wages.unpaid_wages", "out_of_scope.other", "fraud.scam_victim_urgent", sure=0.3
    )
    assert outcome.kind == OutcomeKind.URGENT_FRAUD


def test_a_doubtful_alarm_counts_while_nobody_understands(talk):
    assert talk.say(DOUBTFUL).kind == OutcomeKind.URGENT_FRAUD


def test_a_word_of_fraud_needs_no_second_opinion(talk):
    assert talk.say("被骗了三千块", "wages.unpaid_wages").kind == OutcomeKind.URGENT_FRAUD


def test_a_code_that_someone_wants_read_out_is_an_alarm(talk):
    talk.say("【招商银行】验证码883012，用于登录手机银行，请勿告诉他人")
    outcome = talk.say("刚有客服来电 要我把它念给他")
    assert outcome.verdict == "likely_scam"
    assert "95555" in outcome.text


def test_recovery_is_never_promised(talk):
    outcome = talk.say("前几个月被骗了 现在有律师说交服务费能追回")
    assert outcome.verdict == "likely_scam"
    assert "别交钱" in outcome.text


def test_money_that_is_only_meant_to_be_sent_is_stopped_first(talk):
    outcome = talk.say("我妈非要给网上认识的老师汇八万，她都到银行门口了", "fraud.scam_victim_urgent")
    assert outcome.text.startswith("先别转") or "钱留在手里" in outcome.text


def test_a_word_that_says_nothing_begins_no_steps(talk):
    assert talk.say("要", "fraud.scam_in_progress").kind != OutcomeKind.URGENT_FRAUD


LENT = "法律是禁止的"
"""Said only to those who have handed a card over."""


@pytest.mark.parametrize(
    "text", ["我把银行卡借给别人了", "卡借给朋友走账了", "银行卡和密码都借给老乡用了", "电话卡租给网上的人了"]
)
def test_a_card_lent_leads_whatever_the_classifier_ranks(talk, text):
    outcome = talk.say(text, "fraud.card_lending_risk")
    assert outcome.kind == OutcomeKind.URGENT_FRAUD
    assert LENT in outcome.text
    assert "挂失" in outcome.text


@pytest.mark.parametrize(
    "text", ["银行卡借给朋友收钱会不会坐牢", "同事把卡借给我用了", "没把卡借给别人", "社保卡借给我妈用了"]
)
def test_a_card_not_lent_raises_no_alarm(talk, text):
    assert talk.say(text, "fraud.card_lending_risk").kind != OutcomeKind.URGENT_FRAUD


def test_a_card_told_to_a_swindler_is_still_a_secret_given(talk):
    assert LENT not in talk.say("我把银行卡和密码都给了骗子").text


@pytest.mark.parametrize(
    "text",
    ["我领导微信让我转五万是不是骗子", "领导叫我把钱转过去，是不是诈骗", "弹窗说我中奖了要先交税"],
)
def test_a_transfer_only_asked_for_gets_the_steps_before_paying(talk, text):
    outcome = talk.say(text, "fraud.scam_victim_urgent")
    assert outcome.kind == OutcomeKind.URGENT_FRAUD
    assert talk.conversation.fraud["open"] == "about_to_pay"


@pytest.mark.parametrize(
    "text",
    [
        "领导让我转五万我转了 是骗子",
        "骗子让我转了五万",
        "骗子又让我再转两万",
        "弹窗说我中奖了要先交税我交了三千",
    ],
)
def test_a_transfer_that_may_be_made_keeps_the_steps_of_a_victim(talk, text):
    talk.say(text, "fraud.scam_victim_urgent")
    assert talk.conversation.fraud["open"] == "just_paid"


@pytest.mark.parametrize("need", ["fraud.scam_victim_urgent", "fraud.scam_in_progress"])
@pytest.mark.parametrize("text", ["弹窗说我中奖了", "有人打电话说我中奖了", "短信说我ETC失效了"])
def test_what_is_only_announced_gets_the_warning_and_no_steps(talk, text, need):
    outcome = talk.say(text, need)
    assert outcome.kind == OutcomeKind.ANSWERED
    assert "先别照做" in outcome.text


@pytest.mark.parametrize(
    "text",
    ["弹窗说我中奖了 点进去钱没了", "短信提示我消费了三千", "网页提示我电脑中毒了", "网页说社保停了我正填着"],
)
def test_an_announcement_with_more_or_without_signs_keeps_the_steps(talk, text):
    assert talk.say(text, "fraud.scam_victim_urgent").kind == OutcomeKind.URGENT_FRAUD


@pytest.mark.parametrize("text", ["二手平台卖手机会不会被买家骗", "是不是会被骗"])
def test_a_worry_is_no_emergency_where_the_classifier_sees_a_question(talk, text):
    assert talk.say(text, "fraud.scam_identify", sure=0.99).kind != OutcomeKind.URGENT_FRAUD


@pytest.mark.parametrize(
    "text", ["我会不会被骗了", "刚转了五万会不会被骗", "卡号给他了会不会被骗钱", "我怕是被骗走了"]
)
def test_a_worry_after_the_deed_is_an_emergency(talk, text):
    assert talk.say(text, "fraud.scam_identify", sure=0.99).kind == OutcomeKind.URGENT_FRAUD
