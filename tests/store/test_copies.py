"""Copies remember the words, once, and are deleted on time."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlalchemy import text as sql

from store import copies
from store.copies import Copy
from store.database import Database
from tests.support.databases import sqlite_url


@pytest.fixture
def database(tmp_path: Path) -> Database:
    return Database(sqlite_url(tmp_path))


def copy(voice: str = "copy", text: str = "一段话") -> Copy:
    return Copy("lan", "rental.deposit_refund", "v1", voice, text)


def test_what_was_read_on_a_day_is_shown_with_its_words(database: Database) -> None:
    with database.write() as connection:
        copies.remember(connection, copy("spoken", "读出来的话"), 100.0)
        copies.remember(connection, copy("copy", "复制的话"), 300.0)
        found = copies.between(connection, 50.0, 200.0)
    assert [(row.voice, row.text, row.content_version) for row in found] == [("spoken", "读出来的话", "v1")]


def test_the_same_words_are_kept_once(database: Database) -> None:
    with database.write() as connection:
        for at in (1.0, 2.0, 3.0):
            copies.remember(connection, copy(), at)
        assert connection.execute(sql("SELECT count(*) FROM copied_texts")).scalar() == 1
        assert copies.uses(connection, 2.0) == {"rental.deposit_refund": 2}


def test_old_copies_go_and_take_only_their_own_words_along(database: Database) -> None:
    with database.write() as connection:
        copies.remember(connection, copy(text="旧的"), 1.0)
        copies.remember(connection, copy(text="新的"), 100.0)
        assert copies.forget(connection, 50.0) == 1
        assert connection.execute(sql("SELECT text FROM copied_texts")).scalars().all() == ["新的"]
