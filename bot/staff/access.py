"""Guarded routes: who is signed in, which roles may enter, and that a form came from our own page.

Why this file exists: a route of staff exists only through here, so none can forget a check. It must
not know what the pages do.
"""

from __future__ import annotations

import hmac
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from functools import partial
from urllib.parse import quote, urlsplit

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import FormData, UploadFile
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import BaseRoute, Route
from starlette.types import Receive

from bot import clock
from bot.database import database_of
from bot.services import Services
from bot.staff import cookies, web
from store import audit, staff_sessions
from store.accounts import Account
from store.database import Connection, Database
from store.errors import StoreUnavailable
from store.staff_sessions import Session

LIMIT_BYTES = 256 * 1024
"""Largest request body where a page does not say otherwise: a long answer is 10 kB."""
UPLOAD_BYTES = 5 * 1024 * 1024
MAX_FIELDS = 400


@dataclass(slots=True)
class Call:
    """One request of a signed-in person.

    ``at`` is protocol time; business time is ``now()``, which a demonstration may set.
    """

    request: Request
    services: Services
    database: Database
    session: Session
    form: FormData = field(default_factory=FormData)
    at: float = 0.0

    @property
    def me(self) -> Account:
        """Who asks."""
        return self.session.account

    def now(self) -> float:
        """The service's time in Unix seconds."""
        return clock.now(self.services.settings).timestamp()

    def text(self, name: str, limit: int = 20_000) -> str:
        """A form field without surrounding space; "" when it is absent or a file."""
        value = self.form.get(name)
        return value.strip()[:limit].replace("\r\n", "\n") if isinstance(value, str) else ""

    def texts(self, name: str) -> list[str]:
        """Every value of a form field that is not empty."""
        return [v.strip() for v in self.form.getlist(name) if isinstance(v, str) and v.strip()]

    def query(self, name: str) -> str:
        """A query parameter, "" when absent."""
        return self.request.query_params.get(name, "").strip()[:500]

    def upload(self, name: str) -> tuple[str, bytes]:
        """File name and content of an uploaded file; ("", b"") when none was chosen."""
        value = self.form.get(name)
        if not isinstance(value, UploadFile):
            return "", b""
        return value.filename or "", value.file.read(UPLOAD_BYTES + 1)

    def audit(self, connection: Connection, action: str, subject: str, **more: object) -> None:
        """Log a deed of this person in the transaction of the deed."""
        address = cookies.address(self.request)
        audit.write(connection, self.me.login, action, subject, self.at, address=address, **more)  # type: ignore[arg-type]


Handler = Callable[[Call], Response]


@dataclass(frozen=True, slots=True)
class Page:
    """One guarded route. ``roles`` empty: whoever is signed in. ``limit`` of the body in bytes."""

    path: str
    handler: Handler
    roles: frozenset[str]
    method: str = "GET"
    limit: int = LIMIT_BYTES


def guarded(services: Services, pages: Iterable[Page]) -> list[BaseRoute]:
    """Routes that let only the right people in; ``route.endpoint.keywords["page"]`` is the page."""
    return [
        Route(page.path, partial(_serve, services=services, page=page), methods=[page.method])
        for page in pages
    ]


async def _serve(request: Request, *, services: Services, page: Page) -> Response:
    try:
        return await _served(request, services, page)
    except StoreUnavailable:
        return web.trouble(request, "数据库暂时连不上，没有保存。请稍后再试一次。", 503)
    except HTTPException as fault:
        said = str(fault.detail) if fault.status_code == 404 else "提交的内容读不出来，请回到上一页再试。"
        return web.trouble(request, said, fault.status_code)


async def _served(request: Request, services: Services, page: Page) -> Response:
    database = database_of(services)
    session = await run_in_threadpool(_session, database, request)
    if session is None:
        return _to_sign_in(request)
    if page.roles and not session.account.may(page.roles):
        return web.trouble(request, "您的账号没有打开这一页的权限。需要的话请找管理员。", 403, session)
    call = Call(request, services, database, session, at=time.time())
    if page.method == "GET":
        return await run_in_threadpool(page.handler, call)
    body = await read_body(request, page.limit)
    if body is None:
        return web.trouble(request, f"内容太大，最多 {page.limit // 1024} kB。", 413, session)
    async with replayed(request, body).form(
        max_fields=MAX_FIELDS, max_files=4, max_part_size=page.limit
    ) as form:
        if not _is_ours(request, form, session.csrf):
            return web.trouble(
                request, "这一页放得太久了，或者不是从本站提交的。请刷新后再试。", 403, session
            )
        call.form = form
        return await run_in_threadpool(page.handler, call)


def _session(database: Database, request: Request) -> Session | None:
    token = request.cookies.get(cookies.SESSION, "")
    if not token:
        return None
    now, name = time.time(), cookies.hash_of(token)
    with database.read() as connection:
        found = staff_sessions.find(connection, name, now, cookies.IDLE_S)
    if found and now - found.seen_at > staff_sessions.TOUCH_S:
        with database.write() as connection:
            staff_sessions.touch(connection, name, now)
    return found


def _to_sign_in(request: Request) -> Response:
    here = request.url.path
    if request.url.query and request.method == "GET":
        here += f"?{request.url.query}"
    if request.headers.get("hx-request"):
        page = urlsplit(request.headers.get("hx-current-url", ""))
        here = f"{page.path}?{page.query}" if page.query else page.path
        return Response(status_code=401, headers={"HX-Redirect": f"/staff/login?next={quote(here)}"})
    return RedirectResponse(f"/staff/login?next={quote(here if request.method == 'GET' else '')}", 303)


async def read_body(request: Request, limit: int) -> bytes | None:
    """The body, or None when it is larger than ``limit`` bytes (the rest is not read)."""
    declared = request.headers.get("content-length", "")
    if declared.isdigit() and int(declared) > limit:
        return None
    parts: list[bytes] = []
    size = 0
    async for part in request.stream():
        size += len(part)
        if size > limit:
            return None
        parts.append(part)
    return b"".join(parts)


def replayed(request: Request, body: bytes) -> Request:
    """The request again with a body that was read already."""

    async def receive() -> dict[str, object]:
        return {"type": "http.request", "body": body, "more_body": False}

    replay: Receive = receive
    return Request(request.scope, replay)


def _is_ours(request: Request, form: FormData, csrf: str) -> bool:
    """The session's own token, and, where the browser says where from, our own origin."""
    given = form.get("csrf") or request.headers.get("x-csrf-token", "")
    same = isinstance(given, str) and hmac.compare_digest(given.encode(), csrf.encode())
    return same and request.headers.get("sec-fetch-site", "same-origin") in ("same-origin", "none")


def missing(what: str = "这一页") -> HTTPException:
    """For handlers: the thing of the path does not exist (or is not this person's to see)."""
    return HTTPException(404, f"没有{what}。")
