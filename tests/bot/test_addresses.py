"""Whose address counts: only what a trusted proxy wrote is believed."""

from __future__ import annotations

from typing import Any

import pytest

from bot.addresses import networks, sender

CITIZEN, STRANGER, PROXY = "101.226.103.7", "203.0.113.9", "10.0.0.2"
TRUSTED = networks(["10.0.0.0/8"])


def scope(client: str | None, *forwarded: str) -> dict[str, Any]:
    headers = [(b"x-forwarded-for", value.encode()) for value in forwarded]
    return {"client": (client, 4711) if client else None, "headers": headers}


@pytest.mark.parametrize(
    ("given", "found"),
    [
        (scope(CITIZEN), CITIZEN),
        (scope(STRANGER, CITIZEN), STRANGER),
        (scope(PROXY, CITIZEN), CITIZEN),
        (scope(PROXY, f"{CITIZEN}, {STRANGER}"), STRANGER),
        (scope(PROXY, f"{CITIZEN}, {STRANGER}, 10.9.9.9"), STRANGER),
        (scope(PROXY, CITIZEN, STRANGER), STRANGER),
        (scope(PROXY, f"{CITIZEN}:53211"), CITIZEN),
        (scope(PROXY, "[2001:db8::7]:443"), "2001:db8::7"),
        (scope(f"::ffff:{PROXY}", CITIZEN), CITIZEN),
        (scope(PROXY), ""),
        (scope(PROXY, "10.1.1.1"), ""),
        (scope(None, CITIZEN), ""),
    ],
)
def test_only_what_a_trusted_proxy_wrote_is_believed(given: dict[str, Any], found: str) -> None:
    assert sender(given, TRUSTED) == found


def test_a_chain_of_thousands_is_read_from_its_end_only() -> None:
    assert sender(scope(PROXY, ", ".join(["10.0.0.9"] * 5000 + [CITIZEN])), TRUSTED) == CITIZEN
