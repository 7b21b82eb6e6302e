"""Worked cases: every check proves itself with at least one met, one not_met, one unclear.

Why this file exists: a rule nobody worked through by hand is a guess.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from content.checking.finding import Finding
from content.criteria import Evaluation, evaluate
from content.criterion import Case, Check, Condition
from content.find import Library
from content.references import figures_of


def check_cases(library: Library, on: date) -> Iterator[Finding]:
    """Run every case; name what came out differently."""
    for check in library.checks.values():
        missing = _reachable(check, library, on) - {case.expect for case in check.cases}
        if missing:
            yield Finding("checks", check.id, f"cases 还缺 {'、'.join(sorted(missing))} 的例子", ("cases",))
        for index, case in enumerate(check.cases):
            day = case.on or check.checked_on or on
            for message in _differences(case, evaluate(check, case.facts, day, library)):
                yield Finding("checks", check.id, f"例子“{case.name}”：{message}", ("cases", index))
        yield from _contacts(check)


def _reachable(check: Check, library: Library, on: date) -> set[str]:
    """The verdicts that need an example: a condition nobody can settle rules one of them out."""
    unsettled = any(_never_settled(c, check.checked_on or on, library) for c in check.conditions)
    out_of_reach = "met" if check.combine == "all" else "not_met"
    return {"met", "not_met", "unclear"} - ({out_of_reach} if unsettled else set())


def _never_settled(condition: Condition, on: date, library: Library) -> bool:
    """Left open by the material on every day, or measured by a figure that is not verified."""
    if condition.when is None:
        return condition.valid_from is None and condition.valid_to is None
    return any(library.fact(name, on) is None for name in figures_of(condition.when))


def _contacts(check: Check) -> Iterator[Finding]:
    if not check.contacts:
        yield Finding("checks", check.id, "contacts 至少写一个：需核实时找谁", ("contacts",))


def _differences(case: Case, found: Evaluation) -> Iterator[str]:
    if found.verdict != case.expect:
        yield f"应为 {case.expect}，算出 {found.verdict}"
    results = {line.condition.id: line.verdict for line in found.conditions}
    for name, expected in case.conditions.items():
        if results.get(name) != expected:
            yield f"条件 {name} 应为 {expected}，算出 {results.get(name, '不适用')}"
    if case.says and not any(case.says in sentence for sentence in found.results):
        yield f"应说出 {case.says}，说的是 {'；'.join(found.results) or '没有'}"
