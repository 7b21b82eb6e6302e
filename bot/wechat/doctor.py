"""The account's self-test: what is misconfigured between WeChat and us, and how to mend it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Literal

from bot.addresses import networks, within
from bot.wechat.client import ApiRefused, ApiUnreachable, WechatApi
from bot.wechat.config import WechatConfig
from bot.wechat.menu import difference, in_force, load_menu
from bot.wechat.sender import ALARMS

CHECK, PROXIES = "NEWCITIZEN_WECHAT_CALLBACK_CHECK", "NEWCITIZEN_TRUSTED_PROXIES"
LOOPBACK = networks(["127.0.0.0/8", "::1"])
State = Literal["ok", "warning", "fault"]


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing looked at: ``text`` says what is wrong and how to mend it, or that it is well."""

    state: State
    text: str


def examine(config: WechatConfig, api: WechatApi) -> list[Finding]:
    """Look at settings, token, rights and menu; stops asking WeChat when it cannot be reached."""
    found = list(_settings(config))
    if not (config.appid and config.secret):
        return found
    token = _asked(lambda: _token(api))
    found.append(token)
    if token.state == "ok":
        found += [_asked(lambda: _addresses(config, api)), _asked(lambda: _menu(api))]
        found.append(_asked(lambda: _right(config, api)))
    return found


def _settings(config: WechatConfig) -> Iterator[Finding]:
    if not config.token:
        yield Finding("fault", "没有设置 NEWCITIZEN_WECHAT_TOKEN，微信的消息都会被拒绝")
    if config.mode != "plain" and not config.aes_keys:
        yield Finding("fault", "没有设置 NEWCITIZEN_WECHAT_AES_KEY，加密消息解不开")
    if config.mode != "safe":
        yield Finding(
            "warning", f"消息加解密方式是 {config.mode}，生产环境请在公众平台和设置里都改为安全模式"
        )
    if not config.appid:
        yield Finding("fault", "没有设置 NEWCITIZEN_WECHAT_APPID")
    if not config.secret:
        yield Finding("warning", "没有设置 NEWCITIZEN_WECHAT_SECRET，不能调用微信接口，只能被动回复")


def _asked(question: Callable[[], Finding]) -> Finding:
    try:
        return question()
    except ApiRefused as refusal:
        return Finding(
            "fault", f"{ALARMS.get(refusal.code, '微信接口拒绝')}（{refusal.code}：{refusal.reason}）"
        )
    except ApiUnreachable as error:
        return Finding("fault", f"连不上微信接口（{error}），请检查网络和 NEWCITIZEN_WECHAT_API_BASE")


def _token(api: WechatApi) -> Finding:
    api.token()
    return Finding("ok", "能取得 access_token")


def _addresses(config: WechatConfig, api: WechatApi) -> Finding:
    found = networks(api.callback_ips())
    if not found:
        return Finding("warning", "微信没有给出回调地址，按地址核对暂时不起作用，只凭签名")
    if not config.callback_check:
        return Finding(
            "ok",
            f"微信回调来自 {len(found)} 个地址，防火墙请放行；要让服务也核对，设 {CHECK}=true",
        )
    if any(net.prefixlen == 0 or any(within(str(ip[0]), (net,)) for ip in found) for net in config.proxies):
        return Finding("fault", f"{PROXIES} 写得太宽，谁都能冒充来源地址，请只写自家反向代理的地址")
    if not config.proxies and within(config.host, LOOPBACK):
        return Finding("fault", f"只监听本机又核对来源地址，推送会全被拒绝，请把反向代理写进 {PROXIES}")
    return Finding("ok", f"只收微信 {len(found)} 个回调地址来的推送")


def _menu(api: WechatApi) -> Finding:
    if difference(load_menu(), in_force(api.menu())):
        return Finding("warning", "线上菜单与 menu.yml 不同，看差别用 newcitizen wechat menu diff")
    return Finding("ok", "线上菜单与 menu.yml 相同")


def _right(config: WechatConfig, api: WechatApi) -> Finding:
    if _may_send(api) == config.customer_service:
        return Finding("ok", "客服消息接口权限与设置一致")
    wanted = "false" if config.customer_service else "true"
    return Finding("fault", f"客服消息接口权限与设置不符，请设置 NEWCITIZEN_WECHAT_CUSTOMER_SERVICE={wanted}")


def _may_send(api: WechatApi) -> bool:
    try:
        api.agents_online()
    except ApiRefused as refusal:
        if refusal.code != 48001:
            raise
        return False
    return True
