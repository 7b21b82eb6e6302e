"""The outbox and the token: every code of PROTOCOL 1.6 and what WeChat may answer."""

from __future__ import annotations

import time
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from bot.clock import CHINA
from bot.wechat import client as client_module
from bot.wechat.client import ApiRefused, ApiUnreachable
from bot.wechat.sender import ALARMS, Reaction, reaction
from store.finish import put, text_payload
from tests.support.databases import sqlite_url
from tests.support.fake_wechat import fake_api
from tests.support.sender_bench import ALI, Bench

pytestmark = pytest.mark.shared
NIGHT = datetime(2026, 11, 20, 23, 0, tzinfo=CHINA)


@pytest.mark.parametrize(
    ("code", "does"),
    [
        (-1, "later"), (40001, "later"), (40014, "later"), (42001, "later"), (40003, "drop"), (43004, "drop"),
        (40164, "later"), (61004, "later"), (40243, "later"), (40200, "numbered"), (45002, "dead"),
        (45008, "dead"), (45009, "later"), (45015, "hold"), (45047, "hold"), (48001, "hold"),
        *((code, "dead") for code in range(65400, 65415)), (44004, "dead"), (47001, "dead"),
        (50002, "later"), (99999, "later"),
    ],
)  # fmt: skip
def test_every_code_has_its_reaction(code: int, does: str) -> None:
    assert reaction(ApiRefused(code, ""), 1, NIGHT).do == does


def test_a_code_nobody_wrote_down_is_tried_three_times() -> None:
    assert [reaction(ApiRefused(99999, ""), n, NIGHT).do for n in (1, 2, 3)] == ["later", "later", "dead"]


def test_the_quota_of_the_day_rests_until_midnight_in_china() -> None:
    assert reaction(ApiRefused(45009, ""), 1, NIGHT).pause_s == 3630


def test_a_wrong_account_rests_a_minute_and_tells_the_operator() -> None:
    for code in (40164, 61004, 40243, 40001, 40013, 40125):
        assert reaction(ApiRefused(code, ""), 9, NIGHT) == Reaction("later", 0.0, 60)
        assert code in ALARMS


@pytest.mark.parametrize("attempts", [1, 5, 50, 1000])
def test_an_unreachable_wechat_is_asked_again_at_least_every_minute(attempts: int) -> None:
    assert reaction(ApiUnreachable("away"), attempts, NIGHT).after_s <= 60


def test_when_a_part_is_lost_the_rest_of_its_answer_is_too(bench: Bench) -> None:
    bench.wrote()

    def answer(connection: Any) -> None:
        for text in ("一，依据：样本", "二", "三"):
            put(connection, ALI, text_payload(text), time.time(), inbox_id=77)
        put(connection, ALI, text_payload("别的答复"), time.time(), inbox_id=78)

    bench.lane.call(answer)
    bench.api.inject("custom/send", 45002)
    bench.rounds()
    assert bench.states() == ["dead", "dead", "dead", "sent"]
    assert bench.seen() == ["别的答复"]


@pytest.mark.parametrize("code", [40001, 40014, 42001])
def test_a_token_refused_once_costs_one_fetch_and_one_repetition(bench: Bench, code: int) -> None:
    bench.wrote()
    bench.put("一")
    bench.api.inject("custom/send", code)
    bench.rounds(2)
    assert bench.seen() == ["一"]
    assert bench.api.count("custom/send") == 2
    assert bench.sender.alarm == ""


# ---- the token


def test_a_token_that_ends_soon_is_not_fetched_for_every_text(tmp_path: Path) -> None:
    with fake_api(ttl=200) as api:
        bench = Bench(tmp_path, sqlite_url(tmp_path / "db"), api)
        bench.wrote()
        bench.put("一", "二", "三")
        bench.rounds()
        assert bench.seen() == ["一", "二", "三"]
        assert api.count("stable_token") == 1
        bench.worker.leave()
        bench.lane.database.close()


@pytest.mark.parametrize(
    "answer",
    [
        {"access_token": ""}, {"access_token": None, "expires_in": 7200}, {"expires_in": 7200}, {},
        {"access_token": 7, "expires_in": 7200},
    ],
)  # fmt: skip
def test_an_answer_without_a_token_is_trouble_of_wechats(
    bench: Bench, monkeypatch: pytest.MonkeyPatch, answer: dict[str, Any]
) -> None:
    client = bench.sender.api._client  # type: ignore[attr-defined]
    monkeypatch.setattr(client, "_call", lambda *_: answer)
    with pytest.raises(ApiUnreachable):
        client.fetch_token()


def test_a_life_that_is_no_number_is_taken_as_the_usual_one(
    bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    client = bench.sender.api._client  # type: ignore[attr-defined]
    monkeypatch.setattr(client, "_call", lambda *_: {"access_token": "t", "expires_in": "soon"})
    assert client.fetch_token() == ("t", client_module.TOKEN_S)
