"""The eligibility model: checks, their conditions, worked cases and the facts they may ask for.

Why this file exists: the shapes shared by loader, evaluator, dialogue and console. It must not
evaluate anything (``content.criteria`` does) and must not know YAML.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Literal

from content.model import Source

Operator = Literal["is", "one_of", "at_least", "at_most", "less_than"]
Verdict = Literal["met", "not_met", "unclear"]
"""符合 · 不符合 · 需核实."""

QuestionKind = Literal["yes_no", "choice", "number", "months", "years", "date", "money"]
NUMERIC_KINDS: frozenset[str] = frozenset({"number", "months", "years", "money"})

FactInput = bool | str | Decimal | int | date | None
"""What a citizen told us about one fact. None: asked, and the citizen does not know."""


@dataclass(frozen=True, slots=True)
class Figure:
    """A bound that is a dated figure: the id of a ``Fact``, resolved on the day of the check."""

    fact_id: str


Bound = bool | str | Decimal | date | Figure


@dataclass(frozen=True, slots=True)
class Leaf:
    """``fact operator bound``; for ``one_of`` the bounds are the allowed values, else exactly one."""

    fact: str
    operator: Operator
    bounds: tuple[Bound, ...]


@dataclass(frozen=True, slots=True)
class Call:
    """A named Python function of ``content.functions`` over ``facts``."""

    function: str
    facts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Branch:
    """``all``, ``any`` or ``not`` (exactly one child) of smaller trees."""

    operator: Literal["all", "any", "not"]
    children: tuple[Tree, ...]


Tree = Leaf | Call | Branch


@dataclass(frozen=True, slots=True)
class Condition:
    """One line of the verdict's reasons: ``label``, its tree, where it comes from, a sentence per result.

    ``when`` None: our material does not settle the condition; it is always ``unclear``.
    """

    id: str
    label: str
    when: Tree | None
    cites: tuple[str, ...] = ()
    source: Source | None = None
    met: str = ""
    not_met: str = ""
    unclear: str = ""
    valid_from: date | None = None
    valid_to: date | None = None

    def holds_on(self, on: date) -> bool:
        """Whether the condition is asked at all on that day (both ends inclusive)."""
        after = self.valid_from is None or self.valid_from <= on
        return after and (self.valid_to is None or on <= self.valid_to)


@dataclass(frozen=True, slots=True)
class Result:
    """A computed sentence shown with the verdict: ``{value}`` in ``say`` is what ``function`` gives."""

    function: str
    facts: tuple[str, ...]
    say: str
    verdicts: tuple[Verdict, ...]


@dataclass(frozen=True, slots=True)
class Case:
    """A worked example beside its check: facts and day in, verdict and condition results out."""

    name: str
    facts: dict[str, FactInput]
    expect: Verdict
    conditions: dict[str, Verdict]
    on: date | None = None
    says: str = ""


@dataclass(frozen=True, slots=True)
class Check:
    """An eligibility check. ``combine`` all: every condition must be met; any: one is enough.

    ``first``: facts asked before others while they can still change the verdict. ``instead``: the
    need to offer after 不符合, or "".
    """

    id: str
    scope: str
    need: str
    title: str
    conditions: tuple[Condition, ...]
    combine: Literal["all", "any"] = "all"
    intro: str = ""
    next_steps: dict[str, str] | None = None
    results: tuple[Result, ...] = ()
    first: tuple[str, ...] = ()
    instead: str = ""
    contacts: tuple[str, ...] = ()
    checked_on: date | None = None
    valid_from: date | None = None
    valid_to: date | None = None
    after: str = ""
    cases: tuple[Case, ...] = ()

    def holds_on(self, on: date) -> bool:
        """Whether the rule is in force on that day; outside it nothing is evaluated, ``after`` is said."""
        after = self.valid_from is None or self.valid_from <= on
        return after and (self.valid_to is None or on <= self.valid_to)


@dataclass(frozen=True, slots=True)
class Choice:
    """One possible answer: ``id`` in rules, ``say`` on the button, ``sayings`` how people put it."""

    id: str
    say: str
    sayings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Question:
    """How a fact is asked for.

    ``label`` is its short Chinese name (落户时间), ``unit`` goes with numbers, ``grows`` marks
    months or years that go on counting. ``hears``: (regular expression, value) pairs by which the fact
    is heard in a sentence that was no answer; value None means "hear the matched group". ``local``
    facts (户口、住房、缴存) are about one city and are never reused for another.
    """

    id: str
    kind: QuestionKind
    ask: str
    why: str
    label: str = ""
    choices: tuple[Choice, ...] = ()
    yes: tuple[str, ...] = ()
    no: tuple[str, ...] = ()
    unit: str = ""
    minimum: Decimal | None = None
    maximum: Decimal | None = None
    unknown: str = ""
    grows: bool = False
    local: bool = False
    hears: tuple[tuple[str, FactInput], ...] = ()
