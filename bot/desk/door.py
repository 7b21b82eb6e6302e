"""The routes of the desk, in one list of guarded pages."""

from __future__ import annotations

import asyncio
import contextlib

from starlette.routing import BaseRoute, Mount

from bot.desk import chat, find_page, queue_page, stream, ticket_page
from bot.desk.engines import engines_of
from bot.desk.site import static
from bot.services import Services
from bot.staff.access import Page, guarded

WARM_S = 3.0
"""After the start, when the app answers already and the model is still loading."""
PAGES: tuple[Page, ...] = (
    *find_page.PAGES,
    *queue_page.PAGES,
    *ticket_page.PAGES,
    *chat.PAGES,
    *stream.PAGES,
)


def routes(services: Services) -> list[BaseRoute]:
    """Everything under ``/desk``."""
    with contextlib.suppress(RuntimeError):  # no loop: nobody is waiting yet, the first search builds it
        asyncio.get_running_loop().call_later(WARM_S, engines_of(services).prepare)
    return [*guarded(services, PAGES), Mount("/desk/static", static, name="desk_static")]
