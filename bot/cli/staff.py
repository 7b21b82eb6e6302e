"""``staff add|password|roles|list``: the first administrator, and the way back in when nobody can sign in.

Why this file exists: an account page needs somebody who may open it. Passwords are asked for, never given
as an argument where other users of the machine could see them.
"""

from __future__ import annotations

import sys
import time
from typing import Annotated

import typer

from bot.cli.words import fail, settings_or_fail
from bot.staff import passwords
from bot.staff.people import faults_of
from bot.staff.roles import ROLES
from store import accounts, audit, staff_sessions
from store.database import Database
from store.schema import migrate

app = typer.Typer(help="工作人员账号：新建、改密码、改角色、列出。", no_args_is_help=True)
Roles = Annotated[list[str] | None, typer.Option("--role", help=f"角色，可以写几次：{'、'.join(ROLES)}")]
Login = Annotated[str, typer.Argument(help="登录名")]


def _database() -> Database:
    database = Database(settings_or_fail().database)
    migrate(database)
    return database


def _password() -> str:
    """Typed twice at a terminal, or the first line of standard input."""
    if sys.stdin.isatty():
        return str(typer.prompt("密码（至少 10 个字符）", hide_input=True, confirmation_prompt="再写一遍"))
    return sys.stdin.readline().rstrip("\n")


@app.command()
def add(
    login: Login,
    name: Annotated[str, typer.Option(help="姓名，缺省用登录名")] = "",
    role: Roles = None,
    organisation: Annotated[str, typer.Option(help="单位")] = "",
) -> None:
    """新建账号；不写角色就是管理员。密码在终端里问，或从标准输入读一行。"""
    roles, password = role or ["admin"], _password()
    faults = faults_of(login, name or login, password, roles)
    if faults:
        fail("\n".join(faults), 2)
    kept, now = passwords.hashed(password), time.time()
    with _database().write() as connection:
        if accounts.by_login(connection, login):
            fail(f"登录名 {login} 已经有人用。")
        made = accounts.add(connection, login, name or login, kept, now, organisation=organisation)
        accounts.set_roles(connection, made, roles, "cli", now)
        audit.write(connection, "cli", "account_added", f"account:{login}", now, detail={"roles": roles})
    typer.echo(f"账号 {login} 建好了，角色：{'、'.join(ROLES[r] for r in roles)}")


@app.command()
def password(login: Login) -> None:
    """换一个密码，解除锁定，并让这个账号在所有浏览器退出。"""
    word = _password()
    faults = passwords.faults(word, login)
    if faults:
        fail("\n".join(faults), 2)
    kept, now = passwords.hashed(word), time.time()
    with _database().write() as connection:
        account = accounts.by_login(connection, login)
        if account is None:
            fail(f"没有账号 {login}")
        accounts.change(connection, account.id, password=kept, failures=0, locked_until=0.0, active=True)
        staff_sessions.end_all(connection, account.id)
        audit.write(connection, "cli", "password_changed", f"account:{login}", now)
    typer.echo(f"账号 {login} 的密码换好了")


@app.command()
def roles(login: Login, role: Roles = None) -> None:
    """把角色换成写的这几个。"""
    wrong = [r for r in role or [] if r not in ROLES]
    if wrong:
        fail(f"没有角色 {'、'.join(wrong)}；有的是 {'、'.join(ROLES)}", 2)
    now = time.time()
    with _database().write() as connection:
        account = accounts.by_login(connection, login)
        if account is None:
            fail(f"没有账号 {login}")
        accounts.set_roles(connection, account.id, role or [], "cli", now)
        detail = {"roles": role or []}
        audit.write(connection, "cli", "account_changed", f"account:{login}", now, detail=detail)
    typer.echo(f"账号 {login} 的角色：{'、'.join(ROLES[r] for r in role or []) or '没有'}")


@app.command("list")
def listed() -> None:
    """列出全部账号和角色。"""
    with _database().read() as connection:
        for account in accounts.accounts(connection):
            state = "" if account.active else "（停用）"
            typer.echo(f"{account.login}{state} {account.name} {'、'.join(sorted(account.roles))}".rstrip())
