"""One message, one answer: duplicates, order, deadline, accounts with and without the right to push."""

from __future__ import annotations

import asyncio
import json
from typing import Any

import pytest

from actions.outcome import Outcome, OutcomeKind
from bot.wechat.text import MORE, size
from tests.support.channel import Channel, event_xml, text_xml

ALI, BO = "oAli0000000000000000000000001", "oBo00000000000000000000000002"


def pushed(channel: Channel, openid: str = ALI, state: str = "queued") -> list[str]:
    rows = channel.rows(
        f"SELECT payload FROM outbox WHERE openid = '{openid}' AND state = '{state}' ORDER BY id"
    )
    return [json.loads(r[0])["text"]["content"] for r in rows]


async def test_a_text_gets_a_sealed_answer_and_one_row_of_everything(channel: Channel) -> None:
    got = await channel.push(text_xml(ALI, "公积金怎么提取"))
    assert got.status == 200
    assert got.sees == "回声1：公积金怎么提取"
    assert channel.rows("SELECT state, openid FROM inbox") == [("done", ALI)]
    assert channel.rows("SELECT outcome, answer_id, text FROM turns") == [
        ("answered", "test.echo", "公积金怎么提取")
    ]
    assert channel.rows("SELECT version FROM conversations") == [(1,)]


async def test_a_retry_gets_the_same_reply_and_changes_nothing(channel: Channel) -> None:
    xml = text_xml(ALI, "医保")
    first = await channel.push(xml)
    second = await channel.push(xml)
    assert second.sees == first.sees
    assert len(channel.assistant.heard) == 1
    assert channel.rows("SELECT count(*) FROM turns") == [(1,)]


async def test_retry_storm_processes_each_message_once(channel: Channel) -> None:
    messages = [text_xml(f"oStorm{i:022d}", f"慢0.05{i % 10}") for i in range(20)]
    got = await asyncio.gather(*(channel.push(xml) for xml in messages for _ in range(3)))
    assert len(channel.assistant.heard) == 20
    assert [g.sees for g in got[::3]] == [g.sees for g in got[1::3]] == [g.sees for g in got[2::3]]
    assert channel.rows("SELECT count(*) FROM turns") == [(20,)]


async def test_two_persons_with_the_same_message_id_are_both_answered(channel: Channel) -> None:
    got = [await channel.push(text_xml(who, "租房", msgid="5550000000000000001")) for who in (ALI, BO)]
    assert [g.sees for g in got] == ["回声1：租房"] * 2


async def test_events_without_message_id_are_not_merged(channel: Channel) -> None:
    first = await channel.push(event_xml(ALI, "CLICK", "HOUSING_FUND", at=1700000000))
    again = await channel.push(event_xml(ALI, "CLICK", "HOUSING_FUND", at=1700000000))
    other = await channel.push(event_xml(ALI, "CLICK", "MEDICAL", at=1700000000))
    assert first.sees == again.sees == "回声1：HOUSING_FUND"
    assert other.sees == "回声2：MEDICAL"


async def test_messages_of_one_person_are_answered_in_order(channel: Channel) -> None:
    slow = asyncio.create_task(channel.push(text_xml(ALI, "等")))
    await channel.until(lambda: channel.assistant.heard)
    fast = asyncio.create_task(channel.push(text_xml(ALI, "快")))
    await channel.until(lambda: len(channel.gateway.jobs) == 2)
    channel.assistant.gate.set()
    assert (await slow).sees == "回声1：等"
    assert (await fast).sees == "回声2：快"


async def test_one_slow_person_does_not_hold_up_another(channel: Channel) -> None:
    slow = asyncio.create_task(channel.push(text_xml(ALI, "等")))
    await channel.until(lambda: channel.assistant.heard)
    assert (await channel.push(text_xml(BO, "快"))).sees == "回声1：快"
    assert not slow.done()
    channel.assistant.gate.set()
    assert (await slow).sees == "回声1：等"


async def test_past_the_budget_success_is_said_and_the_answer_pushed_with_its_question(
    open_channel: Any, database_url: str
) -> None:
    channel = open_channel(database_url, budget_s=0.1)
    xml = text_xml(ALI, "等")
    got = await channel.push(xml)
    assert got.body == b"success"
    await channel.until(lambda: channel.rows("SELECT deferred FROM inbox") in ([(1,)], [(True,)]))
    channel.assistant.gate.set()
    await channel.until(lambda: pushed(channel))
    assert pushed(channel) == ["您刚才问的“等”：\n回声1：等"]
    assert (await channel.push(xml)).body == b"success"
    assert len(pushed(channel)) == 1


async def test_without_the_right_to_push_a_later_try_gets_the_answer(open_channel: Any) -> None:
    channel = open_channel(budget_s=0.1, customer_service=False)
    channel.gateway._hold_s = 100
    xml = text_xml(ALI, "等")
    first = asyncio.create_task(channel.push(xml))
    await channel.until(lambda: channel.assistant.heard)
    second = asyncio.create_task(channel.push(xml))
    await channel.until(lambda: [job.tries for job in channel.gateway.jobs.values()] == [2])
    await asyncio.sleep(0.2)  # past the budget
    channel.assistant.gate.set()
    assert (await second).sees == "回声1：等"
    assert (await first).sees == "回声1：等"
    assert len(channel.assistant.heard) == 1


async def test_without_the_right_to_push_the_third_try_holds_and_the_next_message_delivers(
    open_channel: Any,
) -> None:
    channel = open_channel(budget_s=0.1, customer_service=False)
    channel.gateway._hold_s = 0.05
    xml = text_xml(ALI, "等")
    tries = [await channel.push(xml) for _ in range(3)]
    assert [t.sees for t in tries[:2]] == ["", ""]
    assert "稍后" in tries[2].sees
    channel.assistant.gate.set()
    await channel.until(lambda: pushed(channel, state="held"))
    got = await channel.push(text_xml(ALI, "还有吗"))
    assert got.sees.startswith("您刚才问的“等”：\n回声1：等")
    assert got.sees.endswith("回声2：还有吗")
    assert pushed(channel, state="held") == []


async def test_a_long_answer_is_pushed_in_parts_with_the_citation_first(channel: Channel) -> None:
    got = await channel.push(text_xml(ALI, "长"))
    rest = pushed(channel)
    assert "依据" in got.sees
    assert rest
    assert all(size(t) <= 2048 for t in [got.sees, *rest])
    assert (got.sees + "".join(rest)).count("政策说明很长") == 160


async def test_a_late_long_answer_keeps_its_order_and_its_source_on_the_first_part(
    open_channel: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    channel = open_channel(budget_s=0.1)
    said, source = "政策说明，一段一段看。" * 150, "依据：样本〔2026〕1号"
    outcome = Outcome(OutcomeKind.ANSWERED, said, citation=source)
    monkeypatch.setattr(channel.assistant, "_outcome", lambda *_: outcome)
    assert (await channel.push(text_xml(ALI, "等"))).body == b"success"
    channel.assistant.gate.set()
    await channel.until(lambda: pushed(channel))
    first, *rest = pushed(channel)
    assert first.startswith("您刚才问的“等”：\n政策说明")
    assert first.endswith(source)
    assert all(size(t) <= 2048 for t in [first, *rest])
    assert (first + "".join(rest)).count("政策说明") == 150


async def test_an_outcome_that_says_nothing_is_acknowledged(
    open_channel: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    channel = open_channel()
    monkeypatch.setattr(channel.assistant, "_outcome", lambda *_: Outcome(OutcomeKind.ANSWERED, " "))
    assert (await channel.push(text_xml(ALI, "问"))).body == b"success"


async def test_without_the_right_to_push_a_long_answer_continues_on_request(open_channel: Any) -> None:
    channel = open_channel(customer_service=False)
    seen = [(await channel.push(text_xml(ALI, "长"))).sees]
    while pushed(channel, state="held"):
        seen.append((await channel.push(text_xml(ALI, "继续"))).sees)
    assert all(size(s) <= 2048 for s in seen)
    assert len(seen) > 2
    assert "".join(seen).replace(MORE, "").count("政策说明很长") == 160
    assert len(channel.assistant.heard) == 1


async def test_a_failing_assistant_leaves_one_stored_next_step(channel: Channel) -> None:
    xml = text_xml(ALI, "崩")
    first, second = await channel.push(xml), await channel.push(xml)
    assert "12345" in first.sees
    assert second.sees == first.sees
    assert channel.rows("SELECT outcome FROM turns") == [("service_trouble",)]


async def test_the_conversation_is_kept_between_messages(channel: Channel) -> None:
    await channel.push(text_xml(ALI, "一"))
    await channel.push(text_xml(ALI, "二"))
    assert [t.misses for t in channel.assistant.talks] == [0, 1]


async def test_too_many_waiting_messages_get_a_polite_sentence_and_no_row(open_channel: Any) -> None:
    channel = open_channel(person_waiting_limit=2)
    running = [asyncio.create_task(channel.push(text_xml(ALI, "等"))) for _ in range(2)]
    await channel.until(lambda: len(channel.gateway.jobs) == 2)
    assert "一条一条" in (await channel.push(text_xml(ALI, "急"))).sees
    assert (await channel.push(text_xml(BO, "急"))).sees == "回声1：急"
    channel.assistant.gate.set()
    await asyncio.gather(*running)
    assert len(channel.rows("SELECT id FROM inbox")) == 3


async def test_draining_finishes_what_runs_and_refuses_what_comes(channel: Channel) -> None:
    running = asyncio.create_task(channel.push(text_xml(ALI, "等")))
    await channel.until(lambda: channel.assistant.heard)
    draining = asyncio.create_task(channel.gateway.drain(100))
    await asyncio.sleep(0)
    assert "再发一次" in (await channel.push(text_xml(BO, "晚了"))).sees
    channel.assistant.gate.set()
    await draining
    assert (await running).sees == "回声1：等"
