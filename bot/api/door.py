"""Opens the API: a FastAPI app below ``/api/v1``, and its description for people without foreign scripts."""

from __future__ import annotations

from starlette.routing import BaseRoute, Mount

from bot.api.app import build_api
from bot.services import Services

PREFIX = "/api/v1"


def routes(services: Services) -> list[BaseRoute]:
    """``/api/v1``."""
    return [Mount(PREFIX, build_api(services), name="api")]
