"""The desk is ready before its first operator types."""

from __future__ import annotations

from types import SimpleNamespace

from bot.desk import door


async def test_the_index_is_built_from_the_start_of_the_app(services_with) -> None:
    services, prepared = services_with(), []
    services.extras["desk_engines"] = SimpleNamespace(prepare=lambda: prepared.append(True))
    door.routes(services)
    assert prepared == [True]
