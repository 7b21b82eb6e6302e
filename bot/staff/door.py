"""The routes of staff accounts: sign-in, own account, accounts and roles, audit log, static files."""

from __future__ import annotations

from starlette.routing import BaseRoute, Mount

from bot.services import Services
from bot.staff import federation, log, own, people, signin
from bot.staff.access import Page, guarded
from bot.staff.web import static

PAGES: tuple[Page, ...] = (*own.PAGES, *people.PAGES, *log.PAGES)


def routes(services: Services) -> list[BaseRoute]:
    """Everything under ``/staff``."""
    return [
        *signin.routes(services),
        *federation.routes(services),
        Mount("/staff/static", static, name="staff_static"),
        *guarded(services, PAGES),
    ]
