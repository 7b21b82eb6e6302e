"""The settings of the people who attend: their hours, and how they sign in with an account they have.

Why this file exists: they change with the office, not with the service. Only ``bot.settings`` imports it.
"""

from __future__ import annotations

from pydantic import BaseModel, SecretStr, field_validator

from bot.setting import days_of, setting, spans_of


class StaffSettings(BaseModel):
    """Part of ``bot.settings.Settings``."""

    staffed: bool = setting(True, "有没有工作人员接待转人工", "true 或 false", "false")
    service_hours: str = setting(
        "9:00-12:00,13:30-17:30", "工作日的人工服务时间", "起-止，几段用逗号隔开", "9:00-12:00,13:30-17:30"
    )
    holidays: str = setting("", "节假日之外另外放假的日子", "日期，用逗号隔开", "2027-02-11,2027-02-12")
    workdays: str = setting("", "另外上班的日子（调休）", "日期，用逗号隔开", "2027-02-20")
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

    @field_validator("service_hours")
    @classmethod
    def _hours(cls, value: str) -> str:
        spans_of(value)
        return value

    @field_validator("holidays", "workdays")
    @classmethod
    def _days(cls, value: str) -> str:
        days_of(value)
        return value
