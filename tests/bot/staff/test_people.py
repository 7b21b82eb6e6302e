"""Accounts: made, changed and locked by administrators, shown without being able to run anything."""

from __future__ import annotations

import pytest

from bot.staff.people import LAST_ADMIN
from store import accounts
from tests.support.staff import PASSWORD, Browser

EVIL = '"><script>alert(1)</script>{{7*7}}'


@pytest.fixture
def admin(app) -> Browser:
    browser = Browser(app)
    browser.sign_in("admin")
    return browser


def account(database, login: str):
    with database.read() as connection:
        return accounts.by_login(connection, login)


def test_a_new_account_can_sign_in_with_its_roles(app, admin: Browser, database) -> None:
    fields = {"login": "wang.li", "name": "王丽", "password": PASSWORD, "roles": ["editor", "operator"]}
    assert admin.post("/staff/accounts", fields).status_code == 303
    assert account(database, "wang.li").roles == {"editor", "operator"}
    assert Browser(app).sign_in("wang.li").status_code == 303


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"login": "A B"}, "登录名用小写"),
        ({"login": "editor"}, "已经有人用"),
        ({"password": "short"}, "至少 10"),
        ({"password": "wang.li wang.li"}, "不能有登录名"),
        ({"password": "aaaaaaaaaaaa"}, "五种"),
        ({"roles": ["root"]}, "没有角色 root"),
        ({"name": ""}, "姓名"),
    ],
)
def test_a_bad_account_is_refused_with_the_reason(admin: Browser, database, changes, sentence) -> None:
    fields = {"login": "wang.li", "name": "王丽", "password": PASSWORD, "roles": ["editor"], **changes}
    response = admin.post("/staff/accounts", fields)
    assert response.status_code == 422
    assert sentence in response.text
    assert account(database, "wang.li") is None


def test_the_last_administrator_stays(admin: Browser, database) -> None:
    me = account(database, "admin")
    response = admin.post(f"/staff/accounts/{me.id}", {"name": "x", "roles": ["editor"], "active": "1"})
    assert LAST_ADMIN in response.text
    assert account(database, "admin").roles == {"admin"}


def test_stopping_an_account_signs_it_out(app, admin: Browser, database) -> None:
    editor = Browser(app)
    editor.sign_in("editor")
    admin.post(f"/staff/accounts/{account(database, 'editor').id}", {"name": "x", "roles": ["editor"]})
    assert editor.get("/staff").status_code == 303
    assert editor.sign_in("editor").status_code == 401


def test_an_account_that_is_not_there_is_not_found(admin: Browser) -> None:
    assert admin.post("/staff/accounts/999/sign-out").status_code == 404


def test_what_is_typed_is_shown_as_text(admin: Browser, database) -> None:
    fields = {"login": "evil", "name": EVIL, "organisation": EVIL, "password": PASSWORD, "roles": ["editor"]}
    assert admin.post("/staff/accounts", fields).status_code == 303
    page = admin.get("/staff/accounts").text
    assert "<script>alert" not in page
    assert "{{7*7}}" in page
    assert "argon2" not in page


def test_a_new_password_works_and_the_old_one_does_not(app, database) -> None:
    browser = Browser(app)
    browser.sign_in("editor")
    new = "另外一把还要更长的钥匙"
    wrong = browser.post("/staff/password", {"old": "no", "new": new, "again": new})
    assert "现在的密码不对" in wrong.text
    assert browser.post("/staff/password", {"old": PASSWORD, "new": new, "again": new}).status_code == 303
    assert Browser(app).sign_in("editor").status_code == 401
    assert Browser(app).sign_in("editor", new).status_code == 303
