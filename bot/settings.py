"""Settings: every NEWCITIZEN_* name the service knows, read once at the start.

Why this file exists: a setting is (name, default, help, example) in one place; an unknown name, a wrong
value or a missing secret stops the start with the name and how to set it. It must not open files other
than ``.env``, nor know the processes that use it.
"""

from __future__ import annotations

import difflib
import hashlib
import hmac
import os
import re
from collections.abc import Mapping
from datetime import datetime, timedelta, timezone
from pathlib import Path
from typing import Literal

from dotenv import dotenv_values
from pydantic import ConfigDict, SecretStr, ValidationError, field_validator

from bot.setting import plain as plain  # its users know one module
from bot.setting import setting, whole
from bot.settings_staff import StaffSettings
from bot.settings_wechat import WECHAT_FORMS, WechatSettings

PREFIX = "NEWCITIZEN_"
ROOT = Path(__file__).resolve().parent.parent
CHINA = timezone(timedelta(hours=8))


class SettingsFault(Exception):
    """Settings that do not let the service start; ``faults`` are sentences that never hold a secret."""

    def __init__(self, faults: list[str]) -> None:
        self.faults = faults
        super().__init__("\n".join(faults))


class Settings(WechatSettings, StaffSettings):
    """Every setting: the service's own here, the channel's and the people's in the parts it is made of.

    Secrets are ``SecretStr``: printing or logging a Settings never shows them.
    """

    model_config = ConfigDict(frozen=True, extra="forbid", hide_input_in_errors=True)

    env: Literal["development", "production"] = setting(
        "development", "运行环境", "development 或 production", "production"
    )
    host: str = setting("127.0.0.1", "网页与回调监听的地址", "IP 地址", "127.0.0.1")
    port: int = whole(8080, 0, 65535, "网页与回调监听的端口，0 为自动选择")
    state: Path = setting(ROOT / "var", "状态目录：数据库、模型、日志、密钥", "可写的目录", "var")
    public_url: str = setting("", "对外网址，写进答复页链接", "https:// 开头的网址", "https://wx.example.cn")
    database_url: str = setting(
        "", "数据库，空为状态目录里的 SQLite", "SQLAlchemy 网址", "postgresql+psycopg://user@host/newcitizen"
    )
    redis_url: str = setting(
        "", "多个 app 之间共享的 Redis，空为单进程", "redis:// 网址", "redis://127.0.0.1:6379/0"
    )
    clock: datetime | None = setting(
        None, "把服务的“现在”定在某一刻，只限开发环境", "ISO 时间", "2026-11-20T10:30:00+08:00"
    )
    retention_days: int = whole(30, 1, 3650, "对话文字与会话保留多少天，答复里也这样说")
    open_days: int = whole(14, 1, 3650, "没有人处理的工单和回电，多少天后自动结束")
    rasa_url: str = setting(
        "", "另外运行的 Rasa，空为随服务启动", "http://127.0.0.1:端口", "http://127.0.0.1:5005"
    )
    internal_port: int = whole(0, 0, 65535, "动作监听口（只在本机），0 为自动选择")
    internal_secret: SecretStr = setting(
        SecretStr(""), "app 与 rasa 之间的口令", "16 个字符以上", "openssl rand -hex 24 的输出"
    )
    metrics_token: SecretStr = setting(
        SecretStr(""), "从别的机器读 /metrics 的口令", "任意一串", "openssl rand -hex 24 的输出"
    )
    embed_origins: str = setting(
        "", "可以把 /desk/embed 嵌进自己页面的来源，空为都不行", "用空格分开的 https:// 来源",
        "https://cti.example.cn",
    )  # fmt: skip
    try_page: bool | None = setting(None, "开不开试用页，缺省只在开发环境开", "true 或 false", "true")
    log_level: Literal["DEBUG", "INFO", "WARNING", "ERROR"] = setting(
        "INFO", "日志级别", "DEBUG、INFO、WARNING 或 ERROR", "INFO"
    )

    @field_validator("clock")
    @classmethod
    def _in_china(cls, value: datetime | None) -> datetime | None:
        return value.replace(tzinfo=CHINA) if value is not None and value.tzinfo is None else value

    @property
    def production(self) -> bool:
        """Whether this is a production start, with its stricter demands."""
        return self.env == "production"

    @property
    def database(self) -> str:
        """SQLAlchemy URL of the database, SQLite in the state folder by default."""
        return self.database_url or f"sqlite:///{self.state / 'newcitizen.db'}"

    @property
    def try_enabled(self) -> bool:
        """Whether ``/try`` is served: on in development, off in production unless NEWCITIZEN_TRY says so."""
        return not self.production if self.try_page is None else self.try_page

    @property
    def sender_key(self) -> bytes:
        """32 bytes that key the hash of an openid in logs; the same on every app that shares the secret."""
        return hmac.digest(self.internal_secret.get_secret_value().encode(), b"sender", hashlib.sha256)


def variable(field: str) -> str:
    """The environment name of a field.

    >>> variable("wechat_token"), variable("try_page")
    ('NEWCITIZEN_WECHAT_TOKEN', 'NEWCITIZEN_TRY')
    """
    return PREFIX + field.removesuffix("_page").upper()


NAMES: dict[str, str] = {variable(field): field for field in Settings.model_fields}
"""Environment name to field of every setting."""


def load_settings(environ: Mapping[str, str] | None = None, dotenv: Path | None = ROOT / ".env") -> Settings:
    """Read settings from the environment, then ``.env``, then defaults.

    Raises:
        SettingsFault: with one sentence for every unknown name, wrong value or missing secret.
    """
    written = {k: v or "" for k, v in (dotenv_values(dotenv) if dotenv and dotenv.is_file() else {}).items()}
    every = {**written, **(os.environ if environ is None else environ)}
    named = {k: v for k, v in every.items() if k.startswith(PREFIX)}
    faults = [_unknown(name) for name in named if name not in NAMES]
    values = {NAMES[k]: v.strip() for k, v in named.items() if k in NAMES and v.strip()}
    try:
        settings = Settings.model_validate(values)
    except ValidationError as error:
        raise SettingsFault(faults + [_wrong(str(e["loc"][0])) for e in error.errors()]) from None
    if faults := faults + _demands(settings):
        raise SettingsFault(faults)
    return settings.model_copy(update={"state": settings.state.absolute()})


def _unknown(name: str) -> str:
    near = difflib.get_close_matches(name, NAMES, n=1, cutoff=0.6)
    hint = f"是否要写 {near[0]}？" if near else "全部名称见 docs/operations/settings.md。"
    return f"{name}：没有这个设置，{hint}"


def how(field: str) -> str:
    """How to write a setting, as a sentence part: what it is, its form, an example."""
    info = Settings.model_fields[field]
    extra = info.json_schema_extra
    assert isinstance(extra, dict)
    return f"{info.description}，应为 {extra['form']}。写法：{variable(field)}={extra['example']}"


def _wrong(field: str) -> str:
    return f"{variable(field)}：值不对。{how(field)}"


def _demands(settings: Settings) -> list[str]:
    faults = [_wrong(field) for field in _malformed(settings)]
    if settings.production:
        faults += [f"{variable(field)}：生产环境必须设置。{how(field)}" for field in _missing(settings)]
        if settings.wechat_mode == "plain":
            faults.append("NEWCITIZEN_WECHAT_MODE：生产环境不能用 plain（明文），请改为 safe。")
        if settings.clock is not None:
            faults.append("NEWCITIZEN_CLOCK：只限开发环境，生产环境请删去。")
    return faults


def _missing(settings: Settings) -> list[str]:
    lone = ["internal_secret"] if settings.rasa_url and not plain(settings.internal_secret) else []
    return settings.missing_in_production() + lone


_FORMS = {**WECHAT_FORMS, "internal_secret": r".{16,}"}
"""Field to the whole form of its value, where one is given."""


def _malformed(settings: Settings) -> list[str]:
    given = {field: plain(getattr(settings, field)) for field in _FORMS}
    return [field for field, value in given.items() if value and not re.fullmatch(_FORMS[field], value)]
