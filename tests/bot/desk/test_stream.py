"""Streams: in order, from the last line seen, only one's own tickets, one look for everybody."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from types import SimpleNamespace

import pytest
from sqlalchemy import text
from starlette.responses import Response

from bot.desk import door as desk
from bot.desk.pulse import Pulse
from bot.desk.stream import Listener
from bot.staff import door as staff
from store import desk_tickets, people, tickets
from tests.bot.desk.conftest import OPENID
from tests.support.staff import Browser as DeskBrowser
from tests.support.staff import routes_app

OTHER = "oZyXwVuTsRqPoNmLkJiHgFeDcBa9"


@pytest.fixture
def claimed(database, open_ticket):
    def make(openid: str, login: str) -> int:
        ticket = open_ticket(openid)
        with database.write() as connection:
            desk_tickets.claim(connection, ticket, 1, login, 1.0, "2026-11-20T10:30:00+08:00")
        return ticket

    return make


def write(database, openid: str, said: str) -> None:
    import time

    with database.write() as connection:
        tickets.append(connection, openid, "citizen", said, time.time())


async def take(stream: AsyncIterator, name: str, count: int) -> list:
    """The next ``count`` events of a name."""
    found: list = []
    async for event in stream:
        if event.event == name:
            found.append(event)
        if len(found) == count:
            return found
    raise AssertionError(f"only {len(found)} of {count}")


def words(events: list) -> list[str]:
    return [json.loads(e.data)["text"] for e in events]


async def test_lines_come_in_order_and_with_their_number(database, claimed) -> None:
    claimed(OPENID, "lan")
    pulse = Pulse(database)
    stream = Listener(pulse, database, "lan", 0, -1).events(None)
    await take(stream, "queue", 1)
    for number in range(20):
        write(database, OPENID, f"第{number}句")
    got = await take(stream, "line", 20)
    assert words(got) == [f"第{n}句" for n in range(20)]
    assert [int(e.id) for e in got] == sorted(int(e.id) for e in got)
    await stream.aclose()


async def test_who_comes_back_gets_exactly_what_was_missed(database, claimed) -> None:
    claimed(OPENID, "lan")
    pulse = Pulse(database)
    stream = Listener(pulse, database, "lan", 0, -1).events(None)
    await take(stream, "queue", 1)
    write(database, OPENID, "看到了")
    (last,) = await take(stream, "line", 1)
    await stream.aclose()
    for number in range(3):
        write(database, OPENID, f"漏掉的{number}")
    again = Listener(pulse, database, "lan", 0, int(last.id)).events(None)
    got = words(await take(again, "line", 4))
    assert [w for w in got if w != "看到了"][:3] == ["漏掉的0", "漏掉的1", "漏掉的2"]
    await again.aclose()


async def test_lines_of_other_peoples_tickets_do_not_come(database, claimed) -> None:
    claimed(OPENID, "lan")
    claimed(OTHER, "mei")
    pulse = Pulse(database)
    stream = Listener(pulse, database, "lan", 0, -1).events(None)
    await take(stream, "queue", 1)
    write(database, OTHER, "别人的")
    write(database, OPENID, "我的")
    assert words(await take(stream, "line", 1)) == ["我的"]
    await stream.aclose()


async def test_watching_a_ticket_of_another_organisation_shows_nothing(database, claimed) -> None:
    theirs = claimed(OTHER, "mei")
    claimed(OPENID, "lan")
    with database.write() as connection:
        connection.execute(text("UPDATE tickets SET organisation = '外单位' WHERE id = :id"), {"id": theirs})
    pulse = Pulse(database)
    stream = Listener(pulse, database, "lan", theirs, -1, lambda line: line.organisation == "").events(None)
    await take(stream, "queue", 1)
    write(database, OTHER, "别的单位的")
    write(database, OPENID, "我的")
    assert words(await take(stream, "line", 1)) == ["我的"]
    await stream.aclose()


def test_who_may_open_a_ticket_may_watch_it_and_nobody_else(services, database, monkeypatch) -> None:
    """An address with somebody else's number in it opens a stream, which stays empty."""
    made: list[Listener] = []
    monkeypatch.setattr("bot.desk.stream.EventSourceResponse", lambda events, **_: Response())
    monkeypatch.setattr(Listener, "events", lambda self, _: made.append(self))
    seen = {}
    for login in ("lan", "supervisor"):
        browser = DeskBrowser(routes_app(services, staff, desk))
        browser.sign_in(login)
        browser.get("/desk/stream?ticket=7")
        for organisation in ("", "外单位"):
            line = SimpleNamespace(claimed_by="mei", organisation=organisation)
            seen[login, organisation] = made[-1]._sees(line)
    assert seen == {("lan", ""): True, ("lan", "外单位"): False, ("supervisor", ""): True,
                    ("supervisor", "外单位"): True}  # fmt: skip


async def test_a_new_ticket_and_a_deleted_one_are_told(database, open_ticket) -> None:
    pulse = Pulse(database)
    stream = Listener(pulse, database, "lan", 0, -1).events(None)
    assert json.loads((await take(stream, "queue", 1))[0].data)["open"] == 0
    open_ticket()
    assert json.loads((await take(stream, "queue", 1))[0].data)["open"] == 1
    with database.write() as connection:
        people.delete_person(connection, OPENID, "")
    assert json.loads((await take(stream, "queue", 1))[0].data)["open"] == 0
    await stream.aclose()


async def test_who_comes_at_once_shares_one_look(database) -> None:
    pulse, before = Pulse(database), asyncio.all_tasks()
    await asyncio.gather(*(pulse.join() for _ in range(5)))
    assert len(asyncio.all_tasks() - before) == 1
    for _ in range(5):
        pulse.leave()


async def test_nobody_listening_means_no_looking(database) -> None:
    pulse = Pulse(database)
    streams = [Listener(pulse, database, "lan", 0, -1).events(None) for _ in range(3)]
    for stream in streams:
        await take(stream, "queue", 1)
    assert pulse.looking
    for stream in streams:
        await stream.aclose()
    assert not pulse.looking
