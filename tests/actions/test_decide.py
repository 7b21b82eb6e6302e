"""From a ranking to a reply."""

from actions.outcome import OutcomeKind

RENT, BUY = "housing_fund.rent_withdrawal", "housing_fund.purchase_withdrawal"


def test_a_sure_need_is_answered_without_alternatives(talk):
    outcome = talk.say("成都租房提公积金", RENT, BUY, sure=0.97)
    assert outcome.kind == OutcomeKind.ANSWERED
    assert not outcome.suggestions


def test_below_certainty_the_runner_up_can_be_tapped(talk):
    outcome = talk.say("成都租房提公积金", RENT, BUY, sure=0.8)
    assert outcome.suggestions == (BUY,)
    assert outcome.offer


def test_below_certainty_the_runner_up_stands_after_the_cities(talk):
    outcome = talk.say("我租着房公积金能不能动", RENT, BUY, sure=0.8)
    assert outcome.kind == OutcomeKind.NEEDS_CITY
    assert outcome.suggestions == (BUY,)
    assert "点最后的选项" in outcome.text
    last = len(outcome.choices)
    assert outcome.choices[-1].say == talk.library.needs[BUY].say
    assert talk.say(str(last)).need == BUY


def test_where_the_need_is_certain_only_cities_are_offered(talk):
    outcome = talk.say("我租着房公积金能不能动", RENT, BUY, sure=0.98)
    assert outcome.kind == OutcomeKind.NEEDS_CITY
    assert not outcome.suggestions


def test_an_unsure_message_is_asked_back(talk):
    outcome = talk.say("公积金那个事", RENT, BUY, sure=0.4)
    assert outcome.kind == OutcomeKind.CLARIFY
    assert talk.say("2").need == BUY


def test_nonsense_with_a_high_score_is_not_answered_outright(talk):
    assert talk.say("啦啦啦啦", RENT, sure=0.8).kind != OutcomeKind.ANSWERED


def test_what_is_most_likely_elsewhere_is_declined(talk):
    outcome = talk.say("附近哪家火锅好吃", "out_of_scope.other", RENT, sure=0.5)
    assert outcome.kind == OutcomeKind.OUT_OF_SCOPE
    assert "资料未载" not in outcome.text


def test_the_second_miss_offers_a_person(talk):
    talk.say("嗡嗡嗡嗡", "wages.no_contract", sure=0.02)
    outcome = talk.say("嘟嘟嘟嘟", "wages.no_contract", sure=0.02)
    assert outcome.handoff == "offered"


def test_a_reply_without_a_source_says_so(talk):
    outcome = talk.say("工行的卡怎么销户", "banking_basics.close_account")
    assert "没有官方出处" in outcome.citation


def test_another_city_is_never_answered_with_a_covered_citys_clause(talk):
    outcome = talk.say("深圳公积金全程网办同城联办", "housing_fund.fund_withdrawal", sure=0.36)
    assert outcome.notices == ()
    assert "成都" not in outcome.text
