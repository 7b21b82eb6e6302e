"""When Rasa is away, hangs or lies: who waits for it, how often, and how it comes back."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from typing import Any

import pytest
from aiohttp import web

from bot.rasa_client import Breaker, RasaClient, RasaUnavailable
from tests.support.servers import WAIT_S, free_port

GOOD = [{"custom": {"outcome": {"kind": "answered"}, "conversation": {}}}]


class Rasa:
    """A double of Rasa's REST channel: answers, refuses, hangs."""

    def __init__(self) -> None:
        self.port = free_port()
        self.turns = 0
        self.probes = 0
        self.reply: Any = GOOD
        self.hanging = False
        self._runner: web.AppRunner | None = None

    async def _turn(self, _: web.Request) -> web.Response:
        self.turns += 1
        if self.hanging:
            await asyncio.sleep(3600)
        return web.json_response(self.reply, status=200 if self.reply is not None else 500)

    async def _probe(self, _: web.Request) -> web.Response:
        self.probes += 1
        if self.hanging:
            await asyncio.sleep(3600)
        return web.json_response({"status": "ok"})

    async def start(self) -> None:
        app = web.Application()
        app.add_routes(
            [web.post("/webhooks/rest/webhook", self._turn), web.get("/webhooks/rest/", self._probe)]
        )
        self._runner = web.AppRunner(app, shutdown_timeout=0.01)
        await self._runner.setup()
        await web.TCPSite(self._runner, "127.0.0.1", self.port).start()

    async def stop(self) -> None:
        if self._runner is not None:
            await self._runner.cleanup()


@pytest.fixture
async def rasa() -> AsyncIterator[Rasa]:
    found = Rasa()
    await found.start()
    yield found
    await found.stop()


@pytest.fixture
async def client(rasa: Rasa) -> AsyncIterator[RasaClient]:
    found = RasaClient(f"http://127.0.0.1:{rasa.port}", "secret", 20.0, Breaker(pause_s=0.05))
    yield found
    await found.close()


async def ask(client: RasaClient) -> bool:
    """Whether a turn was answered."""
    try:
        await client.turn("t", "公积金", {})
    except RasaUnavailable:
        return False
    return True


async def until(true: Any) -> None:
    async with asyncio.timeout(WAIT_S):
        while not true():
            await asyncio.sleep(0.01)


async def test_three_failures_in_a_row_hold_everybody_back(client: RasaClient, rasa: Rasa) -> None:
    rasa.reply = None
    client.breaker.pause_s = 3600
    assert [await ask(client) for _ in range(10)] == [False] * 10
    assert rasa.turns == 3


async def test_it_comes_back_by_itself_without_anybodys_message(client: RasaClient, rasa: Rasa) -> None:
    await rasa.stop()
    for _ in range(3):
        assert not await ask(client)
    await rasa.start()
    await until(lambda: not client.breaker.open)
    assert rasa.turns == 0
    assert await ask(client)


async def test_while_it_hangs_nobodys_message_is_spent_on_finding_out(
    client: RasaClient, rasa: Rasa, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.rasa_client.PROBE_S", 0.05)
    rasa.hanging = True
    for _ in range(3):
        client._failed("TimeoutError")
    await until(lambda: rasa.probes >= 3)
    assert [await ask(client) for _ in range(5)] == [False] * 5
    assert rasa.turns == 0


async def test_whoever_still_waits_when_it_is_given_up_waits_no_longer(
    client: RasaClient, rasa: Rasa
) -> None:
    rasa.hanging = True
    waiting = [asyncio.create_task(ask(client)) for _ in range(5)]
    await until(lambda: rasa.turns == 5)
    for _ in range(3):
        client._failed("TimeoutError")
    assert await asyncio.wait_for(asyncio.gather(*waiting), WAIT_S) == [False] * 5


async def test_one_that_lives_but_answers_nobody_is_tried_ever_more_seldom(
    client: RasaClient, rasa: Rasa
) -> None:
    rasa.reply = []
    for _ in range(3):
        await ask(client)
    pauses = []
    for _ in range(3):
        await until(lambda: not client.breaker.open)
        pauses.append(client.breaker.pause_s)
        assert not await ask(client)
        assert client.breaker.open
    assert pauses == [0.1, 0.2, 0.4]
    assert rasa.turns == 6
    rasa.reply = GOOD
    await until(lambda: not client.breaker.open)
    assert await ask(client)
    assert client.breaker.pause_s == 0.05


async def test_a_turn_that_is_no_longer_wanted_is_ended(client: RasaClient, rasa: Rasa) -> None:
    rasa.hanging = True
    turn = asyncio.create_task(client.turn("t", "问", {}))
    await until(lambda: rasa.turns == 1)
    turn.cancel()
    with pytest.raises(asyncio.CancelledError):
        await turn
    assert not client.breaker.open
    assert client.breaker.failures == 0


def test_the_pause_grows_to_a_minute_and_no_further() -> None:
    breaker = Breaker()
    for _ in range(10):
        breaker.failures = breaker.limit
        breaker.probed()
    assert breaker.pause_s == 60


async def test_it_is_busy_while_a_citizen_waits_and_while_it_is_held_back(rasa: Rasa) -> None:
    client = RasaClient(f"http://127.0.0.1:{rasa.port}", "s", breaker=Breaker(limit=1, pause_s=3600))
    assert not client.busy
    rasa.hanging = True
    turn = asyncio.create_task(client.turn("1", "x", {}))
    while not rasa.turns:
        await asyncio.sleep(0)
    assert client.busy
    turn.cancel()
    await asyncio.wait([turn])
    assert not client.busy
    rasa.hanging, rasa.reply = False, None
    with pytest.raises(RasaUnavailable):
        await client.turn("2", "x", {})
    assert client.busy
    await client.close()
