"""Every guarded route asks who it is, which role, and where the form came from."""

from __future__ import annotations

import pytest
from starlette.routing import Mount, Route

from bot.staff import door
from bot.staff.access import LIMIT_BYTES
from bot.staff.roles import ROLES
from tests.support.staff import Browser

OPEN = {("/staff/login", "GET"), ("/staff/login", "POST")}
"""Routes for people who are not signed in."""


def path_of(page) -> str:
    return page.path.replace("{account:int}", "1")


def test_every_route_but_the_sign_in_is_guarded(services) -> None:
    for route in door.routes(services):
        if isinstance(route, Mount):
            assert route.path == "/staff/static"
            continue
        assert isinstance(route, Route)
        guarded = hasattr(route.endpoint, "keywords") and "page" in route.endpoint.keywords
        names = {(route.path, m) for m in route.methods if m != "HEAD"}
        assert guarded != bool(names & OPEN), route.path


@pytest.mark.parametrize("page", door.PAGES, ids=lambda p: f"{p.method} {p.path}")
def test_nobody_enters_without_a_session(app, page) -> None:
    browser = Browser(app)
    response = browser.client.request(page.method, path_of(page))
    assert response.status_code == 303
    assert response.headers["location"].startswith("/staff/login")


@pytest.mark.parametrize("role", [*ROLES, "nobody"])
def test_each_role_enters_exactly_what_the_table_says(app, role: str) -> None:
    browser = Browser(app)
    browser.sign_in(role)
    for page in door.PAGES:
        response = browser.client.request(
            page.method, path_of(page), data={} if page.method == "POST" else None
        )
        refused = "没有打开这一页的权限" in response.text
        assert refused == (bool(page.roles) and role not in page.roles), (page.path, role)


@pytest.mark.parametrize(
    "page", [p for p in door.PAGES if p.method == "POST"], ids=lambda p: p.path
)  # fmt: skip
def test_a_form_without_its_token_does_nothing(app, page) -> None:
    browser = Browser(app)
    browser.sign_in("admin")
    for fields in ({}, {"csrf": ""}, {"csrf": "x" * 43}):
        response = browser.client.post(path_of(page), data=fields)
        assert response.status_code == 403, fields
        assert "不是从本站提交" in response.text


def test_a_form_from_another_site_does_nothing_even_with_a_token(browser: Browser) -> None:
    browser.sign_in("editor")
    response = browser.post("/staff/logout", headers={"sec-fetch-site": "cross-site"})
    assert response.status_code == 403
    assert browser.get("/staff").status_code == 200


@pytest.mark.parametrize("declared", [True, False])
def test_too_large_a_body_is_refused_unread(browser: Browser, declared: bool) -> None:
    browser.sign_in("editor")
    big = b"x" * (LIMIT_BYTES + 1)
    body = big if declared else iter([big])
    assert browser.client.post("/staff/password", content=body).status_code == 413


def test_nothing_of_staff_is_kept_by_caches(browser: Browser) -> None:
    browser.sign_in("editor")
    assert browser.get("/staff").headers["cache-control"] == "no-store"


def test_a_part_of_a_page_sends_to_the_sign_in_and_back_to_the_page(app) -> None:
    headers = {"HX-Request": "true", "HX-Current-URL": "http://testserver/console/drafts/3?as_of=2026-12-01"}
    got = Browser(app).client.post("/staff/logout", headers=headers)
    assert got.status_code == 401
    assert got.headers["hx-redirect"] == "/staff/login?next=/console/drafts/3%3Fas_of%3D2026-12-01"
