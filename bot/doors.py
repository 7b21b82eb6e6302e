"""The doors of the app: which packages serve routes, in one list.

Why this file exists: a door is a module with ``routes(services) -> list[BaseRoute]``; adding one takes a
line here, and one whose package is not part of this build is not mounted.
"""

from __future__ import annotations

import importlib
import importlib.util
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:  # the supervisor names the doors and must stay small
    from starlette.routing import BaseRoute

    from bot.services import Services


@dataclass(frozen=True, slots=True)
class Door:
    """A module serving ``routes(services)``; ``path`` and ``title`` where people enter, "" for machines."""

    module: str
    path: str = ""
    title: str = ""


DOORS = (
    Door("bot.wechat.door"),
    Door("bot.pages.health"),
    Door("bot.pages.answer"),
    Door("bot.pages.home"),
    Door("bot.pages.try_page", "/try", "试用（浏览器里的公众号模拟器）"),
    Door("bot.staff.door"),
    Door("bot.console.door", "/console", "内容后台"),
    Door("bot.desk.door", "/desk", "坐席台"),
    Door("bot.api.door"),
)


def present() -> Iterator[Door]:
    """The doors whose module is part of this build."""
    for door in DOORS:
        package = door.module.rsplit(".", 1)[0]
        if importlib.util.find_spec(package) and importlib.util.find_spec(door.module):
            yield door


def for_people(try_enabled: bool) -> list[Door]:
    """The doors a person opens, in order; the try page only where it is on."""
    return [d for d in present() if d.path and (try_enabled or d.path != "/try")]


def routes(services: Services) -> list[BaseRoute]:
    """The routes of every present door, in order."""
    found: list[BaseRoute] = []
    for door in present():
        found.extend(importlib.import_module(door.module).routes(services))
    return found
