"""Processes that die, databases that refuse, persons who leave: one answer each, never two."""

from __future__ import annotations

import asyncio
import json
import os
import sqlite3
import stat
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import event

from bot.identity import own_name
from bot.journal import Journal
from bot.shared_memory import InProcessMemory, RedisMemory, person_rate
from bot.wechat import endpoint as endpoint_module
from bot.wechat import record
from bot.wechat.health import Health
from bot.wechat.message import read_message
from bot.wechat.xmlcheck import read_xml
from store import conversations, inbox, switches, tickets
from store.database import Database
from store.errors import StoreUnavailable
from store.inbox import Arrival
from tests.support.channel import Channel, event_xml, text_xml
from tests.support.databases import postgres_database, sqlite_url
from tests.support.servers import WAIT_S, Server, wait_until_it_answers

ALI, BO = "oAli0000000000000000000000001", "oBo00000000000000000000000002"
DEAD = ".".join([*own_name("app").split(".")[:2], "999999", "1"])
"""A process of this machine that does not exist."""


async def left_behind(channel: Channel, xml: str, deferred: bool = False, owner: str = DEAD) -> int:
    """A message a process accepted before it was killed."""
    message = read_message(read_xml(xml.encode()), time.time())
    arrival = Arrival(message.key, message.openid, record.to_json(message), "问", time.time() - 5)
    accepted = await channel.lane.run(lambda c: inbox.accept(c, arrival, owner))
    if deferred:
        await channel.lane.run(lambda c: inbox.defer(c, accepted.id, owner))
    return accepted.id


async def test_a_retry_takes_over_from_a_dead_process(channel: Channel) -> None:
    xml = text_xml(ALI, "公积金")
    await left_behind(channel, xml)
    assert (await channel.push(xml)).sees == "回声1：公积金"
    assert channel.rows("SELECT state, count(*) FROM inbox GROUP BY state") == [("done", 1)]


async def test_an_orphan_is_answered_without_any_retry(channel: Channel) -> None:
    await left_behind(channel, text_xml(ALI, "公积金"), deferred=True)
    await channel.upkeep.once()
    await channel.until(lambda: channel.rows("SELECT payload FROM outbox"))
    (row,) = channel.rows("SELECT payload FROM outbox")
    assert "回声1：公积金" in json.loads(row[0])["text"]["content"]
    await channel.upkeep.once()
    assert len(channel.assistant.heard) == 1


async def test_two_apps_take_an_orphan_over_once(open_channel: Any, database_url: str) -> None:
    one = open_channel(database_url, owner=own_name("app"))
    two = open_channel(database_url, owner=own_name("app2"))
    for i in range(10):
        await left_behind(one, text_xml(f"oOrphan{i:021d}", "问"), deferred=True)
    await asyncio.gather(one.upkeep.once(), two.upkeep.once())
    await one.until(lambda: one.rows("SELECT count(*) FROM outbox") == [(10,)])
    await asyncio.sleep(0.3)
    assert one.rows("SELECT count(*) FROM turns") == [(10,)]
    assert one.rows("SELECT count(*) FROM outbox") == [(10,)]


async def test_a_message_of_a_living_process_is_left_alone(open_channel: Any, database_url: str) -> None:
    channel = open_channel(database_url, owner=own_name("app2"))
    await left_behind(channel, text_xml(ALI, "公积金"), owner=own_name("other"))
    await channel.upkeep.once()
    await asyncio.sleep(0.1)
    assert channel.assistant.heard == []


async def test_a_duplicate_at_another_app_waits_for_the_first_and_gives_its_answer(
    open_channel: Any, database_url: str
) -> None:
    one, two = open_channel(database_url), open_channel(database_url, owner=own_name("app2"))
    xml = text_xml(ALI, "等")
    first = asyncio.create_task(one.push(xml))
    await one.until(lambda: one.assistant.heard)
    again = asyncio.create_task(two.push(xml))
    await two.until(lambda: two.gateway.jobs)
    one.assistant.gate.set()
    assert (await again).sees == "回声1：等"
    assert (await first).sees == "回声1：等"
    assert two.assistant.heard == []


async def test_messages_of_a_person_keep_their_order_over_two_apps(
    open_channel: Any, database_url: str
) -> None:
    one, two = open_channel(database_url), open_channel(database_url, owner=own_name("app2"))
    first = asyncio.create_task(one.push(text_xml(ALI, "等")))
    await one.until(lambda: one.assistant.heard)
    second = asyncio.create_task(two.push(text_xml(ALI, "二")))
    await two.until(lambda: two.gateway.jobs)
    one.assistant.gate.set()
    assert (await second).sees == "回声2：二"
    await first


async def test_an_answer_its_dead_process_had_given_is_not_given_again(channel: Channel) -> None:
    number = await left_behind(channel, text_xml(ALI, "公积金"))
    journal = Journal(channel.config.journals, DEAD)
    journal.given(number)
    await channel.upkeep.once()
    assert channel.rows("SELECT state, delivery FROM inbox") == [("done", "passive")]
    assert channel.assistant.heard == []
    assert not journal.path.exists()


async def test_an_answer_is_noted_before_it_is_given_and_after_it_where_nobody_asks_again(
    channel: Channel, monkeypatch: pytest.MonkeyPatch
) -> None:
    done: list[str] = []
    respond = endpoint_module._respond

    async def given(*how: Any) -> None:
        done.append("given")
        await respond(*how)

    monkeypatch.setattr(endpoint_module, "_respond", given)
    monkeypatch.setattr(channel.journal, "given", lambda _: done.append("noted"))
    xml = text_xml(ALI, "公积金")
    assert len({(await channel.push(xml)).sees for _ in range(3)}) == 1
    assert done == ["noted", "given", "noted", "given", "given", "noted"]


async def test_given_answers_are_marked_and_the_others_are_not(channel: Channel) -> None:
    await channel.push(text_xml(ALI, "一"))
    await channel.upkeep.once()
    assert channel.rows("SELECT delivery FROM inbox") == [("passive",)]


async def test_what_the_desk_changed_meanwhile_is_kept(channel: Channel) -> None:
    await channel.push(text_xml(ALI, "一"))
    slow = asyncio.create_task(channel.push(text_xml(ALI, "等")))
    await channel.until(lambda: len(channel.assistant.heard) == 2)
    live = {"state": "live", "since": "2026-11-20T10:00:00+08:00"}
    await channel.lane.run(lambda c: conversations.set_handoff(c, ALI, live, time.time()))
    channel.assistant.gate.set()
    await slow
    data, _ = await channel.lane.run(lambda c: conversations.load(c, ALI))
    assert data["handoff"] == live
    assert data["misses"] == 2


async def test_a_hand_off_opens_one_ticket_with_its_reply(channel: Channel) -> None:
    xml = text_xml(ALI, "转人工")
    assert (await channel.push(xml)).sees == "已转人工"
    await channel.push(xml)
    assert channel.rows("SELECT state, question FROM tickets") == [("open", "转人工")]


async def test_while_a_person_has_the_conversation_the_assistant_is_silent(channel: Channel) -> None:
    await channel.push(text_xml(ALI, "转人工"))
    live = {"state": "live", "since": "2026-11-20T10:00:00+08:00"}
    await channel.lane.run(lambda c: conversations.set_handoff(c, ALI, live, time.time()))
    got = await channel.push(text_xml(ALI, "在吗"))
    assert got.body == b"success"
    assert channel.rows("SELECT side, text FROM ticket_messages") == [("citizen", "在吗")]


async def test_wechats_own_agents_silence_and_give_back(channel: Channel) -> None:
    await channel.push(text_xml(ALI, "您好"))
    await channel.push(event_xml(ALI, "kf_create_session"))
    assert (await channel.push(text_xml(ALI, "在吗"))).body == b"success"
    await channel.push(event_xml(ALI, "kf_close_session"))
    assert (await channel.push(text_xml(ALI, "在吗"))).sees
    assert (await channel.push(event_xml("oNobody", "kf_close_session"))).body == b"success"


async def online() -> bool:
    return True


async def offline() -> bool:
    return False


async def test_a_transfer_is_a_reply_to_a_message_when_somebody_is_online(open_channel: Any) -> None:
    channel = open_channel(transfer_account="a@b", course={"agents_online": online})
    got = await channel.push(text_xml(ALI, "转人工"))
    assert got.reply["MsgType"] == "transfer_customer_service"
    assert got.reply["TransInfo/KfAccount"] == "a@b"
    away = open_channel(owner="test.a.1.1", course={"agents_online": offline})
    assert (await away.push(text_xml(BO, "转人工"))).sees == "已转人工"


PERSONAL = ("inbox", "outbox", "conversations", "tickets", "ticket_messages", "callbacks")


@pytest.mark.parametrize(
    "leaving", ["unsubscribe", "user_authorization_revoke", "user_authorization_cancellation"]
)
async def test_leaving_deletes_every_row_and_memory_of_the_person(channel: Channel, leaving: str) -> None:
    for text in ("公积金", "转人工", "长"):
        await channel.push(text_xml(ALI, text))
    await channel.push(text_xml(BO, "别人"))
    assert (await channel.push(event_xml(ALI, leaving))).body == b"success"
    assert ALI not in str([channel.rows(f"SELECT * FROM {t}") for t in PERSONAL])
    assert channel.rows("SELECT count(*) FROM turns WHERE text <> ''") == [(1,)]
    assert channel.rows("SELECT count(*) FROM conversations") == [(1,)]
    person = channel.gateway._person(read_message(read_xml(text_xml(ALI, "x").encode()), 0))
    assert not [k for k in channel.memory._answers if k[0] == person]  # type: ignore[attr-defined]


async def test_a_wish_to_be_forgotten_is_confirmed_and_really_done(channel: Channel) -> None:
    await channel.push(text_xml(ALI, "公积金"))
    xml = text_xml(ALI, "删")
    assert (await channel.push(xml)).sees == "已经删除"
    assert (await channel.push(xml)).sees == "已经删除"
    assert channel.rows("SELECT count(*) FROM inbox") == [(1,)]
    assert channel.rows("SELECT count(*) FROM conversations") == [(0,)]
    assert channel.rows("SELECT count(*) FROM turns WHERE text <> '' OR sender <> ''") == [(0,)]


async def test_an_answer_for_somebody_who_left_meanwhile_is_dropped(channel: Channel) -> None:
    slow = asyncio.create_task(channel.push(text_xml(ALI, "等")))
    await channel.until(lambda: channel.assistant.heard)
    await channel.push(event_xml(ALI, "unsubscribe"))
    await slow
    assert channel.rows("SELECT count(*) FROM inbox") == [(0,)]
    assert channel.rows("SELECT count(*) FROM conversations") == [(0,)]


async def test_a_locked_database_delays_nobody_beyond_the_budget_and_catches_up(
    open_channel: Any, tmp_path: Path
) -> None:
    url = sqlite_url(tmp_path / "locked")
    channel = open_channel(url, budget_s=4.5)
    health = Health(channel.gateway, channel.lane, channel.memory)
    blocker = sqlite3.connect(url.removeprefix("sqlite:///"), isolation_level=None)
    blocker.execute("BEGIN IMMEDIATE")
    xml = text_xml(ALI, "公积金")
    first = await channel.push(xml)
    again = await channel.push(xml)
    second = await channel.push(text_xml(ALI, "医保"))
    assert [first.sees, again.sees, second.sees] == ["回声1：公积金", "回声1：公积金", "回声2：医保"]
    state, words = await health.storage()
    assert (state, "不保存" in words) == ("degraded", True)
    blocker.execute("ROLLBACK")
    blocker.close()
    await caught_up(channel)
    assert (await health.storage())[0] == "ok"
    assert channel.rows("SELECT state, delivery FROM inbox") == [("done", "passive")] * 2
    assert channel.rows("SELECT count(*) FROM turns") == [(2,)]


async def caught_up(channel: Channel) -> None:
    """Let what was postponed be stored, as the upkeep does."""
    end = time.monotonic() + WAIT_S
    while channel.ledger.postponed or channel.lane.trouble:
        assert time.monotonic() < end, "it was not caught up in time"
        await asyncio.sleep(0.1)
        await channel.ledger.catch_up()


def on_every_connection(channel: Channel, pragma: str) -> None:
    """A setting that makes SQLite refuse like a disk would."""

    def prepare(raw: Any, _: Any) -> None:
        raw.execute(f"PRAGMA {pragma}")

    event.listen(channel.database.engine, "connect", prepare)


async def test_a_read_only_database_still_answers(open_channel: Any, tmp_path: Path) -> None:
    channel = open_channel(sqlite_url(tmp_path / "ro"))
    on_every_connection(channel, "query_only=ON")
    xml = text_xml(ALI, "公积金")
    assert (await channel.push(xml)).sees == "回声1：公积金"
    assert (await channel.push(xml)).sees == "回声1：公积金"
    assert len(channel.assistant.heard) == 1
    assert channel.lane.trouble == "read_only"


async def test_a_full_disk_still_answers(open_channel: Any, tmp_path: Path) -> None:
    channel = open_channel(sqlite_url(tmp_path / "full"))
    on_every_connection(channel, "max_page_count=100")
    for i in range(60):
        assert (await channel.push(text_xml(ALI, f"{i}" * 400))).sees
        if channel.lane.trouble:
            break
    assert channel.lane.trouble == "disk_full"
    assert (await channel.push(text_xml(BO, "公积金"))).sees == "回声1：公积金"


@pytest.mark.server
async def test_postgres_going_away_is_survived(
    open_channel: Any, postgres: Server, database_url: str
) -> None:
    if not database_url.startswith("postgresql"):
        assert stat.S_ISREG(os.stat(database_url.removeprefix("sqlite:///")).st_mode)
        return
    channel = open_channel(database_url)
    await channel.push(text_xml(ALI, "一"))
    postgres.stop()
    assert (await channel.push(text_xml(ALI, "二"))).sees.endswith("：二")
    postgres.start()
    wait_until_it_answers(postgres.port)
    await caught_up(channel)
    assert (await channel.push(text_xml(ALI, "三"))).sees == "回声3：三"
    assert channel.rows("SELECT count(*) FROM inbox WHERE state = 'done'") == [(3,)]


@pytest.mark.server
def test_connections_from_before_a_restart_are_not_handed_out(postgres: Server) -> None:
    with postgres_database(postgres.port) as url:
        database = Database(url)
        held = [database.engine.connect() for _ in range(4)]
        for connection in held:
            connection.close()
        postgres.stop()
        postgres.start()
        wait_until_it_answers(postgres.port)
        for _ in range(4):
            with database.read() as connection:
                assert connection.exec_driver_sql("SELECT 1").scalar() == 1
        database.close()


@pytest.mark.server
async def test_redis_going_away_is_survived(open_channel: Any, redis: Server) -> None:
    memory = RedisMemory(f"redis://127.0.0.1:{redis.port}/0")
    channel = open_channel(memory=memory)
    xml = text_xml(ALI, "一")
    first = await channel.push(xml)
    assert memory.state == "redis"
    redis.kill()
    assert (await channel.push(xml)).sees == first.sees
    assert (await channel.push(text_xml(ALI, "二"))).sees == "回声2：二"
    assert memory.state == "redis_away"
    redis.start()
    memory._away_until = 0.001
    await channel.push(text_xml(ALI, "三"))
    assert memory.state == "redis"


@pytest.fixture(params=["process", pytest.param("redis", marks=pytest.mark.server)])
def memory(request: pytest.FixtureRequest) -> Any:
    """Each kind of shared memory; the same test runs over both."""
    if request.param == "process":
        return InProcessMemory()
    return RedisMemory(f"redis://127.0.0.1:{request.getfixturevalue('redis').port}/0")


def test_answers_are_remembered_per_person_until_forgotten(memory: Any) -> None:
    memory.remember("p1", "k", "答", 30)
    memory.remember("p2", "k", "别的", 30)
    assert (memory.recall("p1", "k"), memory.recall("p2", "k")) == ("答", "别的")
    memory.forget("p1")
    assert (memory.recall("p1", "k"), memory.recall("p2", "k")) == (None, "别的")


def test_a_lock_has_one_owner_and_an_end(memory: Any) -> None:
    assert memory.take("lock", "a", 600)
    assert not memory.take("lock", "b", 600)
    memory.give("lock", "b")
    assert not memory.take("lock", "b", 600)
    memory.give("lock", "a")
    assert memory.take("lock", "b", 600)
    memory.give("lock", "b")
    assert memory.take("lock", "a", 0.2)
    time.sleep(0.3)
    assert memory.take("lock", "b", 600)
    memory.give("lock", "b")


def test_a_limit_holds_for_each_name_by_itself(memory: Any) -> None:
    name = f"n{id(memory)}"
    assert [memory.allows(name, 3, 3600) for _ in range(5)] == [True, True, True, False, False]
    assert memory.allows(f"{name}b", 3, 3600)


@pytest.mark.parametrize("step_s", [0.0, -86400.0], ids=["steady", "clock_set_back"])
def test_the_border_of_a_minute_does_not_double_what_is_allowed(
    monkeypatch: pytest.MonkeyPatch, step_s: float
) -> None:
    memory, clock = InProcessMemory(), [1_000_000_019.0 + 40]
    monkeypatch.setattr(time, "time", lambda: clock[0])
    assert all(memory.allows("n", 10, 60) for _ in range(10))
    clock[0] += 2
    assert sum(memory.allows("n", 10, 60) for _ in range(10)) <= 1
    clock[0] += 120 + step_s
    assert memory.allows("n", 10, 60)


def test_forgetting_a_person_forgets_how_much_they_wrote(memory: Any) -> None:
    person = f"hash{id(memory)}"
    assert [memory.allows(person_rate(person), 1, 60) for _ in range(2)] == [True, False]
    memory.forget(person)
    assert memory.allows(person_rate(person), 1, 60)


@pytest.mark.server
def test_a_limit_in_redis_holds_for_all_processes_at_once_and_leaves_no_key(redis: Server) -> None:
    url = f"redis://127.0.0.1:{redis.port}/0"
    name = f"shared{time.time_ns()}"
    with ThreadPoolExecutor(16) as pool:
        asked = list(pool.map(lambda _: RedisMemory(url).allows(name, 10, 60), range(64)))
    assert sum(asked) == 10
    keys = RedisMemory(url)._redis.keys(f"*{name}*")
    assert keys
    assert all(0 < RedisMemory(url)._redis.ttl(k) <= 120 for k in keys)


async def test_after_a_refused_push_answers_are_held_instead_of_promised(open_channel: Any) -> None:
    channel = open_channel(budget_s=0.1)
    await channel.lane.run(
        lambda c: switches.set_switch(c, switches.PASSIVE_ONLY, {"code": 48001}, time.time())
    )
    await channel.upkeep.once()
    await channel.push(text_xml(ALI, "长"))
    assert channel.rows("SELECT DISTINCT state FROM outbox") == [("held",)]


async def test_a_closed_ticket_is_not_appended_to(channel: Channel) -> None:
    await channel.push(text_xml(ALI, "转人工"))
    await channel.lane.run(lambda c: tickets.close_for(c, ALI, "done", 1.0))
    assert await channel.lane.run(lambda c: tickets.append(c, ALI, "citizen", "再问", 2.0)) == 0


async def test_whoever_comes_after_the_end_is_refused_and_does_not_wait_for_ever(
    open_channel: Any, tmp_path: Path
) -> None:
    channel = open_channel(sqlite_url(tmp_path / "closed"))
    channel.lane.close()
    with pytest.raises(StoreUnavailable):
        await asyncio.to_thread(channel.lane.call, lambda _: None)
    with pytest.raises(StoreUnavailable):
        await channel.lane.run(lambda _: None)
