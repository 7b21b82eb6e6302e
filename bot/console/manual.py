"""Help for each task, in the words staff use."""

from __future__ import annotations

from starlette.responses import Response

from bot.console.site import SITE
from bot.staff.access import Call, Page
from bot.staff.roles import READERS


def show(call: Call) -> Response:
    """The help page."""
    return SITE.page(call, "console/help.html", {})


PAGES = (Page("/console/help", show, READERS),)
