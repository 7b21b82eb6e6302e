"""The public answer page: one answer with its grounds, by id and version."""

from __future__ import annotations

import re
from datetime import date

import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient

from bot.pages import answer
from content.find import Library

RENT = "housing_fund.rent_withdrawal"


@pytest.fixture
def client(services_with) -> TestClient:
    services = services_with(CLOCK="2026-11-20T10:30:00+08:00", PUBLIC_URL="https://wx.example.cn")
    return TestClient(Starlette(routes=answer.routes(services)))


@pytest.mark.parametrize(
    ("path", "answer_id", "version"),
    [
        (RENT, RENT, ""),
        (f"{RENT}@chengdu", f"{RENT}@chengdu", ""),
        (f"{RENT}@0a1b2c", RENT, "0a1b2c"),
        (f"{RENT}@chengdu@0a1b2c", f"{RENT}@chengdu", "0a1b2c"),
    ],
)
def test_the_path_names_an_answer_and_perhaps_a_version(
    library: Library, path: str, answer_id: str, version: str
) -> None:
    assert answer.parse(path, library) == answer.Address(answer_id, version)


def test_every_answer_has_a_page_with_its_conclusion_and_day(client: TestClient, library: Library) -> None:
    for record in library.answers.values():
        response = client.get(f"/a/{record.id}")
        assert response.status_code == 200, record.id
        days = re.findall(r"核验日期：(\d{4}-\d\d-\d\d)", response.text)
        assert len(days) == 1, record.id
        assert date.fromisoformat(days[0]) <= record.checked_on, record.id
        assert library.needs[record.need].name in response.text, record.id


def test_the_page_names_the_city_and_the_notice(client: TestClient) -> None:
    text = client.get(f"/a/{RENT}@chengdu").text
    assert "成都" in text
    assert "成金发〔2022〕75号" in text
    assert "12329" in text


def test_the_permalink_carries_the_version_and_leads_back(client: TestClient, library: Library) -> None:
    link = answer.permalink(library.answers[f"{RENT}@chengdu"], library.version, "https://wx.example.cn/")
    assert link == f"https://wx.example.cn/a/{RENT}@chengdu@{library.version}"
    assert link in client.get(f"/a/{RENT}@chengdu").text
    assert client.get(link.removeprefix("https://wx.example.cn")).status_code == 200


def test_a_version_that_is_gone_leads_to_the_present_one(client: TestClient) -> None:
    response = client.get(f"/a/{RENT}@chengdu@000000000000")
    assert response.status_code == 404
    assert f'href="/a/{RENT}@chengdu"' in response.text


@pytest.mark.parametrize("path", ["nothing.like_this", "%3Cscript%3E", f"{RENT}@shenzhen@x@y"])
def test_an_unknown_answer_is_a_plain_404(client: TestClient, path: str) -> None:
    response = client.get(f"/a/{path}")
    assert response.status_code == 404
    assert "<script" not in response.text
