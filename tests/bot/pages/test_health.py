"""/healthz tells every part's state; /metrics is not for everybody."""

from __future__ import annotations

import asyncio

import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient

from bot.pages import health

PROXIED = {"x-forwarded-for": "203.0.113.9"}


def client(services, host: str = "127.0.0.1") -> TestClient:
    return TestClient(Starlette(routes=health.routes(services)), client=(host, 50000))


def probe(state: str, text: str = ""):
    async def ask() -> tuple[str, str]:
        return state, text

    return ask


async def broken() -> tuple[str, str]:
    raise ConnectionError("postgresql://user:password@host")


async def stuck() -> tuple[str, str]:
    await asyncio.sleep(600)
    return "ok", ""


def test_the_worst_part_decides(services_with) -> None:
    services = services_with()
    services.probes.update(rasa=probe("degraded", "慢"), storage=probe("ok"))
    body = client(services).get("/healthz").json()
    assert body["status"] == "degraded"
    assert body["parts"]["rasa"] == {"state": "degraded", "text": "慢"}
    assert body["content"] == services.library().version


def test_without_parts_it_is_fine(services_with) -> None:
    assert client(services_with()).get("/healthz").json()["status"] == "ok"


def test_a_part_that_breaks_is_down_and_tells_no_secret(services_with) -> None:
    services = services_with()
    services.probes["storage"] = broken
    response = client(services).get("/healthz")
    assert response.json()["parts"]["storage"]["state"] == "down"
    assert "password" not in response.text


def test_a_part_that_does_not_answer_is_down(services_with, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(health, "PROBE_S", 0.01)
    services = services_with()
    services.probes["rasa"] = stuck
    assert client(services).get("/healthz").json()["parts"]["rasa"]["state"] == "down"


def test_metrics_are_given_to_the_loopback(services_with) -> None:
    response = client(services_with()).get("/metrics")
    assert response.status_code == 200
    assert "python_info" in response.text


@pytest.mark.parametrize("host", ["203.0.113.9", "not-an-address"])
def test_metrics_are_refused_to_others(services_with, host: str) -> None:
    assert client(services_with(), host).get("/metrics").status_code == 403


@pytest.mark.parametrize("header", ["x-forwarded-for", "forwarded", "x-real-ip"])
def test_behind_a_proxy_the_loopback_is_not_enough(services_with, header: str) -> None:
    assert client(services_with()).get("/metrics", headers={header: "203.0.113.9"}).status_code == 403


def test_metrics_are_given_to_the_holder_of_the_token(services_with) -> None:
    services = services_with(METRICS_TOKEN="only-for-the-collector")
    asked = client(services, "203.0.113.9")
    assert asked.get("/metrics", headers={"authorization": "Bearer wrong"}).status_code == 403
    right = {"authorization": "Bearer only-for-the-collector", **PROXIED}
    assert asked.get("/metrics", headers=right).status_code == 200


def test_an_empty_token_opens_nothing(services_with) -> None:
    asked = client(services_with(), "203.0.113.9")
    assert asked.get("/metrics", headers={"authorization": "Bearer "}).status_code == 403
