"""A person has the conversation, but not for ever."""

from datetime import timedelta

from actions.outcome import OutcomeKind

RENT = "housing_fund.rent_withdrawal"


def test_who_keeps_writing_to_nobody_is_answered_after_half_an_hour(talk):
    assert talk.say("转人工", "contact.human_agent").handoff == "started"
    for _ in range(2):
        talk.now += timedelta(minutes=14)
        assert talk.say("还有人吗", RENT).silent
    talk.now += timedelta(minutes=14)
    outcome = talk.say("成都租房能提公积金吗", RENT)
    assert (outcome.kind, outcome.silent) == (OutcomeKind.ANSWERED, False)
