"""Signing in and out with a local account.

Why this file exists: whoever guesses is slowed down by account and by address, whoever signs in gets a
new session, and nobody learns whether a login name exists.
"""

from __future__ import annotations

import time

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import BaseRoute, Route

from bot.database import database_of
from bot.services import Services
from bot.shared_memory import shared_memory
from bot.staff import cookies, federation, passwords, web
from bot.staff.access import read_body, replayed
from store import accounts, audit, staff_sessions
from store.accounts import Account
from store.database import Connection
from store.errors import StoreUnavailable

FAILURES = 5
"""Wrong passwords in a row that lock an account."""
LOCK_S = 15 * 60.0
PER_ADDRESS = 20
"""Tries per minute from one address: an office behind one address signs in one after another."""
WRONG = "登录名或密码不对，或者账号暂时锁定。连错五次会锁定十五分钟。"
TOO_MANY = "试得太快了，请过一分钟再登录。"
_SITE = web.Site(web.HERE, "登录")


def routes(services: Services) -> list[BaseRoute]:
    """``/staff/login``."""
    door = SignIn(services)
    return [
        Route("/staff/login", door.show, methods=["GET"]),
        Route("/staff/login", door.enter, methods=["POST"]),
    ]


class SignIn:
    """The sign-in form of one app."""

    def __init__(self, services: Services) -> None:
        self._services = services
        self._memory = services.extras.get("memory") or shared_memory(services.settings.redis_url)

    def show(self, request: Request) -> Response:
        """The form."""
        return self._form(request, "", cookies.safe_next(request.query_params.get("next", "")), 200)

    async def enter(self, request: Request) -> Response:
        """Check the form; a new session, or the form again with one sentence for every reason."""
        body = await read_body(request, 16 * 1024)
        if body is None:
            return self._form(request, WRONG, "/staff", 413)
        async with replayed(request, body).form(max_fields=8, max_files=0) as form:
            given = {key: value for key, value in form.items() if isinstance(value, str)}
        target = cookies.safe_next(given.get("next", ""))
        if not cookies.form_is_ours(request, given.get("csrf", "")):
            return self._form(request, "这一页放得太久了，请再登录一次。", target, 403)
        where = cookies.address(request)
        if not self._memory.allows(f"signin:{where}", PER_ADDRESS, 60):
            return self._form(request, TOO_MANY, target, 429)
        try:
            return await run_in_threadpool(self._enter, request, given, target)
        except StoreUnavailable:
            return self._form(request, "数据库暂时连不上，请稍后再试。", target, 503)

    def _enter(self, request: Request, given: dict[str, str], target: str) -> Response:
        now, where = time.time(), cookies.address(request)
        login, password = given.get("login", "").strip()[:128], given.get("password", "")
        database = database_of(self._services)
        with database.read() as connection:
            account = accounts.by_login(connection, login)
        right = passwords.fits(account.password if account else "", password)
        usable = account is not None and account.active and account.locked_until <= now
        with database.write() as connection:
            if account is None or not (right and usable):
                _refuse(connection, account if usable else None, login, now, where)
                return self._form(request, WRONG, target, 401)
            accounts.note_success(connection, account.id, now)
            return welcome(connection, request, account, target, now)

    def _form(self, request: Request, fault: str, target: str, status: int) -> Response:
        token = cookies.form_token(request)
        values = {"fault": fault, "next": target, "csrf": token, "others": federation.offered(self._services)}
        response = _SITE.bare(request, "staff/login.html", values, status)
        return cookies.remember(response, request, cookies.FORM, token, "/staff")


def _refuse(connection: Connection, account: Account | None, login: str, now: float, where: str) -> None:
    if account is not None:
        accounts.note_failure(connection, account.id, now, FAILURES, LOCK_S)
    known = account.login if account is not None else login[:64]
    audit.write(connection, known, "sign_in_refused", "account", now, address=where)


def welcome(
    connection: Connection, request: Request, account: Account, target: str, now: float, how: str = "password"
) -> Response:
    """Open a new session, end the browser's old one, and go on; what was in the cookie is never kept."""
    old = request.cookies.get(cookies.SESSION, "")
    if old:
        staff_sessions.end(connection, cookies.hash_of(old))
    token, csrf, where = cookies.new_token(), cookies.new_token(), cookies.address(request)
    name = cookies.hash_of(token)
    staff_sessions.open_session(connection, account.id, name, csrf, now, cookies.LIFE_S, where)
    audit.write(connection, account.login, "sign_in", "account", now, address=where, detail={"how": how})
    return cookies.remember(RedirectResponse(target, 303), request, cookies.SESSION, token)
