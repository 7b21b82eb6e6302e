"""A list of ours stays until it is picked from, and never leaves a form open behind it."""

from actions import events, pipeline
from actions.outcome import OutcomeKind
from actions.turn import Conversation, Turn

RENT = "housing_fund.rent_withdrawal"
CLOSE = ("startup_employment.unemployment_benefit", "pension.social_insurance_basics")


def located(talk, lat, lon, label):
    turn = Turn("", "", talk.now, talk.library, talk.conversation)
    outcome = pipeline.finish(turn, events.location(turn, lat, lon, label))
    talk.conversation = Conversation.from_json(turn.conversation.to_json())
    return outcome


def seen(talk, kind):
    turn = Turn("", "", talk.now, talk.library, talk.conversation)
    outcome = pipeline.finish(turn, events.media(kind))
    talk.conversation = Conversation.from_json(turn.conversation.to_json())
    return outcome


def test_a_city_said_before_picking_keeps_the_list(talk):
    talk.say("厂里不要我了 社保也停了", *CLOSE, sure=0.4)
    outcome = talk.say("我在北京")
    assert (outcome.suggestions, talk.conversation.city) == (CLOSE, "beijing")
    assert talk.say("1").need == CLOSE[0]


def test_a_city_in_an_unclear_question_is_remembered(talk):
    talk.say("重庆厂里不要我了 社保也停了", *CLOSE, sure=0.4)
    assert talk.conversation.city == "chongqing"


def test_one_guess_alone_is_asked_as_yes_or_no(talk):
    outcome = talk.say("这个房子买得成不", "home_purchase.buy_advice", sure=0.5)
    assert "哪一个" not in outcome.text
    assert talk.say("是的").need == "home_purchase.buy_advice"


def test_a_subject_and_a_city_alone_list_what_can_be_asked(talk):
    outcome = talk.say("成都公积金", "housing_fund.contribution_how", sure=0.35)
    assert (outcome.kind, talk.conversation.city) == (OutcomeKind.CLARIFY, "chengdu")
    assert RENT in outcome.suggestions


def test_a_number_picks_from_the_menu_and_not_for_the_form_before_it(talk):
    talk.say("帮我看看成都能不能提房租", RENT)
    talk.say("没房")
    talk.say("菜单")
    assert talk.say("2").kind == OutcomeKind.CLARIFY
    assert "months_paid" not in talk.conversation.facts
    assert talk.say("继续").asks == "months_paid"


def test_what_cannot_be_read_in_a_form_asks_its_question_again(talk):
    talk.say("帮我看看成都能不能提房租", RENT)
    outcome = seen(talk, "image")
    assert (outcome.asks, "自己的房子" in outcome.text) == ("owns_home_in_city", True)
    assert talk.say("没有").asks == "months_paid"


def test_a_location_in_a_form_moves_it_to_that_city(talk):
    talk.say("帮我看看成都能不能提房租", RENT)
    outcome = located(talk, 29.56, 106.55, "重庆市渝中区")
    assert outcome.asks == "owns_home_in_city"
    talk.say("没有")
    assert "重庆" in talk.say("交了一年").text


def test_a_location_answers_which_city(talk):
    assert talk.say("租房提公积金", RENT).asks == "city"
    outcome = located(talk, 30.66, 104.06, "四川省成都市锦江区")
    assert (outcome.kind, outcome.city) == (OutcomeKind.ANSWERED, "chengdu")


def test_a_location_without_content_answers_which_city_too(talk):
    talk.say("租房提公积金", RENT)
    outcome = located(talk, 22.54, 114.06, "深圳市福田区")
    assert (outcome.kind, outcome.need) == (OutcomeKind.CITY_NOT_COVERED, RENT)
    assert "深圳" in outcome.text
