"""What the WeChat door needs to know, taken from the settings once.

Why this file exists: modules here depend on this small record, not on every setting; tests build it
directly. Secrets are hidden from ``repr``.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from bot.addresses import Networks
from bot.setting import ranges_of

if TYPE_CHECKING:
    from bot.settings import Settings

Mode = Literal["safe", "compatible", "plain"]


@dataclass(frozen=True, slots=True)
class WechatConfig:
    """Settings of the door.

    ``aes_keys`` current first, then the previous one during a rotation. ``account`` is the gh_ id messages
    must be addressed to, "" to accept any. ``transfer`` hands over to WeChat's own customer service.
    ``callback_check`` also wants WeChat's own addresses and believes only ``proxies`` about them; ``host`` is
    where we listen. Times in
    seconds; ``window_s`` is the age a signature may have (PROTOCOL 0).
    """

    token: str = field(repr=False)
    state: Path
    appid: str = ""
    secret: str = field(default="", repr=False)
    aes_keys: tuple[str, ...] = field(default=(), repr=False)
    mode: Mode = "safe"
    api_base: str = "https://api.weixin.qq.com"
    customer_service: bool = False
    budget_s: float = 4.5
    window_s: int = 600
    body_limit: int = 64 * 1024
    account: str = ""
    transfer: bool = False
    transfer_account: str = ""
    sender_key: bytes = field(default=b"", repr=False)
    callback_check: bool = False
    proxies: Networks = ()
    host: str = ""
    workers: int = 32
    waiting_limit: int = 1000
    person_waiting_limit: int = 20
    person_per_minute: int = 6000
    global_per_second: int = 2000

    @property
    def retry_window_s(self) -> float:
        """After this WeChat tries no more: three tries of 5 s at the usual budget of 4.5 s, and a margin."""
        return self.budget_s * 4.5

    @property
    def journals(self) -> Path:
        """Folder of the flight recorders."""
        return self.state / "run"


def wechat_config(settings: Settings) -> WechatConfig:
    """The door's part of the settings."""
    keys = (settings.wechat_aes_key.get_secret_value(), settings.wechat_aes_key_previous.get_secret_value())
    return WechatConfig(
        token=settings.wechat_token.get_secret_value(),
        state=settings.state,
        appid=settings.wechat_appid,
        secret=settings.wechat_secret.get_secret_value(),
        aes_keys=tuple(k for k in keys if k),
        mode=settings.wechat_mode,
        api_base=settings.wechat_api_base.rstrip("/"),
        customer_service=settings.wechat_customer_service,
        budget_s=settings.answer_budget_s,
        account=settings.wechat_account,
        transfer=settings.wechat_transfer and settings.wechat_customer_service,
        transfer_account=settings.wechat_transfer_account,
        sender_key=settings.sender_key,
        callback_check=settings.wechat_callback_check,
        host=settings.host,
        proxies=ranges_of(settings.trusted_proxies),
        person_per_minute=settings.wechat_person_per_minute,
    )
