"""The session cookie and where a request comes from.

Why this file exists: names, ages and flags of cookies stand once. It must not know accounts.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets

from starlette.requests import Request
from starlette.responses import Response

from bot.addresses import sender

SESSION = "newcitizen_staff"
FORM = "newcitizen_signin"
"""Holds the token of the sign-in form: before there is a session, another site could sign somebody in."""
LIFE_S = 12 * 3600.0
"""A session ends after a working day."""
IDLE_S = 2 * 3600.0
"""A session nobody used for two hours is over: office PCs are shared."""


def new_token() -> str:
    """A random name of 256 bits."""
    return secrets.token_urlsafe(32)


def hash_of(token: str) -> str:
    """What the database keeps of a token."""
    return hashlib.sha256(token.encode()).hexdigest()


def is_secure(request: Request) -> bool:
    """Whether the browser speaks HTTPS to us or to the proxy on this machine."""
    forwarded = request.headers.get("x-forwarded-proto", "")
    return request.url.scheme == "https" or forwarded == "https"


def remember(response: Response, request: Request, name: str, value: str, path: str = "/") -> Response:
    """Set a cookie scripts cannot read and other sites' forms do not send."""
    response.set_cookie(
        name, value, path=path, httponly=True, samesite="lax", secure=is_secure(request), max_age=int(LIFE_S)
    )
    return response


def forget(response: Response, name: str, path: str = "/") -> Response:
    """Take a cookie away."""
    response.delete_cookie(name, path=path, httponly=True, samesite="lax")
    return response


def address(request: Request) -> str:
    """The browser's address, for limits and the log: what our own proxies say, else who is connected."""
    connected = request.client.host if request.client else ""
    return sender(request.scope, getattr(request.app.state, "proxies", ())) or connected


def form_token(request: Request) -> str:
    """The sign-in form's token of this browser, a new one if it has none."""
    known = request.cookies.get(FORM, "")
    return known if len(known) == 43 else new_token()


def form_is_ours(request: Request, given: str) -> bool:
    """Whether a sign-in form carries its browser's token."""
    known = request.cookies.get(FORM, "")
    return bool(known) and hmac.compare_digest(known.encode(), given.encode())


def safe_next(target: str) -> str:
    """A path of our own to go to after signing in; anything else becomes the start page.

    >>> safe_next("/console/answers?q=1"), safe_next("//evil.example"), safe_next("/\\\\evil.example")
    ('/console/answers?q=1', '/staff', '/staff')
    """
    local = target.startswith("/") and not target.startswith(("//", "/\\")) and target.isprintable()
    return target if local and "\\" not in target else "/staff"
