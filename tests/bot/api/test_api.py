"""Other systems: the right token, the same words as operators, honest refusals."""

from __future__ import annotations

import time
from datetime import date
from types import SimpleNamespace

import pytest
from sqlalchemy import text as sql

from bot.desk.scopes import SCOPES
from content.criteria import evaluate
from content.criterion import FactInput
from store import tokens

ROUTES = [
    ("GET", "/api/v1/search?q=押金", None, "search"),
    ("GET", "/api/v1/answers/rental.deposit_refund", None, "search"),
    ("GET", "/api/v1/eligibility", None, "eligibility"),
    ("POST", "/api/v1/eligibility", {"check": "no_such_check"}, "eligibility"),
    ("GET", "/api/v1/contacts", None, "contacts"),
    ("POST", "/api/v1/feedback", {"answer_id": "a.b", "version": "v", "helpful": True}, "feedback"),
]


def test_every_route_is_in_the_table(client) -> None:
    paths = client.get("/api/v1/openapi.json").json()["paths"]
    known = {(m.upper(), f"/api/v1{p}") for p, methods in paths.items() for m in methods}
    tabled = {(m, p.split("?")[0].replace("rental.deposit_refund", "{answer_id}")) for m, p, _, _ in ROUTES}
    assert known == tabled


@pytest.mark.parametrize(("method", "path", "body", "scope"), ROUTES)
def test_only_a_token_with_the_scope_enters(client, make_token, method, path, body, scope) -> None:
    def status(headers: dict[str, str]) -> int:
        return client.request(method, path, json=body, headers=headers).status_code

    assert status({}) == 401
    assert status({"Authorization": "Bearer nc_guess"}) == 401
    assert status(make_token(*(set(SCOPES) - {scope}))[1]) == 403
    assert status(make_token(scope)[1]) in (200, 202, 404)


def test_a_revoked_and_an_expired_token_are_refused(client, make_token, database) -> None:
    made, headers = make_token("search")
    assert client.get("/api/v1/search?q=押金", headers=headers).status_code == 200
    with database.write() as connection:
        tokens.revoke(connection, made, time.time())
    assert client.get("/api/v1/search?q=押金", headers=headers).status_code == 401
    old = make_token("search", expires_at=time.time() - 1)[1]
    assert client.get("/api/v1/search?q=押金", headers=old).status_code == 401


@pytest.mark.parametrize(("method", "path", "body", "scope"), ROUTES)
def test_no_route_gives_more_than_the_rate(
    client, make_token, monkeypatch, method, path, body, scope
) -> None:
    from bot import shared_memory

    monkeypatch.setattr(shared_memory.time, "time", lambda: 1_000_000.0)  # one period, whatever the machine
    headers, other = make_token(scope, per_minute=3)[1], make_token(scope, per_minute=4)[1]
    codes = [client.request(method, path, json=body, headers=headers).status_code for _ in range(4)]
    assert set(codes[:3]) <= {200, 202, 404}
    assert codes[3] == 429
    assert client.request(method, path, json=body, headers=other).status_code == codes[0]


def test_a_refusal_by_rate_says_when_to_come_again(client, make_token, monkeypatch) -> None:
    from bot import shared_memory

    monkeypatch.setattr(shared_memory.time, "time", lambda: 1_000_000.0)
    headers = make_token("contacts", per_minute=1)[1]
    client.get("/api/v1/contacts", headers=headers)
    assert client.get("/api/v1/contacts", headers=headers).headers["retry-after"] == "60"


def test_only_the_hash_of_a_token_is_kept(make_token, database) -> None:
    _, headers = make_token("search")
    with database.read() as connection:
        row = str(connection.execute(sql("SELECT * FROM api_tokens")).all())
    assert headers["Authorization"].removeprefix("Bearer ") not in row


def test_search_gives_the_operators_words_with_version(client, everything, library) -> None:
    got = client.get(
        "/api/v1/search", params={"q": "公积金租房", "city": "chengdu"}, headers=everything
    ).json()
    assert got["version"] == library.version
    first = got["items"][0]
    assert first["id"] == "housing_fund.rent_withdrawal@chengdu"
    assert first["link"].startswith("https://wx.example.cn/a/housing_fund.rent_withdrawal@chengdu@")
    assert "依据：" in first["text"]
    assert first["spoken"]


def test_an_unknown_version_is_not_passed_off_as_the_current_one(client, everything) -> None:
    got = client.get("/api/v1/answers/rental.deposit_refund?version=older", headers=everything)
    assert got.status_code == 404
    assert "版本" in got.json()["detail"]


def test_an_earlier_version_comes_with_its_own_words(client, everything, library, publish) -> None:
    path = "/api/v1/answers/rental.deposit_refund"
    publish("rental.deposit_refund", "先按合同说的退。", "0123456789ab", 3)
    publish("rental.deposit_refund", "再按合同说的退。", "ba9876543210", 4)
    now = client.get(path, headers=everything).json()
    shipped = client.get(f"{path}?version=v1", headers=everything).json()
    assert now["version"] == library.version
    assert shipped["text"].split("\n")[0] == now["text"].split("\n")[0]
    for version, said in (("v2", "先"), ("v3", "再"), ("0123456789ab", "先"), ("ba9876543210", "再")):
        got = client.get(f"{path}?version={version}", headers=everything).json()
        assert got["version"] == version
        assert f"{said}按合同说的退。" in got["text"]
        assert got["link"].endswith(f"/a/rental.deposit_refund@{version}")
    assert client.get(f"{path}?version=v4", headers=everything).status_code == 404


@pytest.mark.parametrize("name", ["no.such", "a%0Ab", "%00", "%F3%91%BC%AB"])
def test_an_address_that_names_nothing_is_refused_in_json(client, everything, name) -> None:
    got = client.get(f"/api/v1/answers/{name}", headers=everything)
    assert got.status_code in {404, 422}
    assert got.json()["detail"]


def test_an_answer_switched_off_is_given_to_nobody(client, everything, services) -> None:
    def found() -> list[str]:
        got = client.get("/api/v1/search", params={"q": "押金不退"}, headers=everything).json()
        return [item["id"] for item in got["items"]]

    assert "rental.deposit_refund" in found()
    off = SimpleNamespace(answers={"rental.deposit_refund": "x"}, cities={})
    services.extras["live"] = SimpleNamespace(switches=off)
    assert "rental.deposit_refund" not in found()
    assert client.get("/api/v1/answers/rental.deposit_refund", headers=everything).status_code == 404


def said(value: FactInput) -> str:
    """A fact as a caller of the API writes it."""
    words = {True: "yes", False: "no", None: "unknown"}
    return words[value] if value is None or isinstance(value, bool) else str(value)


def test_every_shipped_case_gets_the_engines_verdict(client, make_token, library) -> None:
    headers = make_token("eligibility", per_minute=100_000)[1]
    day = date(2026, 11, 20)
    cases = [(check, case) for check in library.checks.values() for case in check.cases]
    assert cases
    for check, case in cases:
        body = {"check": check.id, "facts": {k: said(v) for k, v in case.facts.items()}}
        got = client.post("/api/v1/eligibility", json=body, headers=headers)
        assert got.status_code == 200, (check.id, case.name, got.text)
        assert got.json()["verdict"] == evaluate(check, case.facts, day, library).verdict, (
            check.id,
            case.name,
        )


def test_a_fact_that_does_not_belong_is_refused(client, everything, library) -> None:
    check = next(iter(library.checks.values()))
    body = {"check": check.id, "facts": {"no_such_fact": "yes"}}
    got = client.post("/api/v1/eligibility", json=body, headers=everything)
    assert got.status_code == 422


def test_low_confidence_contacts_are_never_given(client, everything, library) -> None:
    got = {c["id"] for c in client.get("/api/v1/contacts", headers=everything).json()}
    assert got
    assert not got & {c.id for c in library.contacts.values() if not c.shown}


def test_an_unhelpful_answer_with_a_reason_becomes_a_report(client, everything, database) -> None:
    body = {
        "answer_id": "rental.deposit_refund",
        "version": "v1",
        "helpful": False,
        "reason": "电话 13812345678 打不通",
    }
    assert client.post("/api/v1/feedback", json=body, headers=everything).status_code == 202
    with database.read() as connection:
        report = connection.execute(sql("SELECT author, sentence, content_version FROM wrong_reports")).one()
        assert connection.execute(sql("SELECT count(*) FROM feedback WHERE NOT helpful")).scalar() == 1
    assert report[0] == "api:CTI"
    assert report[2] == "v1"
    assert "13812345678" not in report[1]


def test_the_description_is_a_page_without_scripts(client) -> None:
    page = client.get("/api/v1/docs")
    assert page.status_code == 200
    assert "<script" not in page.text
    for _, path, _, _ in ROUTES:
        assert path.split("?")[0].removeprefix("/api/v1").split("/")[1] in page.text
