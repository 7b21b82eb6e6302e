"""Every route of the desk, by role: nobody comes in where they should not, and forms are our own."""

from __future__ import annotations

import pytest

from bot.desk.door import PAGES
from bot.staff.access import Page
from bot.staff.roles import ROLES
from tests.support.staff import Browser

DESK = {"operator", "supervisor"}
KEEPERS = {"supervisor", "admin"}
EXPECTED = {
    "/desk/overview": {"supervisor"},
    "/desk/overview.csv": {"supervisor"},
    "/desk/systems": KEEPERS,
    "/desk/systems/tokens": KEEPERS,
    "/desk/systems/tokens/{token:int}/revoke": KEEPERS,
    "/desk/systems/webhooks": KEEPERS,
    "/desk/systems/webhooks/{webhook:int}/end": KEEPERS,
}


def address(page: Page) -> str:
    path = page.path
    for name in ("ticket", "wish", "token", "webhook"):
        path = path.replace(f"{{{name}:int}}", "7")
    return path


PARAMS = [pytest.param(p, id=f"{p.method} {p.path}") for p in PAGES]


@pytest.mark.parametrize("page", PARAMS)
def test_a_stranger_is_sent_to_sign_in(app, page: Page) -> None:
    got = Browser(app).client.request(page.method, address(page))
    assert got.status_code == 303
    assert got.headers["location"].startswith("/staff/login")


def test_only_the_right_roles_enter_any_route(sign_in) -> None:
    faults = []
    for login in (*ROLES, "nobody"):
        browser = sign_in(login)
        csrf = browser.csrf()
        for page in PAGES:
            allowed = login in EXPECTED.get(page.path, DESK)
            if allowed and page.path == "/desk/stream":
                continue  # an open stream does not end by itself; test_stream opens it
            got = browser.client.request(
                page.method, address(page), data={"csrf": csrf} if page.method == "POST" else None
            )
            if (got.status_code == 403) == allowed:
                faults.append(f"{login} {page.method} {page.path}: {got.status_code}")
    assert not faults, "\n".join(faults)


def test_every_form_needs_the_pages_token(operator) -> None:
    for page in PAGES:
        if page.method == "POST" and page.path not in EXPECTED:
            assert operator.client.post(address(page), data={"csrf": "wrong"}).status_code == 403, page.path


def test_an_ended_account_is_out_at_once(operator, database) -> None:
    from store import accounts

    assert operator.get("/desk").status_code == 200
    with database.write() as connection:
        account = accounts.by_login(connection, "operator")
        accounts.change(connection, account.id, active=False)
    assert operator.get("/desk").status_code == 303
