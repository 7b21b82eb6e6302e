"""What is old goes on time, what is not stays."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from store import conversations, retention, switches, tickets
from store.database import Database
from store.errors import StoreError, reason_of
from store.finish import Finish, finish
from store.inbox import Arrival, accept
from tests.support.databases import sqlite_url

NOW = 1_800_000_000.0
DAY = retention.DAY_S


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    found = Database(sqlite_url(tmp_path))
    yield found
    found.close()


def answered(database: Database, openid: str, at: float, **changes: object) -> None:
    turn = {
        "turn": openid, "sender": "h", "at": at, "day": "2026-11-20", "kind": "text", "outcome": "answered",
        "need": "", "confidence": 0.0, "city": "", "aspect": "", "answer_id": "", "content_version": "",
        "verdict": "", "handoff": "", "suggestions": "", "ms": 1, "text": "词", "handled": "",
    }  # fmt: skip
    with database.write() as connection:
        accepted = accept(connection, Arrival(f"{openid}:{at}", openid, "{}", "", at), "o")
        done = Finish(accepted.id, "o", openid, at, at, conversation="{}", turn=turn, **changes)  # type: ignore[arg-type]
        assert finish(connection, done)


def count(database: Database, what: str) -> int:
    with database.read() as connection:
        return int(connection.exec_driver_sql(f"SELECT count(*) FROM {what}").scalar() or 0)


def test_old_answers_conversations_and_words_go_and_new_ones_stay(database: Database) -> None:
    answered(database, "old", NOW - 40 * DAY)
    answered(database, "new", NOW - 60)
    with database.write() as connection:
        gone = retention.sweep(connection, NOW, retention.Ages())
    assert (gone["inbox"], gone["conversations"], gone["turns"]) == (1, 1, 1)
    assert (count(database, "inbox"), count(database, "conversations")) == (1, 1)
    assert count(database, "turns") == 2
    assert count(database, "turns WHERE text <> ''") == 1


def test_closed_tickets_go_with_their_lines_and_open_ones_stay(database: Database) -> None:
    with database.write() as connection:
        for openid, close in (("a", True), ("b", False)):
            tickets.open_ticket(connection, openid, {"question": "问"}, NOW - 50 * DAY)
            tickets.append(connection, openid, "citizen", "词", NOW - 50 * DAY)
            if close:
                tickets.close_for(connection, openid, "done", NOW - 40 * DAY)
        retention.sweep(connection, NOW, retention.Ages())
    assert (count(database, "tickets"), count(database, "ticket_messages")) == (1, 1)


def test_what_nobody_handled_is_ended_with_a_reason_and_its_words_go_later(database: Database) -> None:
    wish = {"do": "callback", "need": "a.b", "question": "问"}
    answered(database, "old", NOW - 15 * DAY, effects=(wish,))
    answered(database, "new", NOW - 13 * DAY, effects=(wish,))
    with database.write() as connection:
        tickets.open_ticket(connection, "old", {"question": "问"}, NOW - 15 * DAY)
        tickets.open_ticket(connection, "new", {"question": "问"}, NOW - 13 * DAY)
        ended = retention.end_forgotten(connection, NOW, retention.Ages())
    assert ended == {"tickets_forgotten": 1, "callbacks_forgotten": 1}
    assert count(database, "tickets WHERE openid = 'old' AND close_reason = 'forgotten'") == 1
    assert count(database, "callbacks WHERE openid = 'old' AND state = 'given_up'") == 1
    assert count(database, "tickets WHERE openid = 'new' AND state = 'open'") == 1
    with database.write() as connection:
        retention.sweep(connection, NOW + 29 * DAY, retention.Ages())
        assert connection.exec_driver_sql("SELECT count(*) FROM tickets").scalar() == 2
        retention.sweep(connection, NOW + 31 * DAY, retention.Ages())
    for table in ("tickets", "callbacks"):
        assert count(database, f"{table} WHERE openid = 'old'") == 0
        assert count(database, f"{table} WHERE openid = 'new'") == 1


def test_a_ticket_somebody_wrote_to_lately_is_not_forgotten(database: Database) -> None:
    with database.write() as connection:
        tickets.open_ticket(connection, "a", {"question": "问"}, NOW - 50 * DAY)
        tickets.append(connection, "a", "citizen", "还在等", NOW - DAY)
        assert retention.end_forgotten(connection, NOW, retention.Ages())["tickets_forgotten"] == 0


def test_the_assistant_answers_again_after_a_forgotten_ticket(database: Database) -> None:
    answered(database, "a", NOW - 20 * DAY)
    with database.write() as connection:
        tickets.open_ticket(connection, "a", {"question": "问"}, NOW - 20 * DAY)
        conversations.set_handoff(connection, "a", {"state": "waiting"}, NOW - 20 * DAY)
        retention.end_forgotten(connection, NOW, retention.Ages())
        assert "waiting" not in str(conversations.load(connection, "a")[0])


def test_an_unknown_effect_is_refused_and_nothing_of_the_answer_is_stored(database: Database) -> None:
    with pytest.raises(StoreError, match="no_such"):
        answered(database, "x", NOW, effects=({"do": "no_such"},))
    assert count(database, "inbox") == 0


def test_feedback_and_call_backs_are_written_with_the_answer(database: Database) -> None:
    wishes = (
        {"do": "feedback", "answer_id": "a.b", "helpful": False, "reason": "太长"},
        {"do": "callback", "need": "a.b", "question": "问", "facts": {"years": 3}},
    )
    answered(database, "x", NOW, effects=wishes)
    assert count(database, "feedback WHERE answer_id = 'a.b' AND sender = 'h' AND NOT helpful") == 1
    assert count(database, "callbacks WHERE openid = 'x' AND state = 'open'") == 1


def test_a_second_ticket_is_not_opened_while_one_is_live(database: Database) -> None:
    with database.write() as connection:
        one = tickets.open_ticket(connection, "x", {"question": "一"}, NOW)
        assert tickets.open_ticket(connection, "x", {"question": "二"}, NOW) == one


def test_the_hand_off_of_an_unknown_person_changes_nothing(database: Database) -> None:
    with database.write() as connection:
        assert not conversations.set_handoff(connection, "nobody", {"state": "live"}, NOW)


def test_a_switch_ends_by_itself(database: Database) -> None:
    with database.write() as connection:
        switches.set_switch(connection, "s", {"on": True}, NOW, until=NOW + 10)
        assert switches.switch(connection, "s", NOW) == {"on": True}
        assert switches.switch(connection, "s", NOW + 11) == {}
        switches.clear_switch(connection, "s")
        assert switches.switch(connection, "s", NOW) == {}


@pytest.mark.parametrize(
    ("words", "reason"),
    [
        ("database is locked", "locked"), ("attempt to write a readonly database", "read_only"),
        ("database or disk is full", "disk_full"), ("server closed the connection", "away"), ("odd", "other"),
    ],
)  # fmt: skip
def test_trouble_has_a_reason(words: str, reason: str) -> None:
    assert reason_of(Exception(words)) == reason


def test_times_are_seconds(database: Database) -> None:
    answered(database, "x", time.time())
    assert count(database, f"inbox WHERE received_at > {NOW - 10 * 365 * DAY}") == 1
