"""A check compiled for one day: figures resolved, atoms numbered, kinds of answers listed.

Why this file exists: compiling once per day keeps an evaluation at microseconds. It must not
word anything.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from content.criterion import Call, Check, FactInput, Leaf, Question, Verdict
from content.diagram import TERMINALS, Diagram, Variable
from content.functions import FUNCTIONS
from content.kleene import Atom, Formula, Truth, all_of, any_of, compiled, holds, resolved
from content.model import FactValue
from content.samples import samples

_MISSING = object()
EVALUATIONS_KEPT = 1024
"""States remembered per rule; a rule of six yes/no facts has 729."""


class Rule:
    """One check on one day. ``evaluations`` remembers what was worked out for a state of knowledge."""

    def __init__(
        self,
        check: Check,
        on: date,
        fact: Callable[[str, date], FactValue | None],
        questions: Mapping[str, Question],
    ) -> None:
        self.check, self.on, self._fact = check, on, fact
        self.conditions = tuple(c for c in check.conditions if c.holds_on(on))
        self.evaluations: dict[Any, Any] = {}
        self._atoms: dict[Atom, int] = {}
        self._parts: list[Formula] = []
        self._reads: list[tuple[int, ...]] = []
        for condition in self.conditions:
            read: dict[int, None] = {}
            self._parts.append(compiled(condition.when, lambda atom, read=read: self._index(atom, read)))  # type: ignore[misc]
            self._reads.append(tuple(read))
        self._whole = (all_of if check.combine == "all" else any_of)(self._parts)
        self._variables = self._leaf_variables(questions) + self._call_variables()
        self._plan = self._leaf_plan()

    def figure(self, fact_id: str) -> Decimal | None:
        """A dated figure as a number; None where none holds on the day or it is no number."""
        value = self._fact(fact_id, self.on)
        return value.value if value is not None and isinstance(value.value, Decimal) else None

    def remember(self, key: Any, evaluation: Any) -> None:
        """Keep an evaluation, within bounds."""
        if len(self.evaluations) >= EVALUATIONS_KEPT:
            self.evaluations.clear()
        self.evaluations[key] = evaluation

    def known(self, facts: Mapping[str, FactInput]) -> tuple[list[Truth], tuple[int, ...]]:
        """The truth of every atom, and the variables whose facts were not asked yet."""
        values: list[Truth] = [None] * len(self._atoms)
        open_variables: list[int] = []
        for number, name, atoms in self._plan:
            value = facts.get(name, _MISSING)
            if value is _MISSING:
                open_variables.append(number)
            elif value is not None:
                for place, leaf in atoms:
                    values[place] = holds(leaf, value)
        self._call(facts, values, open_variables)
        return values, tuple(open_variables)

    def _call(self, facts: Mapping[str, FactInput], values: list[Truth], open_variables: list[int]) -> None:
        for number in range(len(self._plan), len(self._variables)):
            variable = self._variables[number]
            call = self._calls[number - len(self._plan)]
            told = {name: facts[name] for name in call.facts if name in facts}
            truth = FUNCTIONS[call.function](told, self.on, self.figure)
            values[variable.places[0]] = truth
            if truth is None and any(name not in facts for name in call.facts):
                open_variables.append(number)

    def told_to_functions(self, facts: Mapping[str, FactInput]) -> tuple[str, ...]:
        """Which of the functions' facts were asked: a function may be open while some are told."""
        return tuple(name for call in self._calls for name in call.facts if name in facts)

    def condition_verdicts(self, values: list[Truth]) -> list[Verdict]:
        """Each condition's result for what is known."""
        return [TERMINALS[part(values)] for part in self._parts]  # type: ignore[misc]

    def open_facts(
        self, values: list[Truth], open_variables: tuple[int, ...], facts: Mapping[str, FactInput]
    ) -> tuple[Verdict, tuple[str, ...], str]:
        """The verdict, the facts that can still change it, and the one to ask next (or "")."""
        if not self._parts:
            return "unclear", (), ""
        diagram = Diagram(self._variables, self._whole, self._residue)
        root = diagram.build(values, open_variables)
        if isinstance(root, str):
            return root, (), ""  # type: ignore[return-value]
        support = diagram.support(root)
        asked_for = {number: self._unasked(number, facts) for number in support}
        names = dict.fromkeys(name for number in support for name in asked_for[number])
        return "unclear", tuple(names), asked_for[diagram.next_variable(root, support)][0]

    def _unasked(self, number: int, facts: Mapping[str, FactInput]) -> list[str]:
        return [name for name in self._variables[number].facts if name not in facts]

    def _residue(self, values: list[Truth]) -> tuple[object, ...]:
        """What of the state can still matter: results of settled conditions, atoms of the others."""
        found: list[object] = []
        for part, read in zip(self._parts, self._reads, strict=True):
            truth = part(values)
            found.append(truth if truth is not None else tuple([values[place] for place in read]))
        return tuple(found)

    def _index(self, atom: Atom, read: dict[int, None]) -> int | None:
        known = resolved(atom, self.figure) if isinstance(atom, Leaf) else atom
        if known is None:
            return None
        place = self._atoms.setdefault(known, len(self._atoms))
        read[place] = None
        return place

    def _leaves(self) -> dict[str, list[tuple[int, Leaf]]]:
        found: dict[str, list[tuple[int, Leaf]]] = {}
        for atom, place in self._atoms.items():
            if isinstance(atom, Leaf):
                found.setdefault(atom.fact, []).append((place, atom))
        return found

    def _leaf_plan(self) -> list[tuple[int, str, list[tuple[int, Leaf]]]]:
        return [(number, name, atoms) for number, (name, atoms) in enumerate(self._leaves().items())]

    def _leaf_variables(self, questions: Mapping[str, Question]) -> list[Variable]:
        found = []
        for name, atoms in self._leaves().items():
            bounds = [bound for _, leaf in atoms for bound in leaf.bounds]
            kinds = Counter(
                tuple(holds(leaf, value) for _, leaf in atoms) for value in samples(questions[name], bounds)
            )
            places = tuple(place for place, _ in atoms)
            found.append(Variable((name,), places, tuple(kinds), tuple(kinds.values())))
        return found

    def _call_variables(self) -> list[Variable]:
        self._calls = [atom for atom in self._atoms if isinstance(atom, Call)]
        return [
            Variable(call.facts, (self._atoms[call],), ((True,), (False,)), (1, 1)) for call in self._calls
        ]
