"""What was told in a check is forgotten by name or altogether; anger at us is offered a person."""

import pytest

RENT = "housing_fund.rent_withdrawal"
DELETE = "privacy.delete_data"


@pytest.fixture
def told(talk):
    talk.say("我在成都租房，没有房，公积金交了五个月，帮我看看能不能提", RENT)
    assert set(talk.conversation.facts) >= {"owns_home_in_city", "months_paid"}
    return talk


@pytest.mark.parametrize("said", ["把有没有房忘掉", "把我本地有没有房删了", "忘掉房子的事"])
def test_one_fact_is_forgotten_by_its_name_and_said_so(told, said):
    outcome = told.say(said, DELETE)
    assert "本地有没有房" in outcome.text
    assert outcome.asks != "confirm_delete"
    assert set(told.conversation.facts) == {"months_paid"}


@pytest.mark.parametrize("said", ["忘掉我刚才说的", "把我刚才说的都忘掉", "把我前面答的全忘了"])
def test_all_that_was_told_is_forgotten_and_said_so(told, said):
    outcome = told.say(said, DELETE)
    assert "已经忘掉" in outcome.text
    assert "连续缴存" in outcome.text
    assert not told.conversation.facts


def test_a_fact_is_forgotten_in_the_middle_of_a_check(talk):
    talk.say("测一测：能不能提成都的公积金付房租", RENT)
    talk.say("没有")
    outcome = talk.say("把有没有房忘掉", "chitchat.insult")
    assert "已经忘掉：本地有没有房" in outcome.text
    assert any(choice.say.startswith("继续测") for choice in outcome.choices)


def test_what_is_not_kept_is_said_not_to_be(talk):
    assert "没有记着" in talk.say("把有没有房忘掉", DELETE).text
    assert "没有要忘的" in talk.say("忘掉我刚才说的", DELETE).text


@pytest.mark.parametrize("said", ["把我的数据都删掉", "忘掉我的一切", "删掉我的全部记录"])
def test_everything_is_deleted_only_after_a_yes(told, said):
    assert told.say(said, DELETE).asks == "confirm_delete"
    assert told.conversation.facts


def test_a_forgotten_date_is_no_wish_to_forget(talk):
    talk.say("测一测：能不能提成都的公积金付房租", RENT)
    talk.say("没有")
    assert "没有记着" not in talk.say("忘了连续缴存多久").text


@pytest.mark.parametrize("said", ["垃圾机器人", "什么破机器人", "你这客服真垃圾", "傻逼机器人！"])
def test_anger_at_us_is_offered_a_person(talk, said):
    outcome = talk.say(said, "out_of_scope.other")
    assert outcome.need == "complaint.complain_bot"
    assert any("人工" in choice.say for choice in outcome.choices)


@pytest.mark.parametrize("said", ["公司破产了社保怎么办", "垃圾短信怎么举报", "医院系统坏了怎么报销"])
def test_a_bad_thing_elsewhere_is_no_anger_at_us(talk, said):
    assert talk.say(said, "chitchat.greeting").need != "complaint.complain_bot"
