"""The front page: what this is, and the doors for people. Also serves the pages' static files."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Mount, Route

from bot import doors
from bot.pages.web import page, static
from bot.services import Services


def routes(services: Services) -> list[BaseRoute]:
    """``/`` and ``/static``."""

    def home(request: Request) -> Response:
        return page(request, "home.html", {"doors": doors.for_people(services.settings.try_enabled)})

    return [Route("/", home), Mount("/static", static, name="static")]
