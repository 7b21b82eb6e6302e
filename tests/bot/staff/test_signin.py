"""Signing in: guessing is slowed down, sessions are new and can be ended, nobody is sent away."""

from __future__ import annotations

import pytest
from starlette.testclient import TestClient

from bot.addresses import networks
from bot.shared_memory import InProcessMemory
from bot.staff import cookies, door, signin
from store import accounts, audit, staff_sessions
from store.audit import Filter
from tests.support.staff import Browser, routes_app


def deeds(database, action: str) -> list:
    with database.read() as connection:
        return audit.entries(connection, Filter(action=action), 50)


def test_the_right_password_opens_a_session(browser: Browser, database) -> None:
    assert browser.get("/staff").headers["location"] == "/staff/login?next=/staff"
    assert browser.sign_in("editor").status_code == 303
    assert "您好" in browser.get("/staff").text
    assert [row.actor for row in deeds(database, "sign_in")] == ["editor"]


@pytest.mark.parametrize("login", ["editor", "who_is_this", ""])
def test_wrong_and_unknown_look_the_same(browser: Browser, login: str) -> None:
    response = browser.sign_in(login, "wrong password")
    assert response.status_code == 401
    assert signin.WRONG in response.text
    assert cookies.SESSION not in browser.client.cookies


def test_five_wrong_passwords_lock_the_account_even_for_the_right_one(browser: Browser, database) -> None:
    for _ in range(signin.FAILURES):
        browser.sign_in("editor", "wrong password")
    assert browser.sign_in("editor").status_code == 401
    with database.write() as connection:
        account = accounts.by_login(connection, "editor")
        accounts.change(connection, account.id, locked_until=1.0)
    assert browser.sign_in("editor").status_code == 303


class OneLongMinute(InProcessMemory):
    """Counts as if the minute never ended."""

    def allows(self, name: str, limit: int, period_s: int) -> bool:
        return super().allows(name, limit, 10**9)


def test_one_address_may_not_try_all_day(services, database) -> None:
    services.extras["memory"] = OneLongMinute()
    browser = Browser(routes_app(services, door))
    codes = [browser.sign_in(f"guess{n}", "x" * 12).status_code for n in range(signin.PER_ADDRESS + 1)]
    assert codes[0] == 401
    assert codes[-1] == 429


@pytest.mark.parametrize(("proxies", "next_office"), [("10.0.0.0/8", 401), ("", 429)])
def test_offices_behind_our_proxy_are_told_apart_and_others_cannot_pretend(
    services, database, proxies: str, next_office: int
) -> None:
    services.extras["memory"] = OneLongMinute()
    app = routes_app(services, door)
    app.state.proxies = networks(filter(None, [proxies]))
    browser = Browser(app)
    browser.client = TestClient(app, follow_redirects=False, client=("10.0.0.2", 4711))
    browser.client.headers["X-Forwarded-For"] = "203.0.113.9"
    codes = [browser.sign_in(f"guess{n}", "x" * 12).status_code for n in range(signin.PER_ADDRESS + 1)]
    assert codes[-1] == 429
    browser.client.headers["X-Forwarded-For"] = "203.0.113.9, 198.51.100.4"
    assert browser.sign_in("guess", "x" * 12).status_code == next_office
    assert any(row.address == "203.0.113.9" for row in deeds(database, "sign_in_refused")) == bool(proxies)


def test_a_session_from_before_signing_in_is_not_taken_over(browser: Browser) -> None:
    planted = cookies.new_token()
    browser.client.cookies.set(cookies.SESSION, planted)
    browser.sign_in("editor")
    tokens = [c.value for c in browser.client.cookies.jar if c.name == cookies.SESSION]
    assert tokens
    other = Browser(browser.app)
    other.client.cookies.set(cookies.SESSION, planted)
    assert other.get("/staff").status_code == 303


def test_signing_in_again_ends_the_old_session(browser: Browser) -> None:
    browser.sign_in("editor")
    old = browser.client.cookies[cookies.SESSION]
    browser.sign_in("editor")
    assert browser.client.cookies[cookies.SESSION] != old
    thief = Browser(browser.app)
    thief.client.cookies.set(cookies.SESSION, old)
    assert thief.get("/staff").status_code == 303


def test_the_cookie_is_out_of_reach_for_scripts_and_other_sites(browser: Browser) -> None:
    header = browser.sign_in("editor").headers["set-cookie"].lower()
    assert "httponly" in header
    assert "samesite=lax" in header


def test_the_database_does_not_hold_the_cookie(browser: Browser, database) -> None:
    browser.sign_in("editor")
    token = browser.client.cookies[cookies.SESSION]
    with database.read() as connection:
        rows = [str(row) for row in connection.execute(staff_sessions.S.select())]
    assert rows
    assert not any(token in row for row in rows)


@pytest.mark.parametrize(
    "target",
    ["https://evil.example/", "//evil.example", "/\\evil.example", "javascript:alert(1)", "staff", ""],
)
def test_nobody_is_sent_to_another_site(browser: Browser, target: str) -> None:
    assert browser.sign_in("editor", target=target).headers["location"] == "/staff"


def test_the_page_asked_for_comes_after_signing_in(browser: Browser) -> None:
    assert browser.sign_in("admin", target="/staff/log?actor=x").headers["location"] == "/staff/log?actor=x"


def test_a_form_of_another_site_signs_nobody_in(app) -> None:
    other = Browser(app)
    response = other.client.post("/staff/login", data={"login": "editor", "password": "x", "csrf": "guess"})
    assert response.status_code == 403


def test_a_locked_away_account_loses_its_sessions_at_once(browser: Browser, database) -> None:
    browser.sign_in("editor")
    with database.write() as connection:
        account = accounts.by_login(connection, "editor")
        accounts.change(connection, account.id, active=False)
    assert browser.get("/staff").status_code == 303


def test_an_idle_session_is_over(browser: Browser, database) -> None:
    browser.sign_in("editor")
    with database.write() as connection:
        token = cookies.hash_of(browser.client.cookies[cookies.SESSION])
        staff_sessions.touch(connection, token, 1.0)
    assert browser.get("/staff").status_code == 303


def test_signing_out_everywhere_ends_every_browser(app) -> None:
    first, second = Browser(app), Browser(app)
    first.sign_in("editor")
    second.sign_in("editor")
    first.post("/staff/logout", {"every": "1"})
    assert second.get("/staff").status_code == 303
