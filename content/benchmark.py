"""Times loading, checking, look-up, search and evaluation, for ``scripts/bench``.

Why this file exists: the budgets (load and check 2 s, look-up 1 ms, search 5 ms, evaluation 20 µs)
are measured, not tested: tests must not depend on the machine.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from time import perf_counter
from typing import Any

from content.check import check
from content.criteria import evaluate
from content.find import Library
from content.load import load_library

ROUNDS = 200


def benchmark(root: Path, on: date) -> dict[str, float]:
    """Seconds for load and check, milliseconds or microseconds (as named) for one of the others."""
    started = perf_counter()
    library = load_library(root)
    loaded = perf_counter()
    check(library, on)
    checked = perf_counter()
    library.search_clauses("", "", 1)
    indexed = perf_counter()
    return {
        "load_s": loaded - started,
        "check_s": checked - loaded,
        "index_s": indexed - checked,
        "lookup_ms": _mean(_lookups(library, on)) * 1e3,
        "search_ms": _mean(_searches(library)) * 1e3,
        "evaluate_us": _mean(_evaluations(library, on)) * 1e6,
    }


def _mean(jobs: list[Callable[[], Any]]) -> float:
    if not jobs:
        return 0.0
    started = perf_counter()
    for number in range(ROUNDS):
        jobs[number % len(jobs)]()
    return (perf_counter() - started) / ROUNDS


def _lookups(library: Library, on: date) -> list[Callable[[], Any]]:
    return [
        lambda need=need, city=city: library.answer(need, city, on)  # type: ignore[misc]
        for need in library.needs
        for city in library.cities
    ]


def _searches(library: Library) -> list[Callable[[], Any]]:
    """Questions made of the clauses' own summaries: as long as people's longest ones."""
    return [
        lambda clause=clause: library.search_clauses(  # type: ignore[misc]
            clause.summary[:30], library.notices[clause.notice_id].scope, 3
        )
        for clause in library.clauses.values()
    ]


def _evaluations(library: Library, on: date) -> list[Callable[[], Any]]:
    return [
        lambda check=check, case=case: evaluate(check, case.facts, on, library)  # type: ignore[misc]
        for check in library.checks.values()
        for case in check.cases
    ]
