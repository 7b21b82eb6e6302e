"""帮我看看这条消息."""

import json
from pathlib import Path

import pytest

from actions.message_check import detector
from actions.outcome import OutcomeKind

MESSAGES = Path(__file__).resolve().parents[1] / "questions" / "messages.jsonl"
ROWS = [json.loads(line) for line in MESSAGES.read_text(encoding="utf-8").splitlines()]


def verdict(library, row) -> str:
    return detector(library).check(row["text"]).verdict


def test_scams_of_many_kinds_are_flagged(library):
    scams = [r for r in ROWS if r["verdict"] == "likely_scam"]
    flagged = [r for r in scams if verdict(library, r) in {"likely_scam", "suspicious"}]
    assert len(flagged) / len(scams) >= 0.9


def test_ordinary_messages_are_not_called_scams(library):
    benign = [r for r in ROWS if r["verdict"] == "no_sign_found"]
    fine = [r for r in benign if verdict(library, r) != "likely_scam"]
    assert len(fine) / len(benign) >= 0.95


@pytest.mark.parametrize(
    "told",
    ["短信讲我的社保卡要停用，让点链接激活", "说我账户异常，叫我打开网址填资料", "讲ETC失效，要进去网页认证"],
)
def test_a_threat_with_a_link_is_known_when_only_told(library, told):
    assert detector(library).check(told).verdict == "likely_scam"


def test_a_warning_about_such_links_is_none(library):
    text = "【医保局】社保卡停用的短信请勿点击链接，有疑问打12333"
    assert detector(library).check(text).verdict == "no_sign_found"


def test_the_mildest_verdict_promises_nothing(talk):
    outcome = talk.say("【菜鸟驿站】您的包裹已到3号店，请凭取件码领取")
    assert outcome.verdict == "no_sign_found"
    assert "不能保证" in outcome.text
    assert "安全" not in outcome.text


def test_the_text_is_asked_for_and_then_judged(talk):
    assert talk.say("帮我看看这条短信", "fraud.scam_message_check").kind == OutcomeKind.CLARIFY
    assert talk.say("恭喜抽中一等奖 先交五百手续费到这个账户才能领").verdict == "likely_scam"


def test_a_code_in_the_message_is_not_repeated(talk):
    assert "771204" not in talk.say("【工商银行】验证码771204，切勿告知他人").text


@pytest.mark.parametrize("mark", ["【证件号】", "【手机号】"])
def test_our_own_masking_is_no_pasted_message(talk, mark):
    outcome = talk.say("身份证110101199003070000 帮我查下公积金有多少", "housing_fund.fund_query_balance")
    assert outcome.verdict == ""
    assert mark not in outcome.text


def test_having_done_nothing_of_it_is_good_and_says_what_is_left_to_do(talk):
    talk.say("恭喜抽中一等奖 先交五百手续费到这个账户才能领 帮我看看", "fraud.scam_message_check")
    outcome = talk.say("没点开", "complaint.complain_bot")
    assert outcome.need == "fraud.scam_message_check"
    assert "96110" in outcome.text


def test_who_has_nothing_to_paste_is_offered_what_else_it_may_be(talk):
    outcome = talk.say("帮我看看这条短信", "fraud.scam_message_check", sure=0.9)
    assert outcome.asks == "message"
    assert outcome.suggestions == ("fraud.scam_identify", "fraud.scam_victim_urgent")
    assert [choice.say for choice in outcome.choices] == [
        talk.library.needs[n].say for n in outcome.suggestions
    ]
    assert talk.say("2").kind == OutcomeKind.URGENT_FRAUD


@pytest.mark.parametrize("sure", [0.7, 0.95])
def test_a_pasted_lure_is_judged_though_the_classifier_hears_a_doubt(talk, sure):
    text = "员工内购手机半价，别走平台，先加我微信转300块定金留货"
    assert talk.say(text, "fraud.scam_identify", sure=sure).verdict == "likely_scam"


@pytest.mark.parametrize("need", ["fraud.scam_identify", "small_business_loan.business_loan_general"])
def test_a_told_offer_gets_a_verdict_however_sure_the_doubt(talk, need):
    offer = "有人拉我投个养老项目，一年十二个点，说国家支持的"
    found = talk.say(offer, need)
    assert (found.verdict == "suspicious") is (need == "fraud.scam_identify")


def test_a_question_about_a_kind_of_fraud_keeps_its_own_answer(talk):
    assert talk.say("一年十二个点的养老项目是不是骗局，怎么看", "fraud.scam_identify").verdict == ""
