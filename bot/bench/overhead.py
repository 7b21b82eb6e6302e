"""What the channel adds to a turn of Rasa: the same service, pushed to and asked directly by turns.

Why this file exists: the promise is a difference of a few ms between two latencies that drift with the
machine; short rounds one after the other let the drift cancel out. It must not start processes.
"""

from __future__ import annotations

import asyncio
from typing import Any

from bot.bench.load import Run, load
from bot.bench.measure import PREPARED_PER_S, Target

ROUNDS = 6


def _round(target: Target, seconds: float, whole: Run) -> None:
    run = asyncio.run(load(target.port, target.requests(1, int(PREPARED_PER_S * seconds) + 1, 1), seconds))
    whole.seconds += run.seconds
    whole.bodies += run.bodies


def overhead(door: Target, rasa: Target, seconds: float) -> dict[str, Any]:
    """p50 in ms of a push and of a turn of Rasa, one at a time, and the difference; from all rounds."""
    pushes, turns = Run(), Run()
    for _ in range(ROUNDS):
        _round(door, seconds / ROUNDS, pushes)
        _round(rasa, seconds / ROUNDS, turns)
    push_ms, turn_ms = pushes.percentile_ms(0.5), turns.percentile_ms(0.5)
    return {
        "push_p50_ms": round(push_ms, 2),
        "rasa_turn_p50_ms": round(turn_ms, 2),
        "overhead_p50_ms": round(push_ms - turn_ms, 2),
        "answered": [door.answers(pushes.bodies), rasa.answers(turns.bodies)],
        "sent": [len(pushes.bodies), len(turns.bodies)],
    }
