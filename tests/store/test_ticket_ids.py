"""A deleted citizen's ticket number is never given to somebody else."""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import text as sql

from store import people, tickets
from store.database import Database
from tests.support.databases import sqlite_url


def test_the_next_ticket_does_not_take_over_the_number_of_a_deleted_one(tmp_path: Path) -> None:
    database = Database(sqlite_url(tmp_path))
    with database.write() as connection:
        first = tickets.open_ticket(connection, "o1", {"question": "押金"}, 1.0)
        tickets.append(connection, "o1", "citizen", "还在吗", 2.0)
        people.delete_person(connection, "o1", "")
        second = tickets.open_ticket(connection, "o2", {"question": "工资"}, 3.0)
        tickets.append(connection, "o2", "citizen", "您好", 4.0)
        line = connection.execute(sql("SELECT max(id) FROM ticket_messages")).scalar()
    assert second > first
    assert line == 2
