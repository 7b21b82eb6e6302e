"""Calls to WeChat's API: wechatpy, fenced and made safe.

    WechatApiError
    ├── ApiRefused       WeChat answered with an errcode
    └── ApiUnreachable   no usable answer; ``handed``: the request may have been accepted

Why this file exists: wechatpy 1.8.18 waits for ever, recurses 970 times on a bad token and puts the token
into every exception (PROTOCOL 2). Here: timeouts everywhere, one retry after a token error, nothing secret
in messages, and no foreign exception leaves.
"""

from __future__ import annotations

import io
import json
from collections.abc import Callable
from typing import Any

import requests
from wechatpy.client import WeChatClient

from bot.logging import redact
from bot.wechat.config import WechatConfig
from bot.wechat.token import TokenKeeper

TIMEOUT_S = (2.0, 3.0)
"""Connect and read: together within WeChat's own 5 s."""
TOKEN_S = 7200.0
"""Life of a token where WeChat does not say it (PROTOCOL 1.6)."""
TOKEN_ERRORS = frozenset({40001, 40014, 42001})


class WechatApiError(Exception):
    """Base of what can go wrong in a call."""


class ApiRefused(WechatApiError):
    """WeChat answered with an error: ``code`` as in PROTOCOL 1.6, ``reason`` its words without secrets."""

    def __init__(self, code: int, reason: str) -> None:
        self.code = code
        self.reason = redact(reason)[:200]
        super().__init__(f"{code} {self.reason}")


class ApiUnreachable(WechatApiError):
    """No usable answer. ``handed``: the request was written to the network, so it may have been accepted."""

    def __init__(self, what: str, handed: bool = False) -> None:
        self.handed = handed
        super().__init__(what)


class _Body(io.BytesIO):
    """A request body that tells when its last byte was handed to the network."""

    def __init__(self, data: bytes, handed: Callable[[], None]) -> None:
        super().__init__(data)
        self._handed = handed
        self.gone = False

    def read(self, size: int | None = -1) -> bytes:
        """The next block; being asked again after the last one means that all were sent."""
        block = super().read(size)
        if not block and not self.gone:
            self.gone = True
            self._handed()
        return block


class SafeClient(WeChatClient):  # type: ignore[misc]
    """wechatpy's client with our token, our timeouts and our errors."""

    def __init__(self, config: WechatConfig) -> None:
        super().__init__(config.appid, config.secret, timeout=TIMEOUT_S, auto_retry=False)
        self.API_BASE_URL = f"{config.api_base}/cgi-bin/"
        self._http.trust_env = False
        self.keeper: TokenKeeper | None = None

    @property
    def access_token(self) -> str:
        """The shared token."""
        keeper = self.__dict__.get("keeper")
        if keeper is None:
            raise AttributeError("no token keeper yet")
        return str(keeper.token())

    def fetch_token(self) -> tuple[str, float]:
        """A token and its seconds to live, by stable_token and never by force (PROTOCOL 1.6)."""
        body = {"grant_type": "client_credential", "appid": self.appid, "secret": self.secret}
        data = self._call("post", f"{self.API_BASE_URL}stable_token", {}, _encoded(body))
        token, life = data.get("access_token"), data.get("expires_in")
        if not (isinstance(token, str) and token):
            raise ApiUnreachable("stable_token gave no token")
        return token, float(life) if isinstance(life, int | float) else TOKEN_S

    def _request(self, method: str, url_or_endpoint: str, **kwargs: Any) -> Any:
        """One call; a token error is mended once."""
        processor = kwargs.pop("result_processor", None)
        params = dict(kwargs.get("params") or {})
        token = self.access_token
        url = f"{self.API_BASE_URL}{url_or_endpoint}"
        try:
            data = self._call(method, url, {**params, "access_token": token}, kwargs.get("data"))
        except ApiRefused as refusal:
            if refusal.code not in TOKEN_ERRORS:
                raise
            assert self.keeper is not None
            fresh = self.keeper.renewed(token)
            data = self._call(method, url, {**params, "access_token": fresh}, kwargs.get("data"))
        return processor(data) if processor else data

    def _call(self, method: str, url: str, params: dict[str, Any], data: Any) -> dict[str, Any]:
        body = data() if callable(data) else _encoded(data) if isinstance(data, dict) else data
        try:
            answer = self._http.request(
                method, url, params=params, data=body, timeout=TIMEOUT_S, allow_redirects=False
            )
        except requests.RequestException as error:
            handed = body.gone if isinstance(body, _Body) else not isinstance(error, requests.ConnectTimeout)
            raise ApiUnreachable(type(error).__name__, handed) from None
        if answer.status_code != 200:
            raise ApiUnreachable(f"HTTP {answer.status_code}")
        return _decoded(answer)


def _encoded(data: dict[str, Any]) -> bytes:
    """UTF-8, not escaped: WeChat shows \\u sequences as they are (errcode 40033)."""
    return json.dumps(data, ensure_ascii=False).encode()


def _decoded(answer: requests.Response) -> dict[str, Any]:
    """The answer's object; errcode may be a number or a string.

    Raises:
        ApiRefused: errcode is not 0.
        ApiUnreachable: it is not a JSON object.
    """
    try:
        data = json.loads(answer.content.decode("utf-8", "ignore"), strict=False)
        code = int(data.get("errcode") or 0)
    except (ValueError, AttributeError, TypeError):
        raise ApiUnreachable("answer is not JSON") from None
    if code:
        raise ApiRefused(code, str(data.get("errmsg") or ""))
    return dict(data)


class WechatApi:
    """The calls the service makes."""

    def __init__(self, client: SafeClient) -> None:
        self._client = client

    def send(self, openid: str, payload: str, handed: Callable[[], None]) -> None:
        """Send one customer-service message. ``payload``: the body as JSON without ``touser``.

        Raises:
            WechatApiError: it was not accepted, or nobody knows.
        """
        body = _encoded({"touser": openid, **json.loads(payload)})
        self._client.post("message/custom/send", data=lambda: _Body(body, handed))

    def typing(self, openid: str, on: bool) -> None:
        """Show or take away that somebody is writing to a person.

        Raises:
            WechatApiError: it was not accepted.
        """
        body = _encoded({"touser": openid, "command": "Typing" if on else "CancelTyping"})
        self._client.post("message/custom/typing", data=body)

    def push_menu(self, menu: dict[str, Any]) -> None:
        """Replace the account's menu."""
        self._client.menu.create(menu)

    def menu(self) -> dict[str, Any]:
        """The menu in force: {"is_menu_open", "selfmenu_info" | "menu"}."""
        return dict(self._client.menu.get_menu_info())

    def callback_ips(self) -> list[str]:
        """Addresses WeChat pushes from."""
        return list(self._client.get("getcallbackip").get("ip_list") or [])

    def agents_online(self) -> int:
        """How many customer-service accounts are online."""
        data = self._client.get("customservice/getonlinekflist", params={})
        return len(data.get("kf_online_list") or [])

    def token(self) -> str:
        """Make sure that there is a token; for the doctor."""
        return str(self._client.access_token)


def wechat_api(
    config: WechatConfig, keeper_of: Callable[[Callable[[], tuple[str, float]]], TokenKeeper]
) -> WechatApi:
    """The API of an account; ``keeper_of`` builds the token keeper around a fetch."""
    client = SafeClient(config)
    client.keeper = keeper_of(client.fetch_token)
    return WechatApi(client)
