"""What is switched off is not said, however a turn came to it; alarms and people always get through."""

from __future__ import annotations

from datetime import datetime

import pytest

from actions.outcome import Outcome, OutcomeKind
from actions.turn import Conversation
from bot.assistant import Assistant
from bot.inbound import Inbound
from bot.live.switches import NONE, Switch, Switches, of
from content.find import Library
from content.load import library_from_texts

RENT = "housing_fund.rent_withdrawal"
NOW = datetime.fromisoformat("2026-11-20T10:30:00+08:00")


@pytest.fixture(scope="module")
def library(shipped) -> Library:
    return library_from_texts(shipped)


def rent(city: str = "chengdu") -> Outcome:
    return Outcome(
        OutcomeKind.ANSWERED,
        "每月可以提。",
        citation="依据",
        need=RENT,
        city=city,
        answer_id=f"{RENT}@{city}",
    )


def test_one_answer_is_off_and_its_neighbours_are_not(library) -> None:
    off = Switches(answers=frozenset({f"{RENT}@chengdu"}))
    said = off.apply(rent(), library)
    assert "每月可以提" not in said.text
    assert "12329" in said.text
    assert said.answer_id == ""
    other = rent("beijing")
    assert off.apply(other, library) is other


def test_one_city_is_off_by_name(library) -> None:
    said = Switches(cities=frozenset({"chengdu"})).apply(rent(), library)
    assert "成都" in said.text
    assert "每月可以提" not in said.text


@pytest.mark.parametrize(
    "kind", [OutcomeKind.URGENT_FRAUD, OutcomeKind.HANDED_OFF, OutcomeKind.CHITCHAT]
)  # fmt: skip
def test_alarms_people_and_the_menu_are_never_off(library, kind) -> None:
    outcome = Outcome(kind, "先打 110", need="fraud.scam_victim_urgent", city="chengdu")
    everything = Switches(assistant_off=True, cities=frozenset({"chengdu"}))
    assert everything.apply(outcome, library) is outcome


def test_everything_off_still_names_whom_to_call(library) -> None:
    said = Switches(assistant_off=True).apply(rent(), library)
    assert said.kind == OutcomeKind.SERVICE_TROUBLE
    assert "12329" in said.text
    assert [c.say for c in said.choices] == ["菜单", "人工"]


def test_a_notice_stands_before_every_reply_but_not_before_silence(library) -> None:
    notice = Switches(notice="今晚检修")
    assert notice.apply(rent(), library).text.startswith("【通知】今晚检修\n")
    silent = Outcome(OutcomeKind.HANDED_OFF, "", silent=True)
    assert notice.apply(silent, library) is silent


def test_the_given_outcome_is_not_changed(library) -> None:
    outcome = rent()
    Switches(notice="x", assistant_off=True).apply(outcome, library)
    assert outcome.text == "每月可以提。"


def test_switches_that_ended_do_nothing() -> None:
    assert of([Switch("assistant", "", until=5.0)], 6.0) == NONE
    assert of([Switch("assistant", "", until=7.0)], 6.0).assistant_off


@pytest.mark.parametrize(("key", "allowed"), [("CONTACTS", True), ("MENU", True), (RENT, False)])
async def test_the_menu_and_the_contacts_stay_when_everything_is_off(
    library, key: str, allowed: bool
) -> None:
    assistant = Assistant(lambda: library, None, switches=lambda: Switches(assistant_off=True))
    talk = Conversation(city="chengdu")
    response = await assistant.respond(Inbound("click", NOW, key=key), talk, NOW)
    assert ("助手正在检修" not in response.outcome.text) == allowed


async def test_without_rasa_too_an_answer_that_is_off_is_not_said(library) -> None:
    on, off = (
        Assistant(lambda: library, None, switches=lambda s=s: s)
        for s in (NONE, Switches(answers=frozenset({f"{RENT}@chengdu"})))
    )
    talk = Conversation(city="chengdu")
    inbound = Inbound("click", NOW, key=RENT)
    assert (await on.respond(inbound, talk, NOW)).outcome.answer_id == f"{RENT}@chengdu"
    response = await off.respond(inbound, talk, NOW)
    assert "正在核对" in response.outcome.text
    assert response.conversation.pending == {}
