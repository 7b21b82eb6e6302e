"""Figures hold what happened and no words of anybody."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient

from bot.metrics import Metrics
from bot.pages import health
from bot.services import Services
from bot.wechat import endpoint
from bot.wechat.health import Health
from tests.support.channel import Channel, config_for, text_xml
from tests.support.databases import sqlite_url

ALI = "oAli0000000000000000000000001"


def test_turns_are_counted_by_outcome_and_time() -> None:
    metrics = Metrics()
    metrics.turn("answered", 0.03)
    metrics.turn("answered", 3.0)
    text = metrics.text().decode()
    assert 'newcitizen_turns_total{outcome="answered"} 2.0' in text
    assert 'newcitizen_answer_seconds_bucket{le="0.04"} 1.0' in text


def test_a_parts_own_numbers_are_read_when_asked_for() -> None:
    metrics, counts = Metrics(), {"deferred": 1.0}
    metrics.watch("gateway", "counts", "what", lambda: counts)
    counts["deferred"] = 5.0
    assert 'newcitizen_gateway{what="deferred"} 5.0' in metrics.text().decode()


def test_the_page_shows_them(services_with: Callable[..., Services]) -> None:
    services = services_with()
    services.extras["metrics"] = Metrics()
    services.extras["metrics"].turn("clarify", 0.01)
    client = TestClient(Starlette(routes=health.routes(services)), client=("127.0.0.1", 50000))
    assert 'newcitizen_turns_total{outcome="clarify"} 1.0' in client.get("/metrics").text


async def test_a_real_turn_is_counted_without_its_words(tmp_path: Path) -> None:
    metrics = Metrics()
    channel = Channel(config_for(tmp_path), sqlite_url(tmp_path), count=metrics.turn)
    await channel.push(text_xml(ALI, "我的公积金"))
    await channel.close()
    assert 'newcitizen_turns_total{outcome="answered"} 1.0' in metrics.text().decode()
    assert "公积金" not in metrics.text().decode()


async def test_many_missed_deadlines_raise_the_alarm(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    channel = Channel(config_for(tmp_path), sqlite_url(tmp_path))
    monkeypatch.setattr(endpoint, "DEADLINE_S", -1.0)
    state = Health(channel.gateway, channel.lane, channel.memory, lambda: channel.endpoint.alarmed)
    for number in range(endpoint.ALARM_AT):
        assert (await state.wechat())[0] == "ok"
        await channel.push(text_xml(ALI, f"问{number}"))
    assert (await state.wechat())[0] == "degraded"
    assert channel.gateway.counts["past_deadline"] == endpoint.ALARM_AT
    await channel.close()
