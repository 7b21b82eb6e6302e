"""Accounts and roles, for administrators: make, change, lock, sign out.

Why this file exists: nobody is left without an administrator by mistake, and no page shows a hash.
"""

from __future__ import annotations

import re
from typing import Any

from starlette.responses import RedirectResponse, Response

from bot.staff import passwords
from bot.staff.access import Call, Page, missing
from bot.staff.own import SITE
from bot.staff.roles import ADMIN, ADMINS, ROLES
from store import accounts, staff_sessions
from store.accounts import Account
from store.database import Connection

_LOGIN = re.compile(r"[a-z0-9][a-z0-9._-]{1,63}")
LOGIN_RULE = "登录名用小写字母、数字、点、横线，2 到 64 个字符。"
LAST_ADMIN = "至少要留一位能登录的管理员。"


def listed(call: Call, faults: list[str] | None = None, given: dict[str, Any] | None = None) -> Response:
    """Every account with its roles."""
    with call.database.read() as connection:
        everybody = accounts.accounts(connection)
    values = {"accounts": everybody, "faults": faults or [], "given": given or {}, "at": call.at}
    return SITE.page(call, "staff/accounts.html", values, 422 if faults else 200)


def faults_of(login: str, name: str, password: str, roles: list[str]) -> list[str]:
    """What is wrong with a new account, in Chinese."""
    found = [] if _LOGIN.fullmatch(login) else [LOGIN_RULE]
    found += [] if 0 < len(name) <= 64 else ["姓名要填，最多 64 个字。"]
    found += [f"没有角色 {role}。" for role in roles if role not in ROLES]
    return found + passwords.faults(password, login)


def add(call: Call) -> Response:
    """Make an account."""
    login, name, roles = call.text("login").lower(), call.text("name"), call.texts("roles")
    password, organisation = str(call.form.get("password", "")), call.text("organisation", 128)
    faults = faults_of(login, name, password, roles)
    kept = "" if faults else passwords.hashed(password)
    with call.database.write() as connection:
        if accounts.by_login(connection, login):
            faults.append(f"登录名 {login} 已经有人用。")
        if not faults:
            made = accounts.add(connection, login, name, kept, call.at, organisation=organisation)
            accounts.set_roles(connection, made, roles, call.me.login, call.at)
            call.audit(connection, "account_added", f"account:{login}", detail={"roles": roles})
    if faults:
        given = {"login": login, "name": name, "organisation": organisation, "roles": roles}
        return listed(call, faults, given)
    return RedirectResponse("/staff/accounts", 303)


def change(call: Call) -> Response:
    """Set name, roles, whether it may sign in, and a new password where one is given."""
    roles = [role for role in call.texts("roles") if role in ROLES]
    active, password = bool(call.text("active")), str(call.form.get("password", ""))
    with call.database.read() as connection:
        account = _of_path(connection, call)
        admins = [a for a in accounts.accounts(connection) if a.active and ADMIN in a.roles]
    faults = passwords.faults(password, account.login) if password else []
    if [a.id for a in admins] == [account.id] and not (active and ADMIN in roles):
        faults.append(LAST_ADMIN)
    if faults:
        return listed(call, faults)
    values: dict[str, Any] = {"name": call.text("name", 64) or account.name, "active": active}
    values |= {"organisation": call.text("organisation", 128), "locked_until": 0.0, "failures": 0}
    values |= {"subject": call.text("subject", 128)}
    values |= {"password": passwords.hashed(password)} if password else {}
    with call.database.write() as connection:
        accounts.change(connection, account.id, **values)
        accounts.set_roles(connection, account.id, roles, call.me.login, call.at)
        if password or not active:
            staff_sessions.end_all(connection, account.id, keep=call.session.token_hash if active else "")
        detail = {"roles": roles, "active": active, "new_password": bool(password)}
        call.audit(connection, "account_changed", f"account:{account.login}", detail=detail)
    return RedirectResponse("/staff/accounts", 303)


def sign_out(call: Call) -> Response:
    """End every session of an account."""
    with call.database.write() as connection:
        account = _of_path(connection, call)
        ended = staff_sessions.end_all(connection, account.id)
        call.audit(connection, "sessions_ended", f"account:{account.login}", detail={"ended": ended})
    return RedirectResponse("/staff/accounts", 303)


def _of_path(connection: Connection, call: Call) -> Account:
    account = accounts.by_id(connection, call.request.path_params["account"])
    if account is None:
        raise missing("这个账号")
    return account


PAGES = (
    Page("/staff/accounts", listed, ADMINS),
    Page("/staff/accounts", add, ADMINS, "POST"),
    Page("/staff/accounts/{account:int}", change, ADMINS, "POST"),
    Page("/staff/accounts/{account:int}/sign-out", sign_out, ADMINS, "POST"),
)
