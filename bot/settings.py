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
from typing import Any, Literal

from dotenv import dotenv_values
from pydantic import BaseModel, ConfigDict, Field, SecretStr, ValidationError, ValidationInfo, field_validator

from bot.setting import days_of, ranges_of, setting, spans_of, whole

PREFIX = "NEWCITIZEN_"
ROOT = Path(__file__).resolve().parent.parent
CHINA = timezone(timedelta(hours=8))


class SettingsFault(Exception):
    """Settings that do not let the service start; ``faults`` are sentences that never hold a secret."""

    def __init__(self, faults: list[str]) -> None:
        self.faults = faults
        super().__init__("\n".join(faults))


class Settings(BaseModel):
    """The service's settings. Secrets are ``SecretStr``: printing or logging a Settings never shows them."""

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
    wechat_token: SecretStr = setting(
        SecretStr(""), "公众平台服务器配置里的 Token", "3 到 32 个字母或数字", "自己定一串字母数字"
    )
    wechat_appid: str = setting("", "公众号 AppID", "公众平台给的 AppID", "wx 开头的一串")
    wechat_secret: SecretStr = setting(
        SecretStr(""), "公众号 AppSecret，调用接口用", "公众平台给的 AppSecret", "…"
    )
    wechat_aes_key: SecretStr = setting(
        SecretStr(""), "消息加解密密钥 EncodingAESKey", "43 个字母或数字", "公众平台随机生成"
    )
    wechat_aes_key_previous: SecretStr = setting(
        SecretStr(""), "更换密钥期间的上一个 EncodingAESKey", "43 个字母或数字", "换密钥时填旧的"
    )
    wechat_mode: Literal["safe", "compatible", "plain"] = setting(
        "safe", "消息加解密方式", "safe、compatible 或 plain", "safe"
    )
    wechat_api_base: str = setting(
        "https://api.weixin.qq.com", "微信接口地址", "http(s) 网址", "https://api.weixin.qq.com"
    )
    wechat_customer_service: bool = setting(
        False, "公众号有没有客服消息接口权限（已认证）", "true 或 false", "true"
    )
    wechat_account: str = setting(
        "", "公众号原始 ID，填了就只收发给它的消息", "gh_ 开头的一串", "公众平台里的原始 ID"
    )
    wechat_transfer: bool = setting(
        False, "人工接待用不用微信自带的客服（要有客服消息接口权限）", "true 或 false", "true"
    )
    wechat_transfer_account: str = setting(
        "", "转给哪个微信客服帐号，空为任一在线的", "帐号前缀@微信号", "kf2001@公众号微信号"
    )
    wechat_callback_check: bool = setting(
        False, "签名之外，再核对推送来自微信的地址", "true 或 false", "true"
    )
    wechat_person_per_minute: int = whole(6000, 1, 100_000, "每位市民每分钟最多收多少条")
    trusted_proxies: str = setting(
        "", "前面的反向代理，只信它们写的来源地址", "IP 或网段，用逗号隔开", "127.0.0.1,10.0.0.0/8"
    )
    answer_budget_s: float = Field(
        default=4.5, gt=0, lt=5, description="答复的时间预算（秒），微信 5 秒断开",
        json_schema_extra={"form": "大于 0、小于 5 的秒数", "example": "4.5"},
    )  # fmt: skip
    clock: datetime | None = setting(
        None, "把服务的“现在”定在某一刻，只限开发环境", "ISO 时间", "2026-11-20T10:30:00+08:00"
    )
    staffed: bool = setting(True, "有没有工作人员接待转人工", "true 或 false", "false")
    service_hours: str = setting(
        "9:00-12:00,13:30-17:30", "工作日的人工服务时间", "起-止，几段用逗号隔开", "9:00-12:00,13:30-17:30"
    )
    holidays: str = setting("", "节假日之外另外放假的日子", "日期，用逗号隔开", "2027-02-11,2027-02-12")
    workdays: str = setting("", "另外上班的日子（调休）", "日期，用逗号隔开", "2027-02-20")
    retention_days: int = whole(30, 1, 3650, "对话文字与会话保留多少天，答复里也这样说")
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
    oidc_issuer: str = setting(
        "", "单位统一登录（OIDC）的发行者，空为不用", "https:// 网址", "https://sso.example.cn"
    )
    oidc_client_id: str = setting("", "OIDC 客户端编号", "统一登录平台给的编号", "newcitizen")
    oidc_client_secret: SecretStr = setting(SecretStr(""), "OIDC 客户端密钥", "统一登录平台给的密钥", "…")
    work_corp: str = setting("", "企业微信登录的企业 ID，空为不用", "企业微信给的企业 ID", "ww 开头的一串")
    work_agent: str = setting("", "企业微信自建应用的 AgentId", "数字", "1000002")
    work_secret: SecretStr = setting(SecretStr(""), "企业微信自建应用的 Secret", "企业微信给的 Secret", "…")
    work_api_base: str = setting(
        "https://qyapi.weixin.qq.com", "企业微信接口地址", "http(s) 网址", "https://qyapi.weixin.qq.com"
    )
    log_level: Literal["DEBUG", "INFO", "WARNING", "ERROR"] = setting(
        "INFO", "日志级别", "DEBUG、INFO、WARNING 或 ERROR", "INFO"
    )

    @field_validator("clock")
    @classmethod
    def _in_china(cls, value: datetime | None) -> datetime | None:
        return value.replace(tzinfo=CHINA) if value is not None and value.tzinfo is None else value

    @field_validator("service_hours", "holidays", "workdays", "trusted_proxies")
    @classmethod
    def _readable(cls, value: str, info: ValidationInfo) -> str:
        readers: dict[str, Any] = {"service_hours": spans_of, "trusted_proxies": ranges_of}
        readers.get(str(info.field_name), days_of)(value)
        return value

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
    needed = ["wechat_token", "wechat_appid", "wechat_aes_key"]
    needed += ["wechat_secret"] if settings.wechat_customer_service else []
    needed += ["wechat_customer_service"] if settings.wechat_transfer else []
    needed += ["internal_secret"] if settings.rasa_url else []
    return [field for field in needed if not plain(getattr(settings, field))]


_FORMS = {
    "wechat_token": r"[A-Za-z0-9]{3,32}",
    "wechat_aes_key": r"[A-Za-z0-9]{43}",
    "wechat_aes_key_previous": r"[A-Za-z0-9]{43}",
    "internal_secret": r".{16,}",
}
"""Field to the whole form of its value, where one is given."""


def _malformed(settings: Settings) -> list[str]:
    given = {field: plain(getattr(settings, field)) for field in _FORMS}
    return [field for field, value in given.items() if value and not re.fullmatch(_FORMS[field], value)]


def plain(value: str | SecretStr) -> str:
    """The text of a setting that may be a secret: only where it is used, never where it is shown."""
    return value.get_secret_value() if isinstance(value, SecretStr) else value
