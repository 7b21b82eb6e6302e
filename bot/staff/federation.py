"""Signing in through the organisation's own identity provider: OIDC or 企业微信, off by default.

Why this file exists: a browser leaves with random texts in a cookie and comes back with the same, or is
not signed in. Nobody gets an account by having an identity: an administrator binds the two.
"""

from __future__ import annotations

import time
from urllib.parse import parse_qs, urlencode

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import BaseRoute, Route

from bot.database import database_of
from bot.logging import get_logger
from bot.services import Services
from bot.staff import cookies, web
from bot.staff.providers import NotTrusted, Oidc, Provider, Trip, Work
from store import accounts, audit

log = get_logger(__name__)
COOKIE = "newcitizen_trip"
FAILED = "登录没有成功，请从登录页再来一次。"
UNKNOWN = "您的身份 {subject} 还没有绑定账号，请把它告诉管理员。"


def providers(services: Services) -> dict[str, Provider]:
    """The ways that are set up, by the word in their path."""
    settings = services.settings
    found: dict[str, Provider] = {}
    if settings.oidc_issuer:
        found["oidc"] = Oidc(settings)
    if settings.work_corp:
        found["work"] = Work(settings)
    return found


def offered(services: Services) -> list[tuple[str, str]]:
    """Path and name of each way that is set up."""
    return [(f"/staff/with/{way}", each.name) for way, each in providers(services).items()]


def routes(services: Services) -> list[BaseRoute]:
    """Leaving and coming back; nothing where no way is set up."""
    if not providers(services):
        return []
    door = Federation(services)
    return [Route("/staff/with/{way}", door.leave), Route("/staff/with/{way}/back", door.back)]


class Federation:
    """The ways of one app."""

    def __init__(self, services: Services) -> None:
        self._services = services
        self._providers = providers(services)

    def leave(self, request: Request) -> Response:
        """Send the browser to its provider."""
        way = request.path_params["way"]
        provider = self._providers.get(way)
        if provider is None:
            return web.trouble(request, FAILED, 404)
        base = self._services.settings.public_url or str(request.base_url)
        back = f"{base.rstrip('/')}/staff/with/{way}/back"
        trip = Trip(cookies.new_token(), cookies.new_token(), cookies.new_token(), back)
        target = cookies.safe_next(request.query_params.get("next", ""))
        kept = urlencode({"s": trip.state, "n": trip.nonce, "v": trip.verifier, "b": back, "t": target})
        try:
            response = RedirectResponse(provider.away(trip), 303)
        except NotTrusted as error:
            log.warning("identity provider", way=way, reason=str(error))
            return web.trouble(request, FAILED, 502)
        return cookies.remember(response, request, COOKIE, kept, "/staff/with")

    def back(self, request: Request) -> Response:
        """Sign in whoever the provider vouches for."""
        way = request.path_params["way"]
        kept = {k: v[0] for k, v in parse_qs(request.cookies.get(COOKIE, "")).items()}
        trip = Trip(kept.get("s", ""), kept.get("n", ""), kept.get("v", ""), kept.get("b", ""))
        code, state = request.query_params.get("code", ""), request.query_params.get("state", "")
        provider = self._providers.get(way)
        if provider is None or not code or not trip.state or state != trip.state:
            return web.trouble(request, FAILED, 403)
        try:
            subject = provider.who(trip, code)
        except NotTrusted as error:
            log.warning("identity provider", way=way, reason=str(error))
            return web.trouble(request, FAILED, 403)
        return self._enter(request, way, subject, cookies.safe_next(kept.get("t", "")))

    def _enter(self, request: Request, way: str, subject: str, target: str) -> Response:
        from bot.staff.signin import welcome  # the sign-in page names the ways, so it imports this module

        now = time.time()
        with database_of(self._services).write() as connection:
            account = accounts.by_subject(connection, subject)
            if account is None or not account.active:
                where = cookies.address(request)
                audit.write(connection, subject[:64], "sign_in_refused", "account", now, address=where)
                return web.trouble(request, UNKNOWN.format(subject=subject), 403)
            response = welcome(connection, request, account, target, now, way)
        return cookies.forget(response, COOKIE, "/staff/with")
