"""Opens the API: a FastAPI app below ``/api/v1``, and its description for people without foreign scripts."""

from __future__ import annotations

import re

from starlette.routing import BaseRoute, Mount

from bot.api.app import build_api
from bot.services import Services

PREFIX = "/api/v1"


def routes(services: Services) -> list[BaseRoute]:
    """``/api/v1``."""
    mount = Mount(PREFIX, build_api(services), name="api")
    # a line break in an address is still our address: the API refuses it in JSON, not the app in words
    mount.path_regex = re.compile(mount.path_regex.pattern, re.DOTALL)
    return [mount]
