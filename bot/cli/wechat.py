"""``wechat doctor`` and ``wechat menu push|show|diff``: the account from a terminal.

Why this file exists: the commands say what WeChat says in plain Chinese and by their exit code. Nothing
here knows the protocol.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import typer

from bot.cli.words import fail
from bot.settings import Settings, SettingsFault, load_settings
from bot.wechat.api import open_api
from bot.wechat.client import WechatApi, WechatApiError
from bot.wechat.config import wechat_config
from bot.wechat.doctor import examine
from bot.wechat.menu import MenuFaults, difference, in_force, lines, load_menu
from store.database import Database
from store.errors import StoreError
from store.schema import migrate

app = typer.Typer(help="公众号：配置自检、自定义菜单。", no_args_is_help=True)
menu = typer.Typer(help="自定义菜单：按 menu.yml 推送、查看线上的、比较差别。", no_args_is_help=True)
app.add_typer(menu, name="menu")
_MARKS = {"ok": "好", "warning": "注意", "fault": "不对"}


def _settings() -> Settings:
    """The settings as written: generated development secrets are no account."""
    try:
        return load_settings()
    except SettingsFault as fault:
        fail(str(fault), 2)


@contextmanager
def _account(settings: Settings) -> Iterator[WechatApi]:
    """The account's API; what WeChat or the database refuses ends the command with its reason."""
    try:
        database = Database(settings.database)
        migrate(database)
        database.close()
        with open_api(settings) as api:
            yield api
    except (WechatApiError, StoreError) as error:
        fail(f"没有成功：{error}")


@app.command()
def doctor() -> None:
    """查公众号配置：令牌、密钥、权限、菜单；有不对的地方退出码 1，并说怎么改。"""
    settings = _settings()
    with _account(settings) as api:
        findings = examine(wechat_config(settings), api)
    for finding in findings:
        typer.echo(f"[{_MARKS[finding.state]}] {finding.text}")
    if any(finding.state == "fault" for finding in findings):
        raise typer.Exit(1)


@menu.command()
def push() -> None:
    """把 menu.yml 推送到公众号；超出微信的限制就逐条说明，不推送。"""
    ours = _ours()
    with _account(_with_secret()) as api:
        api.push_menu(ours)
    typer.echo("已推送。关注者重新进入公众号，最迟 5 分钟后看到新菜单。")


@menu.command()
def show() -> None:
    """看线上的菜单。"""
    with _account(_with_secret()) as api:
        found = lines(in_force(api.menu()))
    typer.echo("\n".join(found) or "线上没有菜单")


@menu.command()
def diff() -> None:
    """比较 menu.yml 和线上的菜单；有差别退出码 1。"""
    ours = _ours()
    with _account(_with_secret()) as api:
        changed = difference(ours, in_force(api.menu()))
    typer.echo("\n".join(changed) or "没有差别")
    if changed:
        raise typer.Exit(1)


def _ours() -> dict[str, Any]:
    try:
        return load_menu()
    except MenuFaults as faults:
        fail(str(faults))


def _with_secret() -> Settings:
    settings = _settings()
    if not (settings.wechat_appid and settings.wechat_secret.get_secret_value()):
        fail("调用微信接口要有 NEWCITIZEN_WECHAT_APPID 和 NEWCITIZEN_WECHAT_SECRET，请先设置", 2)
    return settings
