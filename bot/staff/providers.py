"""Identity providers of the organisation: where to send a browser, and who came back.

Why this file exists: it fences HTTP and tokens of OIDC and 企业微信. Whoever comes back is a name
(``subject``); which account that is, an administrator has said.
"""

from __future__ import annotations

import base64
import hashlib
from dataclasses import dataclass
from typing import Any, Protocol
from urllib.parse import urlencode

import requests
from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import KeySet
from joserfc.jwt import JWTClaimsRegistry

from bot.settings import Settings, plain

TIMEOUT_S = 5.0
WORK_SIGN_IN = "https://login.work.weixin.qq.com/wwlogin/sso/login"
"""企业微信's web sign-in page (developer documentation, 企业微信Web登录)."""
ALGORITHMS = ["RS256", "ES256", "PS256"]


class NotTrusted(Exception):
    """The provider did not answer, or what it said does not hold."""


@dataclass(frozen=True, slots=True)
class Trip:
    """What one browser takes along: three random texts and where it comes back."""

    state: str
    nonce: str
    verifier: str
    back: str


class Provider(Protocol):
    """One way to sign in."""

    name: str

    def away(self, trip: Trip) -> str:
        """Address to send the browser to."""
        ...

    def who(self, trip: Trip, code: str) -> str:
        """The subject that came back.

        Raises:
            NotTrusted: it cannot be believed.
        """
        ...


def _json(response: requests.Response) -> dict[str, Any]:
    try:
        response.raise_for_status()
        found: dict[str, Any] = response.json()
    except (requests.RequestException, ValueError) as error:
        raise NotTrusted(type(error).__name__) from None
    return found


def _get(url: str, **params: str) -> dict[str, Any]:
    try:
        return _json(requests.get(url, params=params, timeout=TIMEOUT_S, allow_redirects=False))
    except requests.RequestException as error:
        raise NotTrusted(type(error).__name__) from None


class Oidc:
    """Authorization code flow with PKCE; the identity token's signature, issuer, audience and nonce hold."""

    name = "单位统一账号"

    def __init__(self, settings: Settings) -> None:
        self._issuer = settings.oidc_issuer.rstrip("/")
        self._client = settings.oidc_client_id
        self._secret = settings.oidc_client_secret

    def _found(self) -> dict[str, Any]:
        found = _get(f"{self._issuer}/.well-known/openid-configuration")
        if str(found.get("issuer", "")).rstrip("/") != self._issuer:
            raise NotTrusted("issuer")
        return found

    def away(self, trip: Trip) -> str:
        """See Provider."""
        digest = hashlib.sha256(trip.verifier.encode()).digest()
        asked = {
            "response_type": "code", "scope": "openid", "client_id": self._client, "redirect_uri": trip.back,
            "state": trip.state, "nonce": trip.nonce, "code_challenge_method": "S256",
            "code_challenge": base64.urlsafe_b64encode(digest).rstrip(b"=").decode(),
        }  # fmt: skip
        return f"{self._found()['authorization_endpoint']}?{urlencode(asked)}"

    def who(self, trip: Trip, code: str) -> str:
        """See Provider."""
        found = self._found()
        form = {
            "grant_type": "authorization_code", "code": code, "redirect_uri": trip.back,
            "client_id": self._client, "client_secret": plain(self._secret), "code_verifier": trip.verifier,
        }  # fmt: skip
        try:
            response = requests.post(
                found["token_endpoint"], data=form, timeout=TIMEOUT_S, allow_redirects=False
            )
        except requests.RequestException as error:
            raise NotTrusted(type(error).__name__) from None
        claims = self._claims(str(_json(response).get("id_token", "")), str(found["jwks_uri"]), trip)
        return f"oidc:{claims['sub']}"

    def _claims(self, token: str, keys_at: str, trip: Trip) -> dict[str, Any]:
        try:
            keys = KeySet.import_key_set(_get(keys_at))  # type: ignore[arg-type]
            claims = jwt.decode(token, keys, algorithms=ALGORITHMS).claims
            JWTClaimsRegistry(
                iss={"essential": True, "value": self._issuer},
                aud={"essential": True, "value": self._client},
                nonce={"essential": True, "value": trip.nonce},
                exp={"essential": True},
                sub={"essential": True},
            ).validate(claims)
        except (JoseError, ValueError) as error:
            raise NotTrusted(type(error).__name__) from None
        return claims


class Work:
    """企业微信's web sign-in of an application of the organisation."""

    name = "企业微信"

    def __init__(self, settings: Settings) -> None:
        self._corp, self._agent = settings.work_corp, settings.work_agent
        self._secret, self._base = settings.work_secret, settings.work_api_base.rstrip("/")

    def away(self, trip: Trip) -> str:
        """See Provider."""
        asked = {"login_type": "CorpApp", "appid": self._corp, "agentid": self._agent}
        return f"{WORK_SIGN_IN}?{urlencode({**asked, 'redirect_uri': trip.back, 'state': trip.state})}"

    def who(self, trip: Trip, code: str) -> str:
        """See Provider."""
        del trip
        token = _get(f"{self._base}/cgi-bin/gettoken", corpid=self._corp, corpsecret=plain(self._secret))
        access = str(token.get("access_token", ""))
        found = _get(f"{self._base}/cgi-bin/auth/getuserinfo", access_token=access, code=code)
        user = str(found.get("userid", ""))
        if not access or not user:
            raise NotTrusted("userid")
        return f"work:{user}"
