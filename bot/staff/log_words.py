"""The audit log in words: deeds, what they were done to, and their details.

Why this file exists: entries keep ids and short English names for good; staff read Chinese. Each door
registers its own words.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from bot.staff.roles import ROLES
from bot.staff.web import moment
from content.find import Library

DEEDS: dict[str, str] = {
    "sign_in": "登录",
    "sign_in_refused": "登录被拒",
    "sign_out": "退出",
    "password_changed": "改密码",
    "account_added": "新建账号",
    "account_changed": "改账号",
    "sessions_ended": "强制退出",
    "log_exported": "导出日志",
}
"""Deeds in Chinese; doors add theirs with ``name_deeds``."""
SUBJECTS: dict[str, str] = {"account": "账号", "audit": "操作日志"}
"""What stands before the colon of a subject, or is the whole of it; doors add theirs."""
DETAILS: dict[str, str] = {
    "how": "方式", "roles": "角色", "active": "能登录", "new_password": "换了密码", "ended": "结束了几处登录",
    "count": "数目",
}  # fmt: skip
"""Names of details; doors add theirs."""
_VALUES: dict[str, Mapping[str, str]] = {
    "how": {"password": "密码", "oidc": "统一登录", "work": "企业微信"},
    "roles": ROLES,
}
_TIMES = {"until", "at", "since"}
"""Details that are moments where they are numbers."""
Namer = Callable[[Library, str], str]
_NAMERS: list[Namer] = []


def name_deeds(names: Mapping[str, str]) -> None:
    """Register a door's deeds."""
    DEEDS.update(names)


def name_subjects(names: Mapping[str, str], namer: Namer | None = None) -> None:
    """Register what a door's deeds are done to; ``namer`` gives "" for a subject it does not know."""
    SUBJECTS.update(names)
    if namer is not None:
        _NAMERS.append(namer)


def name_details(names: Mapping[str, str], values: Mapping[str, Mapping[str, str]]) -> None:
    """Register a door's details and their set values."""
    DETAILS.update(names)
    _VALUES.update(values)


def subject(library: Library, text: str) -> str:
    """What a deed was done to."""
    named = next((said for namer in _NAMERS if (said := namer(library, text))), "")
    if named:
        return named
    kind, colon, rest = text.partition(":")
    word = SUBJECTS.get(kind, kind)
    return f"{word} {rest}" if colon else word


def details(detail: Mapping[str, Any]) -> str:
    """The details of an entry in one line.

    >>> details({"roles": ["editor"], "active": True})
    '角色：内容编辑；能登录：是'
    """
    return "；".join(
        f"{DETAILS.get(k, k)}：{_said(k, v)}" for k, v in detail.items() if v not in ("", [], None)
    )


def _said(name: str, value: Any) -> str:
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, list):
        return "、".join(_said(name, each) for each in value)
    if name in _TIMES and isinstance(value, (int, float)):
        return moment(value) or "没有定"
    return _VALUES.get(name, {}).get(str(value), str(value))
