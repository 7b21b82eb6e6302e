"""Eligibility checks with their worked cases: ``eligibility/*.yml`` (format: ``content.criteria``)."""

from __future__ import annotations

from typing import Any

from content.criterion import Case, Check, Condition, Question, Result
from content.reading.record import Record, did_you_mean
from content.reading.trees import read_tree, typed_value

VERDICTS = ("met", "not_met", "unclear")
_CHECK_KEYS = (
    "need",
    "title",
    "intro",
    "checked_on",
    "combine",
    "valid_from",
    "valid_to",
    "after",
    "conditions",
    "results",
    "first",
    "instead",
    "next",
    "contacts",
    "cases",
)
_CONDITION_KEYS = ("id", "label", "when", "cites", "source", *VERDICTS, "valid_from", "valid_to")
_CASE_KEYS = ("name", "facts", "date", "expect", "conditions", "says")

Questions = dict[str, Question]


def read_checks(root: Record, scope: str, questions: Questions) -> list[tuple[Check, Record]]:
    """The checks of one file, each with its record for later faults."""
    return [
        (_check(name, record, scope, questions), record)
        for name, record in root.only(("checks",)).named("checks")
    ]


def _check(check_id: str, record: Record, scope: str, questions: Questions) -> Check:
    record.only(_CHECK_KEYS).not_before("valid_from", "valid_to")
    if record.data.get("valid_to") and not record.data.get("after"):
        record.fault("写了 valid_to 就要写 after：到期以后说什么")
    conditions = tuple(_condition(each, questions) for each in record.each("conditions"))
    _distinct(record, conditions)
    return Check(
        id=check_id,
        scope=scope,
        need=record.text("need"),
        title=record.text("title", limit=30),
        conditions=conditions,
        combine=record.choice("combine", ("all", "any"), "all"),
        intro=record.text("intro", required=False),
        next_steps=_next_steps(record),
        results=tuple(_result(each) for each in record.each("results")),
        first=_first(record, questions),
        instead=record.text("instead", required=False),
        contacts=record.texts("contacts"),
        checked_on=record.day("checked_on", required=True),
        valid_from=record.day("valid_from"),
        valid_to=record.day("valid_to"),
        after=record.text("after", required=False),
        cases=tuple(_case(each, questions, {c.id for c in conditions}) for each in record.each("cases")),
    )


def _first(record: Record, questions: Questions) -> tuple[str, ...]:
    names = record.texts("first")
    for name in names:
        if name not in questions:
            record.fault(f"没有叫 {name} 的事实{did_you_mean(name, questions)}", "first")
    return names


def _distinct(record: Record, conditions: tuple[Condition, ...]) -> None:
    ids = [condition.id for condition in conditions]
    if not ids:
        record.fault("conditions 至少写一条")
    if len(set(ids)) < len(ids):
        record.fault("conditions 的 id 重复", "conditions")


def _next_steps(record: Record) -> dict[str, str]:
    steps = record.one("next")
    if steps is None:
        record.fault("缺少 next：每种结论之后该做什么")
        return {}
    steps.only(VERDICTS)
    return {verdict: steps.text(verdict) for verdict in VERDICTS}


def _condition(record: Record, questions: Questions) -> Condition:
    record.only(_CONDITION_KEYS).not_before("valid_from", "valid_to")
    if not record.data.get("cites") and not record.data.get("source"):
        record.fault("条件要写依据：cites 或 source")
    return Condition(
        id=record.text("id"),
        label=record.text("label", limit=40),
        when=read_tree(record, "when", questions),
        cites=record.texts("cites"),
        source=record.source(required=False),
        met=record.text("met", required=record.data.get("when") != "unsettled"),
        not_met=record.text("not_met", required=record.data.get("when") != "unsettled"),
        unclear=record.text("unclear"),
        valid_from=record.day("valid_from"),
        valid_to=record.day("valid_to"),
    )


def _result(record: Record) -> Result:
    record.only(("function", "facts", "say", "verdicts"))
    return Result(
        function=record.text("function"),
        facts=record.texts("facts"),
        say=record.text("say"),
        verdicts=record.texts("verdicts") or ("met",),  # type: ignore[arg-type]
    )


def _case(record: Record, questions: Questions, conditions: set[str]) -> Case:
    record.only(_CASE_KEYS)
    says = record.data.get("says", "")
    return Case(
        name=record.text("name"),
        facts=_case_facts(record, questions),
        expect=record.choice("expect", VERDICTS),
        conditions=_case_conditions(record, conditions),
        on=record.day("date"),
        says=str(says),
    )


def _case_facts(record: Record, questions: Questions) -> dict[str, Any]:
    facts = record.one("facts")
    if facts is None:
        return {}
    found: dict[str, Any] = {}
    for name, value in facts.only(questions).data.items():
        if name in questions:
            found[name] = None if value == "unknown" else typed_value(facts, name, value, questions[name])
    return found


def _case_conditions(record: Record, known: set[str]) -> dict[str, Any]:
    expected = record.one("conditions")
    if expected is None:
        return {}
    for name in expected.data:
        if name not in known:
            expected.fault(f"没有叫 {name} 的条件{did_you_mean(name, known)}", name)
    return {name: expected.choice(name, VERDICTS) for name in expected.data}
