"""Hand-offs at the desk: claimed by one, heard by both sides, ended for certain."""

from __future__ import annotations

import json

import pytest
from sqlalchemy import text as sql

from store import people, tickets
from tests.bot.desk.conftest import OPENID


def rows(database, statement: str):
    with database.read() as connection:
        return connection.execute(sql(statement)).mappings().all()


def handoff(database) -> dict:
    return json.loads(rows(database, "SELECT data FROM conversations")[0]["data"]).get("handoff", {})


def claim(browser, ticket: int, version: int = 1):
    return browser.post(f"/desk/tickets/{ticket}/claim", {"version": version})


@pytest.fixture
def mine(operator, open_ticket) -> int:
    ticket = open_ticket()
    assert claim(operator, ticket).status_code == 303
    return ticket


def test_the_queue_shows_who_waits_with_masked_words(operator, open_ticket) -> None:
    open_ticket(question="我手机13812345678，押金不退")
    html = operator.get("/desk/queue").text
    assert "押金不退" in html
    assert "13812345678" not in html
    assert OPENID not in html


def test_the_second_who_claims_is_told_that_it_is_gone(operator, sign_in, open_ticket, database) -> None:
    ticket = open_ticket()
    assert claim(operator, ticket).status_code == 303
    late = claim(sign_in("lan"), ticket)
    assert late.status_code == 409
    assert "已经被别人接走" in late.text
    assert rows(database, "SELECT claimed_by FROM tickets")[0]["claimed_by"] == "operator"


def test_the_assistant_is_silent_from_claim_to_close(operator, mine, database) -> None:
    assert handoff(database)["state"] == "live"
    done = operator.post(f"/desk/tickets/{mine}/close", {"version": 2, "reason": "solved"})
    assert done.status_code == 303
    assert handoff(database) == {}
    assert rows(database, "SELECT state, close_reason FROM tickets")[0] == {
        "state": "closed", "close_reason": "solved",
    }  # fmt: skip


def test_what_is_said_is_in_the_outbox_and_in_the_ticket(operator, mine, database) -> None:
    got = operator.post(f"/desk/tickets/{mine}/say", {"text": "您好，我来帮您看。", "once": "a1"})
    assert got.json()["line"]["text"] == "您好，我来帮您看。"
    (sent,) = rows(database, "SELECT * FROM outbox")
    assert (sent["openid"], sent["state"], sent["source"]) == (OPENID, "queued", "operator")
    assert json.loads(sent["payload"])["text"]["content"] == "您好，我来帮您看。"
    page = operator.get(f"/desk/tickets/{mine}").text
    assert "您好，我来帮您看。" in page
    assert "发送中" in page


def test_a_text_tried_twice_by_the_browser_is_sent_once(operator, mine, database) -> None:
    for _ in range(2):
        got = operator.post(f"/desk/tickets/{mine}/say", {"text": "只说一遍", "once": "same"})
        assert got.status_code == 200
    assert len(rows(database, "SELECT id FROM outbox")) == 1


def test_the_quota_shown_goes_down_with_every_text(operator, mine) -> None:
    left = [
        operator.post(f"/desk/tickets/{mine}/say", {"text": f"第{i}句", "once": str(i)}).json()["room"]
        for i in range(6)
    ]
    assert [s[s.index("发 ") + 2] for s in left[:4]] == ["4", "3", "2", "1"]
    assert "下次来信时送出" in left[5]


def test_without_the_right_texts_wait_for_the_next_message(
    services_with, engine, app, operator, mine, services, database
) -> None:
    from store import switches

    with database.write() as connection:
        switches.set_switch(connection, switches.PASSIVE_ONLY, {"code": 48001}, 1.0)
    operator.post(f"/desk/tickets/{mine}/say", {"text": "稍等", "once": "b"})
    assert rows(database, "SELECT state FROM outbox")[0]["state"] == "held"


def test_only_who_has_the_ticket_may_speak(sign_in, mine, database) -> None:
    got = sign_in("lan").post(f"/desk/tickets/{mine}/say", {"text": "我也说", "once": "c"})
    assert got.status_code == 409
    assert rows(database, "SELECT id FROM outbox") == []


def test_a_text_too_long_for_wechat_is_refused_with_its_size(operator, mine) -> None:
    got = operator.post(f"/desk/tickets/{mine}/say", {"text": "长" * 700, "once": "d"})
    assert got.status_code == 422
    assert "2100" in got.json()["said"]


def test_who_unsubscribed_meanwhile_is_gone_and_gets_nothing(operator, mine, database) -> None:
    with database.write() as connection:
        people.delete_person(connection, OPENID, "")
    got = operator.post(f"/desk/tickets/{mine}/say", {"text": "还在吗", "once": "e"})
    assert got.status_code == 410
    assert rows(database, "SELECT id FROM outbox") == []
    page = operator.get(f"/desk/tickets/{mine}")
    assert page.status_code == 410
    assert "已取消关注" in page.text


def test_personal_numbers_are_kept_masked_and_sent_whole(operator, mine, database) -> None:
    operator.post(f"/desk/tickets/{mine}/say", {"text": "请打 13812345678 找我", "once": "f"})
    assert (
        "13812345678"
        not in rows(database, "SELECT text FROM ticket_messages WHERE side = 'operator'")[0]["text"]
    )
    assert "13812345678" in rows(database, "SELECT payload FROM outbox")[0]["payload"]


def test_a_colleague_gets_the_ticket_and_the_note(operator, sign_in, mine, database) -> None:
    fields = {"version": 2, "to": "lan", "note": "材料已看过"}
    assert operator.post(f"/desk/tickets/{mine}/forward", fields).status_code == 303
    page = sign_in("lan").get(f"/desk/tickets/{mine}").text
    assert "材料已看过" in page
    assert 'id="say"' in page
    assert operator.post(f"/desk/tickets/{mine}/say", {"text": "x", "once": "g"}).status_code == 409


def test_an_organisations_ticket_waits_for_its_own_people(operator, sign_in, mine, database) -> None:
    fields = {"version": 2, "organisation": "成都公积金中心"}
    operator.post(f"/desk/tickets/{mine}/forward", fields)
    assert rows(database, "SELECT state, organisation FROM tickets")[0]["state"] == "open"
    assert f'data-ticket-row="{mine}"' not in sign_in("lan").get("/desk/queue").text
    assert f'data-ticket-row="{mine}"' in sign_in("supervisor").get("/desk/queue").text


def test_an_action_on_an_outdated_page_changes_nothing(operator, mine, database) -> None:
    done = operator.post(f"/desk/tickets/{mine}/close", {"version": 1, "reason": "solved"})
    assert done.status_code == 409
    assert rows(database, "SELECT state FROM tickets")[0]["state"] == "claimed"


def test_the_identifier_is_shown_only_for_a_logged_reason(operator, mine, database) -> None:
    assert OPENID not in operator.get(f"/desk/tickets/{mine}").text
    assert OPENID not in operator.post(f"/desk/tickets/{mine}/reveal", {"reason": ""}).text
    assert OPENID in operator.post(f"/desk/tickets/{mine}/reveal", {"reason": "核对投诉人身份"}).text
    (entry,) = rows(database, "SELECT * FROM audit WHERE action = 'person_shown'")
    assert (entry["actor"], entry["reason"]) == ("operator", "核对投诉人身份")
    assert OPENID not in str(dict(entry))


def test_another_operator_cannot_see_the_identifier(sign_in, mine) -> None:
    got = sign_in("lan").post(f"/desk/tickets/{mine}/reveal", {"reason": "想看看是谁"})
    assert got.status_code == 404
    assert OPENID not in got.text


def test_citizens_words_with_markup_stay_text(operator, mine, database) -> None:
    with database.write() as connection:
        tickets.append(connection, OPENID, "citizen", "<img src=x onerror=alert(1)>", 5.0)
    assert "<img src=x" not in operator.get(f"/desk/tickets/{mine}").text
