"""The routes of the console. Each module lists its own pages with their roles; all are mounted here."""

from __future__ import annotations

from starlette.routing import BaseRoute, Mount

from bot.console import (
    alarm_page,
    boards,
    charts,
    editor,
    emergency,
    history,
    listing,
    manual,
    overview,
    publishing,
    questions,
    review,
    sentences,
    training,
    transfer,
)
from bot.console.site import SITE
from bot.database import database_of
from bot.live.source import LiveContent
from bot.services import Services
from bot.staff.access import Page, guarded

PAGES: tuple[Page, ...] = (
    *overview.PAGES,
    *listing.PAGES,
    *editor.PAGES,
    *review.PAGES,
    *history.PAGES,
    *boards.PAGES,
    *questions.PAGES,
    *charts.PAGES,
    *emergency.PAGES,
    *alarm_page.PAGES,
    *transfer.PAGES,
    *training.PAGES,
    *sentences.PAGES,
    *manual.PAGES,
)


def routes(services: Services) -> list[BaseRoute]:
    """Everything under ``/console``; what was scheduled is published from here on."""
    live = services.extras.get("live")
    if isinstance(live, LiveContent):
        database = database_of(services)
        live.every(lambda: publishing.publish_due(services, database, live))
    return [Mount("/console/static", SITE.static, name="console_static"), *guarded(services, PAGES)]
