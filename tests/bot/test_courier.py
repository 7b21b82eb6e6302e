"""Ticket events reach other systems: signed, once, again after a failure, without anybody's words."""

from __future__ import annotations

import hashlib
import hmac
import json
import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from sqlalchemy import text as sql

from bot.courier import Courier
from bot.seals import seal, unseal
from store import desk_tickets, tickets, webhooks
from store.database import Database
from store.lane import Lane
from tests.support.databases import sqlite_url

KEY = "a key of the other system"
ALL = list(webhooks.EVENTS)


class Receiver:
    """The other system: keeps what it got, answers with the next of ``codes``."""

    def __init__(self) -> None:
        self.got: list[tuple[dict[str, str], str]] = []
        self.codes: list[int] = []
        outer = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["Content-Length"])).decode()
                outer.got.append((dict(self.headers), body))
                self.send_response(outer.codes.pop(0) if outer.codes else 204)
                self.end_headers()

            def log_message(self, *_: object) -> None:
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.server.server_port}/hook"


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    receiver = Receiver()
    thread = threading.Thread(target=receiver.server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    yield receiver
    receiver.server.shutdown()
    thread.join()
    receiver.server.server_close()


@pytest.fixture
def settings(services_with):
    return services_with().settings


@pytest.fixture
def lane(tmp_path: Path) -> Iterator[Lane]:
    database = Database(sqlite_url(tmp_path / "db"))
    lane = Lane(database, threads=1)
    yield lane
    lane.close()
    database.close()


@pytest.fixture
def courier(settings, lane, receiver) -> Courier:
    sealed = seal(settings, KEY)
    lane.call(lambda c: webhooks.add(c, receiver.url, sealed, ALL, "admin", time.time() - 60))
    return Courier(settings, lane, "me", threading.Event())


def a_ticket(lane: Lane) -> int:
    return lane.call(lambda c: tickets.open_ticket(c, "oSecretPerson", {"question": "押金秘密"}, time.time()))


def test_an_opened_ticket_is_told_once_with_a_signature_that_fits(courier, lane, receiver) -> None:
    a_ticket(lane)
    assert courier.once(time.time()) == 1
    assert courier.once(time.time()) == 0
    ((headers, body),) = receiver.got
    stamp, _, mac = headers["X-Newcitizen-Signature"].partition(",v1=")
    expected = hmac.new(KEY.encode(), f"{stamp[2:]}.{body}".encode(), hashlib.sha256).hexdigest()
    assert mac == expected
    assert json.loads(body)["event"] == headers["X-Newcitizen-Event"] == "ticket.opened"


def test_no_words_and_no_identifier_leave(courier, lane, receiver) -> None:
    a_ticket(lane)
    courier.once(time.time())
    assert "秘密" not in receiver.got[0][1]
    assert "oSecretPerson" not in receiver.got[0][1]


def test_claim_and_close_are_told_too(courier, lane, receiver) -> None:
    ticket = a_ticket(lane)
    lane.call(lambda c: desk_tickets.claim(c, ticket, 1, "lan", time.time(), "2026-11-20T10:00:00+08:00"))
    lane.call(lambda c: desk_tickets.close(c, ticket, 2, "lan", "solved", time.time()))
    courier.once(time.time())
    assert sorted(json.loads(body)["event"] for _, body in receiver.got) == sorted(ALL)


def test_a_refused_event_comes_again_later_and_in_the_end_is_given_up(courier, lane, receiver) -> None:
    receiver.codes = [500] * 20
    a_ticket(lane)
    now = time.time()
    assert courier.once(now) == 0
    assert courier.once(now + 1) == 0
    assert len(receiver.got) == 1, "the pause is kept"
    for tries in range(len(webhooks.DELAYS_S) + 3):
        courier.once(now + 100_000 * (tries + 1))
    assert len(receiver.got) == len(webhooks.DELAYS_S) + 1
    assert lane.call(lambda c: c.execute(sql("SELECT state, last_error FROM webhook_deliveries")).one()) == (
        "dead", "HTTP 500",
    )  # fmt: skip


def test_an_ended_address_gets_nothing_more(courier, lane, receiver) -> None:
    lane.call(lambda c: webhooks.end(c, 1))
    a_ticket(lane)
    courier.once(time.time())
    assert receiver.got == []


def test_a_sealed_key_opens_only_with_the_same_internal_secret(settings, services_with) -> None:
    sealed = seal(settings, KEY)
    assert KEY not in sealed
    assert unseal(settings, sealed) == KEY
    assert unseal(services_with(INTERNAL_SECRET="another secret of 32 letters").settings, sealed) == ""
