"""Layout, templates and static files of the staff's pages.

Why this file exists: console and desk look and behave alike. A door makes one ``Site`` with its own
folder of templates; ``staff/base.html`` is the common layout.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from jinja2 import Environment, FileSystemLoader, select_autoescape
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.staticfiles import StaticFiles

from bot.clock import CHINA
from bot.staff.roles import ROLES

if TYPE_CHECKING:
    from bot.staff.access import Call
    from store.staff_sessions import Session

HERE = Path(__file__).parent


@dataclass(frozen=True, slots=True)
class Item:
    """One entry of a door's navigation, shown to people with one of ``roles`` (empty: everybody)."""

    path: str
    title: str
    roles: frozenset[str]


def moment(seconds: float) -> str:
    """Unix seconds as staff read them, "" for none.

    >>> moment(0), moment(1795406400.0)
    ('', '2026-11-23 12:00')
    """
    return datetime.fromtimestamp(seconds, CHINA).strftime("%Y-%m-%d %H:%M") if seconds else ""


class Site:
    """The pages of one door: its templates (found before the common ones), static files and navigation.

    Args:
        folder: the door's package, with ``templates`` and ``static``.
        title: what its pages are headed with.
        items: its navigation, in order.
    """

    def __init__(self, folder: Path, title: str, items: Sequence[Item] = ()) -> None:
        loader = FileSystemLoader([folder / "templates", HERE / "templates"])
        self.static = StaticFiles(directory=folder / "static")
        self._environment = Environment(loader=loader, autoescape=select_autoescape(default=True))
        self._environment.filters["moment"] = moment
        self._environment.globals["role_names"] = ROLES
        self._title = title
        self._items = items

    def page(self, call: Call, name: str, values: Mapping[str, Any], status: int = 200) -> Response:
        """Render a template for a signed-in person."""
        return self._render(call.request, name, {**values, **self._frame(call.session, call.request)}, status)

    def bare(self, request: Request, name: str, values: Mapping[str, Any], status: int = 200) -> Response:
        """Render a template for somebody who is not signed in."""
        return self._render(request, name, {"me": None, "nav": (), "csrf": "", **values}, status)

    def _frame(self, session: Session, request: Request) -> dict[str, Any]:
        me = session.account
        nav = [i for i in self._items if not i.roles or me.may(i.roles)]
        return {"me": me, "csrf": session.csrf, "nav": nav, "path": request.url.path, "site": self._title}

    def _render(self, request: Request, name: str, values: Mapping[str, Any], status: int) -> Response:
        template = self._environment.get_template(name)
        text = template.render(request=request, partial=_is_part(request), **values)
        return HTMLResponse(text, status, headers={"Cache-Control": "no-store"})


def _is_part(request: Request) -> bool:
    """Whether htmx asked for a piece of a page."""
    return bool(request.headers.get("hx-request"))


_plain = Site(HERE, "新市民助手")
static = _plain.static
"""The files both doors use."""


def trouble(request: Request, sentence: str, status: int, session: Session | None = None) -> Response:
    """A page that says in one sentence why it did not work."""
    values = {"sentence": sentence, "me": session.account if session else None}
    values |= {"csrf": session.csrf if session else ""}
    return _plain.bare(request, "staff/trouble.html", values, status)
