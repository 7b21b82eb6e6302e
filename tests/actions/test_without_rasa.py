"""Without the classifier a citizen gets the answer, a choice or the menu, never silence."""

from __future__ import annotations

import pytest

from actions import decide, pipeline
from actions.outcome import OutcomeKind
from actions.turn import Conversation, Turn, Understanding
from actions.wire import found_entities
from content.find import Library
from tests.actions.conftest import NOON as NOW


def asked(library: Library, text: str, *guesses: tuple[str, float], city: str = "") -> Turn:
    heard = Understanding(entities=found_entities(text), guesses=guesses)
    return Turn(text, text, NOW, library, Conversation(city=city), heard)


def test_a_guess_that_leads_is_answered_with_its_source(library: Library) -> None:
    turn = asked(
        library, "在成都租房怎么提公积金", ("housing_fund.rent_withdrawal", 1.0), ("wages.no_contract", 0.5)
    )
    outcome = pipeline.late(turn)
    assert (outcome.need, outcome.city) == ("housing_fund.rent_withdrawal", "chengdu")
    assert outcome.citation


def test_close_guesses_are_offered_and_the_number_is_understood(library: Library) -> None:
    near = ("housing_fund.rent_withdrawal", 1.0), ("housing_fund.withdrawal_arrival_time", 0.95)
    turn = asked(library, "那笔钱的事", *near, city="chengdu")
    outcome = pipeline.late(turn)
    assert (outcome.kind, outcome.asks) == (OutcomeKind.CLARIFY, "choice")
    assert outcome.suggestions == tuple(need for need, _ in near)
    second = Turn("2", "2", NOW, library, turn.conversation, Understanding())
    assert pipeline.respond(second).need == near[1][0]


def test_far_guesses_are_not_offered(library: Library) -> None:
    near = (
        ("housing_fund.rent_withdrawal", 1.0),
        ("housing_fund.fund_definition", 0.95),
        ("wages.no_contract", 0.3),
    )
    outcome = pipeline.late(asked(library, "那笔钱的事", *near, city="chengdu"))
    assert outcome.suggestions == (near[0][0], near[1][0])


def test_a_leading_guess_without_a_word_of_its_subject_is_only_offered(library: Library) -> None:
    outcome = pipeline.late(asked(library, "你先歇着吧", ("fraud.scam_victim_urgent", 1.0)))
    assert outcome.kind == OutcomeKind.CLARIFY


def test_an_emergency_is_not_offered_but_met(library: Library) -> None:
    close = ("fraud.scam_victim_urgent", 1.0), ("fraud.scam_identify", 0.99)
    outcome = pipeline.late(asked(library, "诈骗的拿走我八千", *close))
    assert outcome.kind == OutcomeKind.URGENT_FRAUD
    assert "110" in outcome.text


def test_without_guesses_the_answers_are_searched(library: Library) -> None:
    outcome = pipeline.late(asked(library, "异地就医备案"))
    assert outcome.need == "medical.offsite_medical_registration" or outcome.suggestions


@pytest.mark.parametrize("text", ["噫吁嚱", "qwertz", "？？？"])
def test_what_nobody_knows_gets_the_menu(library: Library, text: str) -> None:
    outcome = decide.step(asked(library, text))
    assert outcome is not None
    assert outcome.kind == OutcomeKind.NOT_UNDERSTOOD
    assert "菜单" in outcome.choices[0].say
