"""A cry asks whether money is in danger; nothing else is held up by it."""

import pytest

from actions.outcome import OutcomeKind

VICTIM = "fraud.scam_victim_urgent"


@pytest.mark.parametrize("text", ["完了完了", "救命啊", "出事了", "天呐怎么办"])
def test_a_bare_cry_asks_about_money(talk, text):
    outcome = talk.say(text, "chitchat.bye")
    assert outcome.kind == OutcomeKind.CLARIFY
    assert outcome.suggestions[0] == VICTIM


def test_a_yes_to_it_begins_the_steps(talk):
    talk.say("完了完了", "chitchat.bye")
    assert talk.say("是的").kind == OutcomeKind.URGENT_FRAUD


def test_after_an_answer_the_same_words_ask_what_to_do(talk):
    talk.say("老板拖欠工资", "wages.unpaid_wages")
    assert talk.say("怎么办", "chitchat.bye", sure=0.2).need == "wages.unpaid_wages"


def test_a_few_words_that_only_a_classifier_finds_urgent_begin_no_steps(talk):
    talk.say("公司不给交社保", "wages.no_social_insurance")
    assert talk.say("说交了扣得多", VICTIM, sure=0.4).kind != OutcomeKind.URGENT_FRAUD
