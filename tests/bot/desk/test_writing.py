"""The citizen sees that an operator is writing, and only their own operator."""

from __future__ import annotations

import pytest

from store import people
from tests.bot.desk.conftest import OPENID


class Typist:
    """A double of bot.wechat.typist."""

    def __init__(self) -> None:
        self.shown: list[str] = []

    def show(self, openid: str) -> None:
        self.shown.append(openid)


@pytest.fixture
def typist(services) -> Typist:
    services.extras["typist"] = Typist()
    return services.extras["typist"]


@pytest.fixture
def mine(operator, open_ticket) -> int:
    ticket = open_ticket()
    assert operator.post(f"/desk/tickets/{ticket}/claim", {"version": 1}).status_code == 303
    return ticket


def test_who_has_the_ticket_shows_that_they_write(operator, mine, typist) -> None:
    assert operator.post(f"/desk/tickets/{mine}/writing", {}).status_code == 204
    assert typist.shown == [OPENID]


def test_nobody_else_can_show_it(sign_in, operator, mine, open_ticket, typist) -> None:
    assert sign_in("lan").post(f"/desk/tickets/{mine}/writing", {}).status_code == 204
    waiting = open_ticket("oSomebodyElse000000000000001")
    assert operator.post(f"/desk/tickets/{waiting}/writing", {}).status_code == 204
    assert sign_in("nobody").post(f"/desk/tickets/{mine}/writing", {}).status_code == 403
    assert typist.shown == []


def test_for_a_person_who_left_and_without_the_right_it_is_nothing(
    operator, mine, database, services
) -> None:
    assert operator.post(f"/desk/tickets/{mine}/writing", {}).status_code == 204
    services.extras["typist"] = Typist()
    with database.write() as connection:
        people.delete_person(connection, OPENID, "")
    assert operator.post(f"/desk/tickets/{mine}/writing", {}).status_code == 204
    assert services.extras["typist"].shown == []
