"""The scenes of the bench and what is kept of each.

Why this file exists: one place says how many citizens write how much; the systems differ only in how a
request is made. It must not start processes or print.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from bot.bench.load import Maker, Run, load, prepared

PREPARED_PER_S = 300
"""Requests made for each second of load: more than 2 cores can answer."""
LONG = 1000
"""Messages of one citizen in the long scene."""
FIRST_S = 60.0
"""Longest time the questions may take that are asked for the first time."""
EDGE = 100
"""Messages at its start and end that are compared."""


@dataclass(frozen=True, slots=True)
class Figures:
    """One scene: requests per second and latencies in ms; ``answered`` of ``sent`` were real answers."""

    users: int
    sent: int
    answered: int
    per_second: float
    p50_ms: float
    p95_ms: float
    p99_ms: float

    def to_json(self) -> dict[str, Any]:
        """Plain numbers."""
        return asdict(self)


@dataclass(slots=True)
class Target:
    """How to load one system: where, with which requests, and how to count its answers."""

    port: int
    maker: Callable[[int], Maker]
    answers: Callable[[Sequence[bytes]], int]
    made: int = 0

    def requests(self, users: int, each: int, per_user: int) -> list[Any]:
        """Requests never made before, for every user."""
        make, start = self.maker(per_user), self.made
        self.made += users * each
        return prepared(lambda number: make(start + number), users, each)


def figures(run: Run, users: int, answered: int) -> Figures:
    """The figures of a run."""
    return Figures(
        users,
        len(run.seconds),
        answered,
        round(run.throughput, 1),
        *(round(run.percentile_ms(share), 1) for share in (0.5, 0.95, 0.99)),
    )


def crowd(target: Target, users: int, seconds: float) -> Figures:
    """``users`` at the same time, every message from a citizen never seen before."""
    each = int(PREPARED_PER_S * seconds / users) + 1
    run = asyncio.run(load(target.port, target.requests(users, each, 1), seconds))
    return figures(run, users, target.answers(run.bodies))


def first_time(target: Target, questions: int) -> Figures:
    """One citizen after the other asks a question that nobody has asked since the start: the dear ones."""
    run = asyncio.run(load(target.port, target.requests(1, questions, 1), FIRST_S))
    return figures(run, 1, target.answers(run.bodies))


def long_talk(target: Target, seconds: float) -> dict[str, Any]:
    """One citizen writes 1,000 messages, or as many as the time allows: what do the last ones cost?"""
    target.made += -target.made % LONG
    run = asyncio.run(load(target.port, target.requests(1, LONG, LONG), seconds))
    first, last = (Run(seconds=part) for part in (run.seconds[:EDGE], run.seconds[-EDGE:]))
    return {
        **figures(run, 1, target.answers(run.bodies)).to_json(),
        "first_p50_ms": round(first.percentile_ms(0.5), 1),
        "last_p50_ms": round(last.percentile_ms(0.5), 1),
    }
