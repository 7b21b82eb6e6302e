"""Counting costs no thread per message, and what has expired is not counted although nothing swept it."""

from __future__ import annotations

import time

import time_machine

from bot.rates import SWEEP_S, Rates


def test_the_same_sweeper_waits_through_many_counts() -> None:
    rates = Rates()
    waiting = rates.timer
    for number in range(20):
        assert rates.acquire_sliding_window_entry(f"person:{number}", 3, 60)
        time.sleep(0.002)
    assert rates.timer is waiting
    assert waiting.is_alive()
    assert waiting.daemon
    assert waiting.interval == SWEEP_S


def test_what_has_expired_is_not_counted_before_a_sweep() -> None:
    rates = Rates()
    with time_machine.travel(1_800_000_000, tick=False) as clock:
        assert [rates.acquire_sliding_window_entry("ali", 2, 60) for _ in range(3)] == [True, True, False]
        clock.shift(121)
        assert rates.acquire_sliding_window_entry("ali", 2, 60)
    assert rates.timer.is_alive()
