"""What the pages of both doors ask of a call: the content in force, the day, places by name, a page number.

Why this file exists: console and desk mean the same by a day and by a place. It must not know either.
"""

from __future__ import annotations

from datetime import date

from bot import clock
from bot.staff.access import Call
from content.find import Library
from content.model import NATIONAL


def library_of(call: Call) -> Library:
    """The library in force."""
    return call.services.library()


def today(call: Call) -> date:
    """The service's day."""
    return clock.now(call.services.settings).date()


def day_asked(call: Call) -> date:
    """The day a preview is for: ``as_of`` of the form or query, else today."""
    given = call.text("as_of") or call.query("as_of")
    try:
        return date.fromisoformat(given) if given else today(call)
    except ValueError:
        return today(call)


def scope_name(library: Library, scope: str) -> str:
    """``全国`` or the city's name."""
    return library.cities[scope].name if scope in library.cities else "全国"


def scopes(library: Library) -> dict[str, str]:
    """Scope id to name, national first."""
    return {NATIONAL: "全国", **{city.id: city.name for city in library.cities.values()}}


def number_asked(call: Call, name: str = "page") -> int:
    """A positive number of the query, 1 by default."""
    given = call.query(name)
    return max(1, int(given)) if given.isdecimal() and len(given) < 7 else 1
