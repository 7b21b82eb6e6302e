"""Calls to WeChat: one token for all, timeouts, one retry, nothing secret in errors (cases O01 to O20)."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from bot.shared_memory import InProcessMemory, RedisMemory, SharedMemory
from bot.wechat import client as client_module
from bot.wechat.client import ApiRefused, ApiUnreachable, WechatApi, wechat_api
from bot.wechat.token import TokenKeeper
from store.database import Database
from store.finish import text_payload
from store.lane import Lane
from tests.support.channel import config_for
from tests.support.fake_wechat import fake_api
from tests.support.servers import Server

pytestmark = pytest.mark.shared
ALI = "oAli0000000000000000000000001"
Make = Callable[..., WechatApi]


@pytest.fixture
def api() -> Iterator[Any]:
    with fake_api() as server:
        server.user_action(ALI)
        yield server


@pytest.fixture
def make(api: Any, tmp_path: Path, database_url: str) -> Iterator[Make]:
    """Builds clients as different processes would: own lane, shared database."""
    lanes: list[Lane] = []

    def build(memory: SharedMemory | None = None) -> WechatApi:
        lanes.append(Lane(Database(database_url), threads=1))
        config = config_for(tmp_path, api_base=api.base)
        keeper = partial(TokenKeeper, lanes[-1], memory or InProcessMemory(), config.appid, config.secret)
        return wechat_api(config, keeper)

    yield build
    for lane in lanes:
        lane.close()
        lane.database.close()


def send(client: WechatApi, text: str = "您好", handed: Callable[[], None] = lambda: None) -> None:
    client.send(ALI, text_payload(text), handed)


def test_the_stable_token_is_used_and_never_forced(make: Make, api: Any) -> None:
    send(make())
    tokens = [c for c in api.calls if "token" in c["path"]]
    assert [c["path"] for c in tokens] == ["/cgi-bin/stable_token"]
    assert not tokens[0]["json"].get("force_refresh")


def test_an_expired_token_is_renewed_once_and_the_send_repeated_once(make: Make, api: Any) -> None:
    client = make()
    send(client)
    api.expire_tokens()
    send(client)
    assert api.count("stable_token") == 2
    assert api.count("custom/send") == 3
    assert len(api.sent_to(ALI)) == 2


def test_a_token_refused_for_ever_ends_after_two_sends(make: Make, api: Any) -> None:
    api.inject("custom/send", 40001, times=-1)
    with pytest.raises(ApiRefused) as refusal:
        send(make())
    assert refusal.value.code == 40001
    assert api.count("custom/send") <= 2


def test_fifty_cold_senders_fetch_one_token(make: Make, api: Any) -> None:
    client = make()
    threads = [threading.Thread(target=client.token) for _ in range(50)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert api.count("stable_token") == 1


def test_two_processes_share_one_token(make: Make, api: Any) -> None:
    one, two = make(), make()
    assert one.token() == two.token()
    api.expire_tokens()
    send(one)
    send(two)
    assert api.count("stable_token") == 2


@pytest.mark.server
def test_the_lock_in_redis_keeps_processes_from_fetching_twice(make: Make, api: Any, redis: Server) -> None:
    clients = [make(RedisMemory(f"redis://127.0.0.1:{redis.port}/0")) for _ in range(6)]
    threads = [threading.Thread(target=c.token) for c in clients]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert api.count("stable_token") == 1


def test_the_token_is_sealed_in_the_database(make: Make, database_url: str) -> None:
    token = make().token()
    lane = Lane(Database(database_url), threads=1)
    sealed = lane.call(lambda c: str(c.exec_driver_sql("SELECT sealed FROM access_tokens").scalar()))
    lane.close()
    lane.database.close()
    assert sealed
    assert token not in sealed


def test_a_hanging_token_call_ends_in_time(make: Make, api: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    assert sum(client_module.TIMEOUT_S) <= 5
    monkeypatch.setattr(client_module, "TIMEOUT_S", (0.2, 0.2))
    api.inject("/stable_token", delay=3)
    with pytest.raises(ApiUnreachable):
        make().token()


def test_a_send_that_times_out_says_it_may_have_been_accepted(
    make: Make, api: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    client = make()
    client.token()
    monkeypatch.setattr(client_module, "TIMEOUT_S", (0.2, 0.2))
    api.inject("custom/send", delay=2)
    handed: list[float] = []
    with pytest.raises(ApiUnreachable) as error:
        send(client, handed=lambda: handed.append(time.time()))
    assert error.value.handed
    assert len(handed) == 1


@pytest.mark.parametrize("fault", [{"drop": True}, {"status": 502}])
def test_a_dropped_or_broken_answer_is_one_typed_error(make: Make, api: Any, fault: dict[str, Any]) -> None:
    client = make()
    client.token()
    api.inject("custom/send", **fault)
    with pytest.raises(ApiUnreachable):
        send(client)


def test_errors_never_carry_the_token_or_the_secret(make: Make, api: Any) -> None:
    client = make()
    token = client.token()
    api.inject("custom/send", drop=True)
    with pytest.raises(ApiUnreachable) as error:
        send(client)
    hidden = error.value.__suppress_context__
    chain = f"{error.value!r} {error.value.__cause__!r} {'' if hidden else error.value.__context__}"
    assert token not in chain
    assert "sim_secret" not in chain


def test_an_errcode_may_be_a_string_and_fields_may_be_missing() -> None:
    class Answer:
        content = b'{"errcode": "45015", "more": 1}'

    with pytest.raises(ApiRefused) as refusal:
        client_module._decoded(Answer())  # type: ignore[arg-type]
    assert refusal.value.code == 45015


def test_texts_are_sent_as_utf8_and_not_escaped(make: Make, api: Any) -> None:
    send(make(), "公积金")
    call = next(c for c in api.calls if c["path"].endswith("custom/send"))
    assert not call["ascii_escaped"]
    assert call["json"]["text"]["content"] == "公积金"
    assert "is_ai_msg" not in json.dumps(call["json"])


def test_the_platform_takes_our_typing_commands(make: Make, api: Any) -> None:
    client = make()
    client.typing(ALI, True)
    client.typing(ALI, False)
    calls = [c["json"] for c in api.calls if c["path"].endswith("custom/typing")]
    assert calls == [{"touser": ALI, "command": c} for c in ("Typing", "CancelTyping")]
    with pytest.raises(ApiRefused) as refusal:
        client.typing("oNobody", True)
    assert refusal.value.code == 45080
