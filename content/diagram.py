"""What the open facts can still do to a verdict: a reduced ordered decision diagram.

Why this file exists: Kleene logic alone names facts that cannot matter (x or not x, or a sibling
the citizen could not tell). In a reduced ordered diagram exactly the facts that can change the
verdict occur, so a question is never wasted. It must not know YAML, dates or wording.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from content.kleene import Truth

Node = int | str
"""A terminal (met, not_met, unclear) or the number of a decision."""

TERMINALS: dict[Truth, str] = {True: "met", False: "not_met", None: "unclear"}


@dataclass(frozen=True, slots=True)
class Variable:
    """A fact (or function) as the rule sees it: its atoms' places and each distinct kind of answer.

    ``kinds`` holds one truth per atom; ``weights`` how many sample values each kind stands for.
    """

    facts: tuple[str, ...]
    places: tuple[int, ...]
    kinds: tuple[tuple[bool, ...], ...]
    weights: tuple[int, ...]


@dataclass(slots=True)
class Diagram:
    """Decisions over open variables, built from one partial assignment."""

    variables: Sequence[Variable]
    outcome: Callable[[list[Truth]], Truth]
    residue: Callable[[list[Truth]], object]
    decisions: list[tuple[int, tuple[Node, ...]]] = field(default_factory=list)
    _known: dict[tuple[int, tuple[Node, ...]], int] = field(default_factory=dict)
    _built: dict[tuple[int, object], Node] = field(default_factory=dict)

    def build(self, values: list[Truth], open_variables: Sequence[int], position: int = 0) -> Node:
        """The diagram of the open variables from ``position`` on; ``values`` is left as it was."""
        truth = self.outcome(values)
        if truth is not None or position == len(open_variables):
            return TERMINALS[truth]
        key = (position, self.residue(values))
        if key not in self._built:
            self._built[key] = self._decide(values, open_variables, position)
        return self._built[key]

    def _decide(self, values: list[Truth], open_variables: Sequence[int], position: int) -> Node:
        number = open_variables[position]
        variable = self.variables[number]
        children: list[Node] = []
        for kind in variable.kinds:
            for place, truth in zip(variable.places, kind, strict=True):
                values[place] = truth
            children.append(self.build(values, open_variables, position + 1))
        for place in variable.places:
            values[place] = None
        if all(child == children[0] for child in children):
            return children[0]
        return self._numbered((number, tuple(children)))

    def _numbered(self, decision: tuple[int, tuple[Node, ...]]) -> int:
        if decision not in self._known:
            self._known[decision] = len(self.decisions)
            self.decisions.append(decision)
        return self._known[decision]

    def support(self, root: Node) -> list[int]:
        """Numbers of the variables that can still change the verdict, in rule order."""
        found: set[int] = set()
        seen: set[Node] = set()
        pending = [root]
        while pending:
            node = pending.pop()
            if isinstance(node, int) and node not in seen:
                seen.add(node)
                number, children = self.decisions[node]
                found.add(number)
                pending += children
        return sorted(found)

    def next_variable(self, root: Node, support: Sequence[int]) -> int:
        """The variable whose answer most often ends the check at once; the first written of equals."""
        return max(support, key=lambda number: (self._share_ending(root, number), -number))

    def _share_ending(self, root: Node, number: int) -> float:
        weights = self.variables[number].weights
        ending = sum(
            weight for kind, weight in enumerate(weights) if len(self._ends(root, number, kind, {})) == 1
        )
        return ending / sum(weights)

    def _ends(self, node: Node, number: int, kind: int, seen: dict[Node, set[str]]) -> set[str]:
        """Terminals still reachable when variable ``number`` is answered with ``kind``."""
        if isinstance(node, str):
            return {node}
        if node not in seen:
            at, children = self.decisions[node]
            taken = (children[kind],) if at == number else children
            seen[node] = set().union(*(self._ends(child, number, kind, seen) for child in taken))
        return seen[node]
