"""What the channel adds is the difference of two medians, over rounds that take turns."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import pytest

from bot.bench import overhead as module
from bot.bench.load import Run
from bot.bench.measure import Target
from bot.bench.scenes import rest_maker


@pytest.fixture
def rounds(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """The ports asked, in order; port 1 takes 20 ms and port 2 15 ms for a request."""
    asked: list[int] = []

    async def load(port: int, users: Sequence[Iterator[bytes]], seconds: float) -> Run:
        asked.append(port)
        bodies = [next(users[0]), next(users[0])]
        return Run(seconds=[0.02 if port == 1 else 0.015] * 2, bodies=bodies)

    monkeypatch.setattr(module, "load", load)
    return asked


def target(port: int) -> Target:
    return Target(port, lambda _: lambda number: f"{port}:{number}".encode(), lambda bodies: len(set(bodies)))


def test_pushes_and_turns_alternate_and_nothing_is_asked_twice(rounds: list[int]) -> None:
    found: dict[str, Any] = module.overhead(target(1), target(2), 0.6)
    assert rounds == [1, 2] * module.ROUNDS
    assert found["sent"] == found["answered"] == [2 * module.ROUNDS] * 2


def test_the_overhead_is_what_a_push_takes_longer_than_a_turn(rounds: list[int]) -> None:
    found = module.overhead(target(1), target(2), 0.6)
    assert (found["push_p50_ms"], found["rasa_turn_p50_ms"], found["overhead_p50_ms"]) == (20.0, 15.0, 5.0)


def test_our_own_rasa_is_shown_the_secret_and_a_stock_one_is_not() -> None:
    assert b"X-Newcitizen-Secret: geheim" in rest_maker(["甲"], 1, "geheim")(0)
    assert b"X-Newcitizen-Secret" not in rest_maker(["甲"], 1)(0)
