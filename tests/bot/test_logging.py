"""Logs keep secrets even when a library does not, and the clock runs from where it is set."""

from __future__ import annotations

import io
import logging
from dataclasses import dataclass
from datetime import datetime, timedelta

import pytest

from bot import clock
from bot.logging import configure, get_logger, redact, sender_hash


def written(use: object) -> str:
    stream = io.StringIO()
    configure("DEBUG", json_lines=True, stream=stream)
    try:
        use()  # type: ignore[operator]
    finally:
        configure("INFO")
    return stream.getvalue()


@pytest.mark.parametrize(
    "secret",
    [
        "https://x/a?access_token=abcDEF123",
        "oAbCdEfGhIjKlMnOpQrStUvWxYz1",
        "13800138000",
        "secret=s3cr3t",
    ],
)
def test_secrets_in_a_message_are_hidden(secret: str) -> None:
    assert redact(secret) != secret
    line = written(lambda: logging.getLogger("some.library").warning("failed: %s", secret))
    assert secret not in line


def test_a_field_that_may_hold_words_is_hidden() -> None:
    line = written(lambda: get_logger("x").info("turn", text="悄悄话", openid="o1", ms=3))
    assert "悄悄话" not in line
    assert '"ms": 3' in line


def test_an_exception_is_its_class_and_place_without_its_words() -> None:
    def fail() -> None:
        try:
            raise ValueError("悄悄话")
        except ValueError:
            logging.getLogger("x").exception("it failed")

    line = written(fail)
    assert "悄悄话" not in line
    assert "ValueError" in line
    assert "test_logging.py" in line


def test_a_sender_is_the_same_hash_under_one_key_only() -> None:
    assert sender_hash(b"k", "o1") == sender_hash(b"k", "o1")
    assert sender_hash(b"k", "o1") != sender_hash(b"l", "o1")


@dataclass
class Clock:
    clock: datetime | None


def test_a_set_clock_runs_on_from_its_moment() -> None:
    moment = datetime(2026, 11, 20, 10, 30, tzinfo=clock.CHINA)
    first = clock.now(Clock(moment))
    assert timedelta(0) <= first - moment < timedelta(hours=1)
    assert clock.now(Clock(moment)) >= first


def test_without_a_setting_it_is_now_in_china() -> None:
    now = clock.now(Clock(None))
    assert now.utcoffset() == timedelta(hours=8)
    assert abs(now - datetime.now(clock.CHINA)) < timedelta(minutes=1)
