"""The same rule as a graph: no chain of imports leads upwards, however long."""

from __future__ import annotations

import grimp
import pytest


@pytest.fixture(scope="module")
def graph() -> grimp.ImportGraph:
    return grimp.build_graph("content", "store", "actions", "bot", cache_dir=None)


def test_no_chain_of_imports_leads_upwards(graph: grimp.ImportGraph) -> None:
    chains = graph.find_illegal_dependencies_for_layers(layers=("bot", "actions", "store", "content"))
    assert not chains, "\n".join(
        f"{c.importer} must not reach {c.imported} (bot → actions → store → content)" for c in chains
    )


def test_the_public_doors_do_not_know_each_other(graph: grimp.ImportGraph) -> None:
    doors = [d for d in ("bot.wechat", "bot.pages", "bot.console", "bot.desk") if d in graph.modules]
    reaching = [
        f"{a} imports {b}: doors share bot.services, not each other"
        for a in doors
        for b in doors
        if a != b
        and a != "bot.pages"
        and graph.find_children(b)
        and graph.direct_import_exists(importer=a, imported=b, as_packages=True)
    ]
    assert not reaching, "\n".join(reaching)
