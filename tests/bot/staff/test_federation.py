"""OIDC and 企业微信: only who the provider vouches for, only on the trip this browser began."""

from __future__ import annotations

import time
from urllib.parse import parse_qs, urlsplit

import pytest
from joserfc import jwt
from joserfc.jwk import RSAKey

from bot.staff import cookies, door, providers
from store import accounts
from tests.support.staff import Browser, routes_app

ISSUER = "https://sso.example.cn"


@pytest.fixture(scope="module")
def key() -> RSAKey:
    return RSAKey.generate_key(2048, {"kid": "k"})


class Reply:
    def __init__(self, data: dict) -> None:
        self._data = data

    def raise_for_status(self) -> None:
        pass

    def json(self) -> dict:
        return self._data


@pytest.fixture
def provider(monkeypatch: pytest.MonkeyPatch, key: RSAKey) -> dict:
    """A provider on no network; what it claims can be changed."""
    said: dict = {"claims": {}, "key": key, "userid": "zhang"}

    def get(url: str, params: dict | None = None, **_: object) -> Reply:
        if url.endswith("openid-configuration"):
            names = ("authorization_endpoint", "token_endpoint", "jwks_uri")
            return Reply({"issuer": ISSUER, **{n: f"{ISSUER}/{n}" for n in names}})
        if url.endswith("jwks_uri"):
            return Reply({"keys": [key.as_dict(private=False)]})
        if url.endswith("gettoken"):
            return Reply({"access_token": "t"})
        return Reply({"userid": said["userid"]})

    def post(url: str, data: dict, **_: object) -> Reply:
        now = int(time.time())
        claims = {"iss": ISSUER, "aud": "app", "sub": "42", "exp": now + 60, "nonce": said["nonce"]}
        return Reply(
            {"id_token": jwt.encode({"alg": "RS256", "kid": "k"}, claims | said["claims"], said["key"])}
        )

    monkeypatch.setattr(providers.requests, "get", get)
    monkeypatch.setattr(providers.requests, "post", post)
    return said


@pytest.fixture
def browser(services_with, provider, database) -> Browser:
    services = services_with(
        OIDC_ISSUER=ISSUER, OIDC_CLIENT_ID="app", WORK_CORP="ww1", WORK_AGENT="1", WORK_SECRET="s"
    )
    services.extras["database"] = database
    with database.write() as connection:
        for login, subject in (("editor", "oidc:42"), ("reviewer", "work:zhang")):
            accounts.change(connection, accounts.by_login(connection, login).id, subject=subject)
    return Browser(routes_app(services, door))


def trip(browser: Browser, provider: dict, way: str = "oidc", state: str = "") -> object:
    left = browser.get(f"/staff/with/{way}?next=/staff/password")
    asked = {k: v[0] for k, v in parse_qs(urlsplit(left.headers["location"]).query).items()}
    provider["nonce"] = asked.get("nonce", "")
    return browser.get(f"/staff/with/{way}/back?code=c&state={state or asked['state']}")


@pytest.mark.parametrize("way", ["oidc", "work"])
def test_who_is_vouched_for_is_signed_in(browser: Browser, provider, way: str) -> None:
    assert trip(browser, provider, way).headers["location"] == "/staff/password"
    assert browser.get("/staff").status_code == 200


@pytest.mark.parametrize(
    "claims",
    [{"iss": "https://evil.example"}, {"aud": "other"}, {"exp": 1}, {"nonce": "replayed"}, {"sub": "43"}],
    ids=lambda c: next(iter(c)),
)
def test_claims_that_do_not_hold_sign_nobody_in(browser: Browser, provider, claims) -> None:
    provider["claims"] = claims
    assert trip(browser, provider).status_code == 403
    assert cookies.SESSION not in browser.client.cookies


def test_a_token_of_another_key_signs_nobody_in(browser: Browser, provider) -> None:
    provider["key"] = RSAKey.generate_key(2048, {"kid": "k"})
    assert trip(browser, provider).status_code == 403


def test_a_trip_this_browser_did_not_begin_signs_nobody_in(browser: Browser, provider) -> None:
    assert trip(browser, provider, state="x" * 43).status_code == 403
    provider["nonce"] = ""
    assert Browser(browser.app).get("/staff/with/oidc/back?code=c&state=").status_code == 403


def test_an_identity_without_an_account_is_told_whom_to_ask(browser: Browser, provider) -> None:
    provider["userid"] = "li"
    response = trip(browser, provider, "work")
    assert response.status_code == 403
    assert "work:li" in response.text


def test_the_ways_are_off_unless_they_are_set(app) -> None:
    assert Browser(app).get("/staff/with/oidc").status_code == 404
    assert "/staff/with" not in Browser(app).get("/staff/login").text
