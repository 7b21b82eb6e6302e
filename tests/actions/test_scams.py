"""Is this a scam? The answer names the trick it resembles."""

import pytest

from actions.signals import Detector


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("给商家点赞做单一天两百 现在做联单得自己垫钱 这是正规兼职吗", "刷单"),
        ("面试完叫我先交体检费服装费才能入职 靠谱吗", "求职"),
        ("有中介说没买房也能把公积金全提出来 收一成", "公积金"),
        ("杀猪盘是啥", "杀猪盘"),
        ("培训贷是不是坑", "培训贷"),
        ("医保停用是骗局吗", "医保"),
    ],
)
def test_a_story_gets_the_signs_of_its_own_trick(talk, text, name):
    outcome = talk.say(text, "fraud.scam_identify")
    assert name in outcome.text
    assert "依据" in outcome.citation


def test_a_story_like_no_known_trick_gets_the_general_answer(talk):
    outcome = talk.say("这样是不是有问题", "fraud.scam_identify")
    assert not outcome.answer_id.startswith("scam:")


def test_no_scam_answer_says_something_is_safe(library):
    texts = "".join(
        s + "".join(k["signs"] + k["do"]) for k in library.fraud["scams"]["scams"] for s in [k["name"]]
    )
    assert "放心转" not in texts
    assert "一定能追回" not in texts


def test_a_message_is_searched_for_signs_once(talk, monkeypatch):
    searched = []
    check = Detector.check
    monkeypatch.setattr(Detector, "check", lambda self, raw: searched.append(raw) or check(self, raw))
    text = "面试完叫我先交体检费服装费才能入职 靠谱吗"
    assert "求职" in talk.say(text, "fraud.scam_identify").text
    assert searched == [text]


@pytest.mark.parametrize("text", ["代理退保靠谱吗", "全额退保是真的吗"])
def test_a_trick_asked_about_by_name_is_named_whatever_its_subject(talk, text):
    outcome = talk.say(text, "insurance.policy_dispute")
    assert outcome.answer_id == "scam:surrender_agent"


def test_an_offer_of_a_named_trick_is_likely_a_scam(talk):
    outcome = talk.say("有人找我说能全额退保", "insurance.policy_dispute")
    assert (outcome.verdict, outcome.answer_id) == ("likely_scam", "scam:surrender_agent")


def test_its_name_without_a_doubt_is_left_to_the_subject(talk):
    assert talk.say("租房押金怎么退", "rental.deposit_refund").need == "rental.deposit_refund"
