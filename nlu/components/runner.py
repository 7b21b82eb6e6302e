"""StraightRunner: runs Rasa's prediction graph node after node, without a task scheduler.

Why this file exists: Rasa's runner asks dask to schedule seven cheap nodes three times per turn,
half of the turn's work. The order never changes, so it is found once per set of targets.
"""

from __future__ import annotations

import logging
from typing import Any

from rasa.engine.graph import ExecutionContext, GraphNodeHook, GraphSchema
from rasa.engine.runner.interface import GraphRunner
from rasa.engine.storage.storage import ModelStorage

_log = logging.getLogger(__name__)
Step = tuple[str, Any, tuple[str, ...]]
"""A node's name, the node, the names whose outputs it takes."""


class StraightRunner(GraphRunner):
    """Takes over the nodes that another runner has loaded."""

    def __init__(self, schema: GraphSchema, nodes: dict[str, Any]) -> None:
        self._schema, self._nodes = schema, nodes
        self._orders: dict[tuple[str, ...], list[Step]] = {}

    @classmethod
    def create(
        cls,
        graph_schema: GraphSchema,
        model_storage: ModelStorage,
        execution_context: ExecutionContext,
        hooks: list[GraphNodeHook] | None = None,
    ) -> StraightRunner:
        """Not used: nodes come from ``over``."""
        raise NotImplementedError("StraightRunner takes over another runner's nodes")

    @classmethod
    def over(cls, runner: Any) -> GraphRunner:
        """A straight runner for the nodes of Rasa's; Rasa's own where it is built differently."""
        try:
            return cls(runner._graph_schema, runner._instantiated_nodes)
        except AttributeError:
            _log.warning("Rasa's graph runner has changed; the straight runner steps aside")
            unchanged: GraphRunner = runner
            return unchanged

    def run(self, inputs: dict[str, Any] | None = None, targets: list[str] | None = None) -> dict[str, Any]:
        """The outputs of ``targets`` by node name."""
        wanted = tuple(targets or self._schema.target_names)
        outputs: dict[str, tuple[str, Any]] = {k: (k, v) for k, v in (inputs or {}).items()}
        for name, node, needs in self._order(wanted):
            outputs[name] = node(*(outputs[need] for need in needs))
        return {name: outputs[name][1] for name in wanted}

    def _order(self, targets: tuple[str, ...]) -> list[Step]:
        if targets not in self._orders:
            self._orders[targets] = self._sorted(targets)
        return self._orders[targets]

    def _sorted(self, targets: tuple[str, ...]) -> list[Step]:
        """Nodes the targets depend on, each after what it needs; names outside the graph are inputs."""
        steps: list[Step] = []
        done: set[str] = set()

        def visit(name: str) -> None:
            if name in done or name not in self._schema.nodes:
                return
            done.add(name)
            needs = tuple(self._schema.nodes[name].needs.values())
            for need in needs:
                visit(need)
            steps.append((name, self._nodes[name], needs))

        for target in targets:
            visit(target)
        return steps
