"""Fraud in progress and victims (placeholder until the data lands)."""

from __future__ import annotations

from actions.outcome import Outcome, OutcomeKind
from actions.turn import Turn


def step(turn: Turn) -> Outcome | None:
    return None


def follow_up(turn: Turn) -> Outcome | None:
    return None


def handle(turn: Turn, need: str) -> Outcome:
    return Outcome(OutcomeKind.URGENT_FRAUD, "x", need=need)
