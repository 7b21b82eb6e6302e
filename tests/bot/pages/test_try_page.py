"""The try page reaches the assistant only through /wechat, as the platform does."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from datetime import datetime
from urllib.parse import parse_qs

import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route
from starlette.testclient import TestClient

from actions.outcome import Choice, Outcome, OutcomeKind
from actions.render import parts
from actions.turn import Conversation
from bot.assistant import Response as TurnEnd
from bot.inbound import Inbound
from bot.pages import try_page
from bot.pages.witness import Witnessed
from bot.services import Services
from bot.settings import plain
from bot.wechat.envelope import Envelope
from bot.wechat.message import read_message
from bot.wechat.reply import sealed, text_xml
from bot.wechat.xmlcheck import read_xml

NOW = datetime.fromisoformat("2026-11-20T10:30:00+08:00")


@dataclass
class Callback:
    """Stands for /wechat: opens pushes with the account's key, answers what the test says."""

    services: Services
    outcome: Outcome
    statuses: list[int] = field(default_factory=list)
    texts: list[str] = field(default_factory=list)
    openids: list[str] = field(default_factory=list)
    moments: list[datetime] = field(default_factory=list)

    async def respond(self, inbound: Inbound, conversation: Conversation, now: datetime) -> TurnEnd:
        self.moments.append(now)
        return TurnEnd(self.outcome, conversation)

    async def answer(self, request: Request) -> Response:
        if self.statuses and (status := self.statuses.pop(0)) != 200:
            return Response(status_code=status)
        settings = self.services.settings
        envelope = Envelope(plain(settings.wechat_aes_key), settings.wechat_appid)
        message = read_message(read_xml(envelope.open(read_xml(await request.body())["Encrypt"])), 0)
        assert message.inbound
        self.texts.append(message.inbound.text)
        self.openids.append(message.openid)
        end = await Witnessed(self).respond(message.inbound, Conversation(), NOW)
        query = {k: v[0] for k, v in parse_qs(request.url.query).items()}
        texts = parts(end.outcome)
        if not texts:
            return Response(b"success")
        xml = text_xml(message, texts[0], 1714036504)
        body = sealed(xml, envelope, plain(settings.wechat_token), query["timestamp"], query["nonce"])
        return Response(body)


@pytest.fixture
def services(services_with) -> Services:
    return services_with(CLOCK=NOW.isoformat())


@pytest.fixture
def callback(services: Services) -> Callback:
    outcome = Outcome(
        OutcomeKind.ANSWERED, "可以提。", citation="依据：甲", choices=(Choice("多久到账"),),
        answer_id="housing_fund.rent_withdrawal@chengdu", notices=("甲",),
    )  # fmt: skip
    return Callback(services, outcome)


@pytest.fixture
def client(services: Services, callback: Callback) -> TestClient:
    routes = [*try_page.routes(services), Route("/wechat", callback.answer, methods=["POST"])]
    return TestClient(Starlette(routes=routes))


def say(client: TestClient, text: str, **more: str) -> dict:
    response = client.post("/try/push", json={"kind": "text", "text": text, **more})
    assert response.status_code == 200, response.text
    return response.json()


def test_a_message_goes_out_sealed_and_its_reply_is_shown(client: TestClient, callback: Callback) -> None:
    shown = say(client, "租房能提吗")
    assert callback.texts == ["租房能提吗"]
    assert shown["parts"][0][0]["text"].startswith("可以提。\n依据：甲")
    assert {"text": "多久到账", "say": "多久到账"} in shown["parts"][0]
    assert (shown["outcome"], shown["outcome_name"]) == ("answered", "已答复")
    assert shown["answer_url"] == "/a/housing_fund.rent_withdrawal@chengdu"
    assert shown["notices"] == ["甲"]


def test_a_browser_stays_the_same_citizen(client: TestClient, callback: Callback) -> None:
    client.get("/try")
    say(client, "一")
    say(client, "二")
    assert len(set(callback.openids)) == 1


def test_two_browsers_are_two_citizens(services: Services, client: TestClient, callback: Callback) -> None:
    say(client, "一")
    client.cookies.clear()
    say(client, "二")
    assert len(set(callback.openids)) == 2


def test_starting_again_makes_another_citizen(client: TestClient, callback: Callback) -> None:
    say(client, "一")
    assert client.post("/try/again", json={}).status_code == 200
    say(client, "二")
    assert len(set(callback.openids)) == 2


@pytest.mark.parametrize("cookie", ["oRealOpenidOfSomebody1234567", "otry';drop", "otry" + "a" * 100])
def test_a_cookie_cannot_name_somebody_else(client: TestClient, callback: Callback, cookie: str) -> None:
    client.cookies.set(try_page.COOKIE, cookie)
    say(client, "一")
    assert callback.openids[0] != cookie
    assert callback.openids[0].startswith("otry")


def test_the_chosen_day_is_the_day_of_the_turn(client: TestClient, callback: Callback) -> None:
    say(client, "一", as_of="2027-03-01")
    say(client, "二")
    say(client, "三", as_of="2026-11-20")
    assert [moment.date().isoformat() for moment in callback.moments] == [
        "2027-03-01",
        "2026-11-20",
        "2026-11-20",
    ]


def test_following_gets_the_welcome(client: TestClient, callback: Callback) -> None:
    response = client.post("/try/push", json={"kind": "subscribe"})
    assert response.json()["parts"]
    assert callback.texts == [""]


def test_a_silent_turn_says_that_nothing_came(client: TestClient, callback: Callback) -> None:
    callback.outcome = Outcome(OutcomeKind.HANDED_OFF, "", silent=True)
    shown = say(client, "在吗")
    assert shown["parts"] == []
    assert shown["note"] == try_page.LATER


def test_a_failing_callback_is_tried_three_times_like_wechat_does(
    client: TestClient, callback: Callback
) -> None:
    callback.statuses = [500, 500, 200]
    assert say(client, "一")["parts"]
    callback.statuses = [500, 500, 500]
    assert "出现故障" in say(client, "二")["note"]


@pytest.mark.parametrize(
    "body",
    ["", "[]", '{"kind": "transfer"}', '{"kind": "text", "as_of": "someday"}', '{"kind": "text", "x": 1}'],
)
def test_nonsense_is_a_400(client: TestClient, body: str) -> None:
    headers = {"content-type": "application/json"}
    assert client.post("/try/push", content=body, headers=headers).status_code == 400


def test_a_text_longer_than_wechat_takes_is_a_400(client: TestClient) -> None:
    body = json.dumps({"kind": "text", "text": "问" * 2001})
    headers = {"content-type": "application/json"}
    assert client.post("/try/push", content=body, headers=headers).status_code == 400


@pytest.mark.parametrize("path", ["/try/push", "/try/again"])
def test_a_form_of_another_site_is_refused(client: TestClient, callback: Callback, path: str) -> None:
    response = client.post(path, content='{"kind":"text","text":"x"}', headers={"content-type": "text/plain"})
    assert response.status_code == 403
    assert callback.texts == []


def test_the_cookie_is_hidden_from_scripts_and_other_sites(client: TestClient) -> None:
    header = client.get("/try").headers["set-cookie"].lower()
    assert "httponly" in header
    assert "samesite=strict" in header
    assert "secure" not in header
    assert (
        "; secure"
        in TestClient(client.app, "https://wx.example.cn").get("/try").headers["set-cookie"].lower()
    )


def test_the_page_offers_every_covered_city_and_today(client: TestClient, services: Services) -> None:
    text = client.get("/try").text
    assert all(f'value="{city.name}"' in text for city in services.library().cities.values())
    assert 'value="2026-11-20"' in text


def test_the_page_holds_no_inline_script_or_style(client: TestClient) -> None:
    text = client.get("/try").text
    assert "<style" not in text
    assert 'style="' not in text
    assert text.count("<script") == text.count('<script src="/static/')


def test_off_means_no_route_at_all(services_with) -> None:
    assert try_page.routes(services_with(TRY="false")) == []
