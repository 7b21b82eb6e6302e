"""Numbers and hours."""

from datetime import datetime
from zoneinfo import ZoneInfo


def test_a_named_bank_gets_its_own_line(talk):
    outcome = talk.say("建行的客服电话是几号", "contact.bank_phone")
    assert "95533" in outcome.text
    assert "95588" not in outcome.text


def test_a_bank_without_a_known_number_is_not_given_one(talk):
    outcome = talk.say("四川银行电话", "contact.bank_phone")
    assert not any(c.isdigit() for c in outcome.text)


def test_a_hotline_is_found_by_its_subject(talk):
    assert "12393" in talk.say("医保报销的事该打什么电话", "contact.hotline_number").text


def test_a_number_is_explained(talk):
    assert "银行" in talk.say("12378是什么电话", "contact.hotline_number").text


def test_service_hours_say_whether_somebody_is_there_now(talk):
    assert "在服务时间内" in talk.say("人工几点上班", "contact.service_hours").text
    talk.now = datetime(2026, 11, 22, 10, 0, tzinfo=ZoneInfo("Asia/Shanghai"))
    assert "不在服务时间" in talk.say("人工几点上班", "contact.service_hours").text


def test_a_line_that_nobody_answers_gets_another_way(talk):
    outcome = talk.say("12333一直占线", "contact.hotline_number")
    assert "12345" in outcome.text
    assert "人工" in [choice.say for choice in outcome.choices]
