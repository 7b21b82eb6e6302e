"""The settings of the channel: the account, its keys, what it may do and how long it may take.

Why this file exists: they change together, when the platform's page does. Only ``bot.settings`` imports it.
"""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel, Field, SecretStr, field_validator

from bot.setting import plain, ranges_of, setting, whole

WECHAT_FORMS = {
    "wechat_token": r"[A-Za-z0-9]{3,32}",
    "wechat_aes_key": r"[A-Za-z0-9]{43}",
    "wechat_aes_key_previous": r"[A-Za-z0-9]{43}",
}
"""Field to the whole form of its value, where the platform fixes one."""


class WechatSettings(BaseModel):
    """Part of ``bot.settings.Settings``."""

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

    @field_validator("trusted_proxies")
    @classmethod
    def _ranges(cls, value: str) -> str:
        ranges_of(value)
        return value

    def missing_in_production(self) -> list[str]:
        """Fields a real account cannot do without that are empty."""
        needed = ["wechat_token", "wechat_appid", "wechat_aes_key"]
        asks = self.wechat_customer_service or self.wechat_callback_check
        needed += ["wechat_secret"] if asks else []
        needed += ["wechat_customer_service"] if self.wechat_transfer else []
        return [field for field in needed if not plain(getattr(self, field))]
