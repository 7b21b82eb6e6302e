"""Call-backs, figures, other systems, the pop-up and the check of a caller."""

from __future__ import annotations

import re
import time

import pytest
from sqlalchemy import insert
from sqlalchemy import text as sql

from bot.logging import sender_hash
from store import effects, tickets
from store.effects import Scene
from store.tables import TurnRecord
from tests.bot.desk.conftest import OPENID


def rows(database, statement: str):
    with database.read() as connection:
        return connection.execute(sql(statement)).mappings().all()


@pytest.fixture
def wish(database, open_ticket) -> int:
    open_ticket()
    with database.write() as connection:
        tickets.close_for(connection, OPENID, "solved", 1.0)
        effect = {"do": "callback", "question": "我13812345678想问押金", "need": "rental.deposit_refund"}
        effects.apply(connection, effect, Scene(OPENID, 0, time.time(), {}))
    return 1


def test_a_wish_is_shown_masked_and_kept_until_it_is_done(operator, database, wish) -> None:
    assert "13812345678" not in operator.get("/desk/callbacks").text
    operator.post(f"/desk/callbacks/{wish}/tried", {"version": 0, "result": "no_answer"})
    assert "没有回应" in operator.get("/desk/callbacks").text
    operator.post(f"/desk/callbacks/{wish}/tried", {"version": 1, "result": "reached"})
    (row,) = rows(database, "SELECT state, handled_by FROM callbacks")
    assert (row["state"], row["handled_by"]) == ("done", "operator")


def test_two_colleagues_do_not_note_the_same_attempt(operator, sign_in, wish) -> None:
    fields = {"version": 0, "result": "reached"}
    assert operator.post(f"/desk/callbacks/{wish}/tried", fields).status_code == 303
    assert sign_in("lan").post(f"/desk/callbacks/{wish}/tried", fields).status_code == 409


def test_contacting_opens_a_ticket_of_ones_own(operator, database, wish) -> None:
    got = operator.post(f"/desk/callbacks/{wish}/contact", {})
    assert got.status_code == 303
    (row,) = rows(database, "SELECT claimed_by, reason FROM tickets WHERE state = 'claimed'")
    assert (row["claimed_by"], row["reason"]) == ("operator", "callback")


def test_a_citizen_with_a_colleague_is_not_taken_over(operator, sign_in, wish) -> None:
    operator.post(f"/desk/callbacks/{wish}/contact", {})
    assert sign_in("lan").post(f"/desk/callbacks/{wish}/contact", {}).status_code == 409


def test_the_supervisor_sees_waiting_and_handled(sign_in, operator, open_ticket) -> None:
    ticket = open_ticket(at=time.time() - 30)
    operator.post(f"/desk/tickets/{ticket}/claim", {"version": 1})
    operator.post(f"/desk/tickets/{ticket}/close", {"version": 2, "reason": "referred"})
    open_ticket("oSecondSecondSecondSecond1234")
    html = sign_in("supervisor").get("/desk/overview").text
    assert "<b>1</b>正在等待" in html
    assert "已指引去别处办" in html
    assert "<td>operator</td>" in html


def test_the_export_is_logged_and_holds_no_words_and_no_formula(sign_in, open_ticket, database) -> None:
    open_ticket(question="押金秘密", reason="=1+1")
    got = sign_in("supervisor").get("/desk/overview.csv").text
    assert "租" in got or "押金退还" in got
    assert "秘密" not in got
    assert OPENID not in got
    assert ",=1+1" not in got
    assert rows(database, "SELECT actor FROM audit WHERE action = 'tickets_exported'")


def test_a_token_is_shown_once_and_can_be_ended(sign_in, database) -> None:
    lead = sign_in("supervisor")
    made = lead.post("/desk/systems/tokens", {"name": "呼叫中心", "scope": "search", "per_minute": "60"})
    token = re.search(r"nc_[A-Za-z0-9_-]+", made.text)
    assert token
    assert token[0] not in lead.get("/desk/systems").text
    lead.post("/desk/systems/tokens/1/revoke")
    assert rows(database, "SELECT revoked_at FROM api_tokens")[0]["revoked_at"] > 0


@pytest.mark.parametrize(
    "url", ["ftp://a.example/x", "https://user:pw@a.example/", "javascript:alert(1)", "https://"]
)
def test_a_strange_address_is_not_told_anything(sign_in, database, url: str) -> None:
    got = sign_in("supervisor").post("/desk/systems/webhooks", {"url": url, "event": "ticket.opened"})
    assert got.status_code == 422
    assert rows(database, "SELECT id FROM webhooks") == []


def test_the_pop_up_finds_at_once_and_hides_the_number(operator, database) -> None:
    got = operator.get("/desk/embed", params={"phone": "13812345678", "q": "押金"})
    assert "138****5678" in got.text
    assert "13812345678" not in got.text
    assert 'data-id="rental.deposit_refund"' in got.text
    assert "content-security-policy" not in got.headers


def test_a_caller_is_checked_and_a_wrong_value_is_named(operator, library) -> None:
    check = next(c for c in library.checks.values() if c.cases)
    page = operator.get(f"/desk/check?id={check.id}").text
    assert check.title in page
    fields = {"id": check.id, **dict.fromkeys(re.findall(r'data-fact="([^"]+)"', page), "nonsense")}
    assert 'class="bad"' in operator.post("/desk/check", fields).text


def test_what_was_read_out_is_found_again_by_day(operator, sign_in) -> None:
    operator.post("/desk/copied", {"kind": "answer", "id": "rental.deposit_refund", "voice": "spoken"})
    assert "rental.deposit_refund" in operator.get("/desk/copies").text
    assert "<b>押金退还 全国</b>" in operator.get("/desk/copies").text
    assert "rental.deposit_refund" not in sign_in("lan").get("/desk/copies").text
    assert "rental.deposit_refund" in sign_in("supervisor").get("/desk/copies?user=operator").text


def test_the_queue_says_what_was_asked_before_the_wish_for_a_person(
    operator, open_ticket, services, database
) -> None:
    open_ticket(question="人工")
    sender = sender_hash(services.settings.sender_key, OPENID)
    with database.write() as connection:
        for number, text in enumerate(("押金 13812345678 不退", "人工")):
            made = {column.name: "" for column in TurnRecord.__table__.columns if column.name != "id"}
            made |= {
                "turn": str(number),
                "sender": sender,
                "text": text,
                "at": 1.0,
                "ms": 1,
                "confidence": 0.0,
            }
            connection.execute(insert(TurnRecord), made)
    html = operator.get("/desk/queue").text
    assert "之前说：押金" in html
    assert "13812345678" not in html


def test_a_ticket_without_earlier_words_claims_none(operator, open_ticket) -> None:
    open_ticket(question="押金不退怎么办")
    assert "之前说" not in operator.get("/desk/queue").text
