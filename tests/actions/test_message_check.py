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
