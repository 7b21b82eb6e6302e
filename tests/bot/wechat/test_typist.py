"""Showing that somebody writes: when, how often, and that its trouble is nobody else's."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

import pytest

from bot.wechat.client import ApiRefused, ApiUnreachable
from bot.wechat.typist import LONG_QUIET_S, QUIET_S, SHOWN_S, WAITING, Typist
from tests.support.channel import text_xml
from tests.support.servers import WAIT_S

ALI, BO = "oAli0000000000000000000000001", "oBo00000000000000000000000002"


class Phone:
    """A double of the API: what was shown, and what it answers next."""

    def __init__(self) -> None:
        self.shown: list[tuple[str, bool]] = []
        self.error: Exception | None = None
        self.before: Callable[[], Any] = lambda: None

    def typing(self, openid: str, on: bool) -> None:
        self.before()
        if self.error is not None:
            raise self.error
        self.shown.append((openid, on))


class Desk:
    """A typist with a clock that is set by hand."""

    def __init__(self) -> None:
        self.phone = Phone()
        self.now = 0.0
        self.right = True
        self.typist = Typist(self.phone, lambda: self.right, lambda: self.now)

    def show(self, openid: str = ALI, wanted: Callable[[], bool] = lambda: True) -> None:
        self.typist.show(openid, wanted)
        end = time.monotonic() + WAIT_S
        while self.typist._waiting:
            assert time.monotonic() < end, "it was not shown in time"
            time.sleep(0.005)


@pytest.fixture
def desk() -> Iterator[Desk]:
    found = Desk()
    yield found
    found.typist.close()


def test_it_is_shown_once_while_wechat_shows_it(desk: Desk) -> None:
    desk.show()
    desk.show()
    desk.show(BO)
    desk.now = SHOWN_S
    desk.show()
    assert desk.phone.shown == [(ALI, True), (BO, True), (ALI, True)]


def test_nothing_is_shown_for_an_answer_that_is_there(desk: Desk) -> None:
    desk.show(wanted=lambda: False)
    assert desk.phone.shown == []


def test_an_answer_that_overtakes_takes_it_away_again(desk: Desk) -> None:
    asked = iter([True, False])
    desk.show(wanted=lambda: next(asked))
    assert desk.phone.shown == [(ALI, True), (ALI, False)]


def test_without_the_right_to_push_nobody_is_told(desk: Desk) -> None:
    desk.right = False
    desk.show()
    assert desk.phone.shown == []


@pytest.mark.parametrize("code", [45080, 45081])
def test_refusals_of_the_rhythm_are_harmless(desk: Desk, code: int) -> None:
    desk.phone.error = ApiRefused(code, "")
    desk.show()
    desk.phone.error = None
    desk.show(BO)
    assert desk.phone.shown == [(BO, True)]


@pytest.mark.parametrize(
    ("error", "rest"),
    [
        (ApiUnreachable("away"), QUIET_S), (ApiRefused(-1, ""), QUIET_S), (ApiRefused(40001, ""), QUIET_S),
        (RuntimeError("bug"), QUIET_S), (ApiRefused(48001, ""), LONG_QUIET_S),
        (ApiRefused(45009, ""), LONG_QUIET_S),
    ],
)  # fmt: skip
def test_trouble_keeps_it_quiet_for_a_while(desk: Desk, error: Exception, rest: float) -> None:
    desk.phone.error = error
    desk.show()
    desk.phone.error, desk.now = None, rest - 1
    desk.show(BO)
    assert desk.phone.shown == []
    desk.now = rest
    desk.show(BO)
    assert desk.phone.shown == [(BO, True)]


def test_a_hanging_api_holds_up_neither_the_caller_nor_an_ever_longer_queue(desk: Desk) -> None:
    hanging = threading.Event()
    desk.phone.before = hanging.wait
    for number in range(WAITING * 2):
        desk.typist.show(f"o{number}")
    assert desk.typist._waiting == WAITING
    hanging.set()


def test_after_the_end_showing_is_nothing(desk: Desk) -> None:
    desk.typist.close()
    desk.show()
    assert desk.phone.shown == []


async def test_a_late_answer_shows_it_and_a_quick_one_does_not(open_channel: Any, desk: Desk) -> None:
    channel = open_channel(budget_s=0.1)
    channel.gateway.typist = desk.typist
    channel.gateway.config = replace(channel.config, budget_s=100.0)
    await channel.push(text_xml(ALI, "快"))
    channel.gateway.config = channel.config
    await channel.push(text_xml(BO, "等"))
    await channel.until(lambda: desk.phone.shown)
    assert desk.phone.shown == [(BO, True)]


async def test_trouble_with_it_does_not_touch_the_answer(open_channel: Any, desk: Desk) -> None:
    channel = open_channel(budget_s=0.1)
    channel.gateway.typist = desk.typist
    desk.phone.error = RuntimeError("bug")
    assert (await channel.push(text_xml(ALI, "等"))).body == b"success"
    channel.assistant.gate.set()
    await channel.until(lambda: channel.rows("SELECT id FROM outbox WHERE state = 'queued'"))


async def test_an_account_that_cannot_push_shows_nothing(open_channel: Any, desk: Desk) -> None:
    channel = open_channel(budget_s=0.1, customer_service=False)
    channel.gateway.typist = Typist(desk.phone, lambda: channel.ledger.may_push)
    channel.gateway._hold_s = 0.05
    xml = text_xml(ALI, "等")
    for _ in range(3):
        await channel.push(xml)
    channel.gateway.typist.close()
    assert channel.gateway.counts["deferred"] == 1
    assert desk.phone.shown == []
