"""``/desk/embed?phone=…&q=…``: the search as a pop-up for CTI screens.

Why this file exists: a call centre's screen opens it with the caller's number and first words. It may be
framed only by the addresses of a setting; the number is shown masked and stored nowhere.
"""

from __future__ import annotations

import re

from starlette.responses import Response

from bot.desk.find_page import finder_of
from bot.desk.site import DESK, SITE
from bot.headers import CSP
from bot.staff.access import Call, Page

_ORIGIN = re.compile(r"https?://[A-Za-z0-9.-]+(?::\d+)?(?!\S)")


def masked(phone: str) -> str:
    """A number as shown: its beginning and end.

    >>> masked("13812345678"), masked("12")
    ('138****5678', '')
    """
    digits = re.sub(r"\D", "", phone)[:20]
    return f"{digits[:3]}****{digits[-4:]}" if len(digits) >= 8 else ""


def embed(call: Call) -> Response:
    """The pop-up; with ``frames`` set, framing is allowed to those origins and to nobody else."""
    typed, city, finder = call.query("q"), call.query("city"), finder_of(call.services)
    library = finder.shelf().library
    values = {
        "found": finder.find(typed, city, call.database) if typed else [],
        "cities": library.cities.values(), "version": library.version, "asked": typed, "typed": typed,
        "city": city, "phone": masked(call.query("phone")),
    }  # fmt: skip
    response = SITE.page(call, "desk/embed.html", values)
    origins = _ORIGIN.findall(call.services.settings.embed_origins)
    if origins:
        response.headers["content-security-policy"] = CSP.replace(
            "frame-ancestors 'none'", f"frame-ancestors {' '.join(origins)}"
        )
        response.headers["cross-origin-resource-policy"] = "cross-origin"
    return response


PAGES = (Page("/desk/embed", embed, DESK),)
