"""Many operators and tickets at once; the full size is ``scripts/bench --desk``."""

from __future__ import annotations

from bot.bench.desk_load import load


def test_every_line_reaches_its_operator_and_nobody_else() -> None:
    found = load(operators=8, count=40, lines=2)
    assert found["lines"] == 80
    assert found["lost"] == 0
    assert found["others"] == 0
