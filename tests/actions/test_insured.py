"""Insured at home, treated elsewhere."""

import pytest

from actions.insured import treated_in
from actions.outcome import OutcomeKind

NEED = "medical.offsite_reimbursement"


@pytest.mark.parametrize("text", ["去郑州看病怎么报销", "到郑州住院能报多少", "转到郑州的医院"])
def test_where_one_goes_for_treatment_is_not_the_city_asked_about(text):
    assert treated_in(text, "郑州")


@pytest.mark.parametrize("text", ["郑州的医保怎么交", "我在郑州上班去哪看病", "去郑州打工医保怎么交"])
def test_where_one_lives_or_works_is_the_city_asked_about(text):
    assert not treated_in(text, "郑州")


def test_the_rules_of_home_are_said_to_whom_goes_elsewhere_for_treatment(talk):
    talk.say("我在新乡")
    outcome = talk.say("去郑州看病怎么报销", NEED)
    assert outcome.city == "xinxiang"
    assert outcome.kind != OutcomeKind.CITY_NOT_COVERED
    assert talk.conversation.city == "xinxiang"


def test_without_a_known_home_another_place_is_still_declined_by_name(talk):
    assert talk.say("去郑州看病怎么报销", NEED).kind == OutcomeKind.CITY_NOT_COVERED
