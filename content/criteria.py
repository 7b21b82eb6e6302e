"""Eligibility: what is decided, why, and which fact is worth asking for next.

Why this file exists: the three-valued evaluator behind every 测一测. It must not know YAML, words
or the clock: the day is an argument.

The YAML of ``content/<scope>/eligibility/*.yml`` (scope = national | cities/<city>)::

    checks:
      chengdu_rent_withdrawal:         # a city's check id starts with the city id
        need: housing_fund.rent_withdrawal
        title: 能不能提公积金付房租      # shown as the heading
        intro: …                       # optional
        checked_on: 2026-11-20
        first: [local_hukou]           # optional: asked before the others while they still matter
        instead: housing_fund.fund_withdrawal    # optional: the need offered after not_met
        combine: all                   # optional; any: one met condition is enough
        valid_from: 2026-01-01         # optional (also valid_to): outside, nothing is evaluated and
        after: …                       #   `after` is said (required with valid_to)
        conditions:
          - id: paid_months            # unique in the check
            label: 连续缴存满三个月      # ≤ 40 characters, shown with ✓ ✗ ?
            when: {fact: fund_months, at_least: "{national_fund_months}"}
            cites: ["chengdu-2022-75#三（四）13"]   # clause ids and / or
            source: {title: …, url: …, published_on: …}
            met: …                     # one sentence each, own words
            not_met: …
            unclear: …
            valid_from: …              # optional (also valid_to): the condition counts only on those days
        results:                       # optional computed sentences, shown with these verdicts
          - {function: loan_term_years, facts: [study_years], say: 最长{value}年, verdicts: [met]}
        next: {met: …, not_met: …, unclear: …}     # what to do now, one per verdict
        contacts: [fund_hotline]       # 1–3
        cases:                         # at least one each of met, not_met, unclear; content check runs them
          - name: 租房满三个月
            facts: {fund_months: 3, owns_home_here: no}   # `unknown`: asked, the citizen does not know
            date: 2026-11-20           # optional, the day it is evaluated (default: the checks' day)
            expect: met
            conditions: {paid_months: met}         # optional: results of single conditions
            says: 22                   # optional: the computed value of the first result

``when`` is a small tree::

    {fact: f, is: yes}   {fact: f, is: choice_id}   {fact: f, one_of: [a, b]}
    {fact: f, at_least: 3}  {fact: f, at_most: 3}  {fact: f, less_than: 3}
    {fact: f, at_least: 18, at_most: 59}            # several operators: all must hold
    {all: [tree, …]}   {any: [tree, …]}   {not: tree}
    {function: name, facts: [f, g]}                 # content/functions.py
    unsettled                                       # the material does not settle it: always unclear

A bound may be a number, an ISO date, or a dated figure "{fact_id}"; where no high-confidence figure
covers the day the comparison is unclear. Facts are declared in ``content/questions.yml``.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Any, Protocol
from weakref import WeakKeyDictionary

from content.criterion import Check, Condition, FactInput, Question, Verdict
from content.figures import plain_number
from content.functions import FUNCTIONS
from content.model import FactValue
from content.rule import Rule


class Knowledge(Protocol):
    """What the evaluator needs of the library: dated figures and the kinds of facts."""

    @property
    def questions(self) -> Mapping[str, Question]:
        """The facts a check may ask for."""

    def fact(self, fact_id: str, on: date) -> FactValue | None:
        """The figure in force on a day."""


@dataclass(frozen=True, slots=True)
class ConditionResult:
    """One line of the reasons; ``sentence`` is the condition's own wording of its result."""

    condition: Condition
    verdict: Verdict

    @property
    def sentence(self) -> str:
        """What to say about this condition."""
        said = {"met": self.condition.met, "not_met": self.condition.not_met}
        return said.get(self.verdict, self.condition.unclear)


@dataclass(frozen=True, slots=True)
class Evaluation:
    """Where a check stands.

    ``open_facts``: exactly the facts not yet asked that can still change the verdict, in rule order
    (empty: the check is over). ``next_fact``: the one to ask now, or "". ``results``: computed
    sentences. ``in_force`` False: the day is outside the rule's dates, say ``check.after``.
    """

    verdict: Verdict
    conditions: tuple[ConditionResult, ...] = ()
    open_facts: tuple[str, ...] = ()
    next_fact: str = ""
    results: tuple[str, ...] = ()
    in_force: bool = True


_RULES: WeakKeyDictionary[Any, dict[tuple[str, date], Rule]] = WeakKeyDictionary()
RULES_KEPT = 512
"""Compiled rules kept per library: about 60 checks × a few days (today and what-if days)."""


def evaluate(check: Check, facts: Mapping[str, FactInput], on: date, library: Knowledge) -> Evaluation:
    """Evaluate a check for a day.

    Args:
        check: the check.
        facts: what was told; a fact that is absent is open, a fact that is None was asked and the
            citizen does not know, so it is not asked again.
        on: the day the rules and figures apply.
        library: for the dated figures.
    """
    if not check.holds_on(on):
        return Evaluation("unclear", in_force=False)
    rule = _rule(check, on, library)
    values, open_variables = rule.known(facts)
    key = (tuple(values), open_variables, rule.told_to_functions(facts))
    found: Evaluation | None = rule.evaluations.get(key)
    if found is None:
        found = _evaluated(rule, values, open_variables, facts)
        rule.remember(key, found)
    return replace(found, results=_results(rule, found.verdict, facts)) if check.results else found


def _rule(check: Check, on: date, library: Knowledge) -> Rule:
    rules = _RULES.setdefault(library, {})
    rule = rules.get((check.id, on))
    if rule is None or rule.check is not check:
        if len(rules) >= RULES_KEPT:
            rules.clear()
        rule = rules[(check.id, on)] = Rule(check, on, library.fact, library.questions)
    return rule


def _evaluated(
    rule: Rule, values: list[bool | None], open_variables: tuple[int, ...], facts: Mapping[str, FactInput]
) -> Evaluation:
    verdict, open_facts, next_fact = rule.open_facts(values, open_variables, facts)
    next_fact = next((name for name in rule.check.first if name in open_facts), next_fact)
    lines = zip(rule.conditions, rule.condition_verdicts(values), strict=True)
    conditions = tuple(ConditionResult(condition, result) for condition, result in lines)
    return Evaluation(verdict, conditions, open_facts, next_fact)


def _results(rule: Rule, verdict: Verdict, facts: Mapping[str, FactInput]) -> tuple[str, ...]:
    sentences = []
    for result in rule.check.results:
        value = FUNCTIONS[result.function](facts, rule.on, rule.figure)
        if verdict in result.verdicts and value is not None:
            shown = plain_number(value) if isinstance(value, Decimal) else str(value)
            sentences.append(result.say.replace("{value}", shown))
    return tuple(sentences)


def facts_on(
    told: Mapping[str, tuple[FactInput, date]], on: date, questions: Mapping[str, Question]
) -> dict[str, FactInput]:
    """What was told, as it will be on another day: months and years that grow are carried forward.

    Args:
        told: fact id to value and the day it was told.
        on: the day wanted (再过几个月呢); earlier days change nothing.
        questions: for which facts grow.
    """
    return {name: _grown(value, day, on, questions.get(name)) for name, (value, day) in told.items()}


def _grown(value: FactInput, told_on: date, on: date, question: Question | None) -> FactInput:
    if question is None or not question.grows or value is None or isinstance(value, (bool, str, date)):
        return value
    months = (on.year - told_on.year) * 12 + on.month - told_on.month - (on.day < told_on.day)
    passed = Decimal(max(months, 0))
    return Decimal(value) + (passed if question.kind == "months" else passed / 12)
