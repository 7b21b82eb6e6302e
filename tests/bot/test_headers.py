"""Every response tells the browser to be strict."""

from __future__ import annotations

from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.responses import PlainTextResponse
from starlette.routing import Route
from starlette.testclient import TestClient

from bot.headers import CSP, HEADERS, SecurityHeaders


def own(_: object) -> PlainTextResponse:
    return PlainTextResponse("x", headers={"content-security-policy": "default-src 'self'"})


def broken(_: object) -> PlainTextResponse:
    raise RuntimeError


APP = Starlette(
    routes=[Route("/own", own), Route("/broken", broken)], middleware=[Middleware(SecurityHeaders)]
)


def test_a_page_that_does_not_exist_has_them_all() -> None:
    headers = TestClient(APP).get("/nothing").headers
    assert all(headers[name.decode()] == value.decode() for name, value in HEADERS)


def test_a_page_may_set_its_own() -> None:
    assert TestClient(APP).get("/own").headers["content-security-policy"] == "default-src 'self'"


def test_nothing_from_elsewhere_may_be_loaded_or_run() -> None:
    assert "default-src 'none'" in CSP
    assert "unsafe" not in CSP
    assert "http" not in CSP
