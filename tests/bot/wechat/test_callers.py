"""Pushes from WeChat's own addresses only: whom we believe about an address, and what a stale list costs."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from bot.pages.inside import _scope
from bot.pages.platform import Push
from bot.wechat.callers import Callers
from bot.wechat.client import ApiUnreachable
from store.database import Database
from store.lane import Lane
from tests.support.channel import KEY, Channel
from tests.support.databases import sqlite_url
from tests.support.rig import APPID, Rig, simulator
from tests.support.servers import WAIT_S

WECHAT, STRANGER = "101.226.103.7", "203.0.113.9"


def scope(client: str) -> dict[str, Any]:
    return {"client": (client, 4711), "headers": []}


class Fetch:
    """A double of ``getcallbackip``."""

    def __init__(self, *addresses: str) -> None:
        self.addresses = list(addresses)
        self.asked = 0
        self.error: Exception | None = None

    def __call__(self) -> list[str]:
        self.asked += 1
        if self.error is not None:
            raise self.error
        return self.addresses


@pytest.fixture
def lane(tmp_path: Path) -> Iterator[Lane]:
    found = Lane(Database(sqlite_url(tmp_path)), threads=1)
    yield found
    found.close()
    found.database.close()


async def test_listed_addresses_and_ranges_come_in_and_others_do_not(lane: Lane) -> None:
    callers = Callers(Fetch("101.226.103.0/25", "::1"), lane)
    await callers.refresh()
    assert [await callers.admits(scope(a)) for a in (WECHAT, f"::ffff:{WECHAT}", STRANGER, "")] == [
        True, True, False, False,
    ]  # fmt: skip


@pytest.mark.parametrize("error", [ApiUnreachable("away"), KeyError("bug")])
async def test_without_a_list_the_signature_alone_decides(lane: Lane, error: Exception) -> None:
    fetch = Fetch(WECHAT)
    fetch.error = error
    callers = Callers(fetch, lane)
    await callers.refresh()
    assert await callers.admits(scope(STRANGER))
    assert (await callers.probe())[0] == "degraded"


async def test_an_unknown_address_is_looked_up_once_before_it_is_refused(lane: Lane) -> None:
    fetch = Fetch(WECHAT)
    callers = Callers(fetch, lane)
    await callers.refresh()
    callers._asked_at = None
    fetch.addresses.append("101.226.103.8")
    assert await callers.admits(scope("101.226.103.8"))
    assert not any([await callers.admits(scope(STRANGER)) for _ in range(20)])
    assert fetch.asked == 2


async def test_an_empty_list_does_not_replace_a_good_one(lane: Lane) -> None:
    fetch = Fetch(WECHAT)
    callers = Callers(fetch, lane)
    await callers.refresh()
    callers._asked_at, fetch.addresses = None, []
    await callers.refresh()
    assert not await callers.admits(scope(STRANGER))


async def test_another_process_starts_with_the_stored_list_while_wechat_is_away(lane: Lane) -> None:
    await Callers(Fetch(WECHAT), lane).refresh()
    fetch = Fetch()
    fetch.error = ApiUnreachable("away")
    second = Callers(fetch, lane)
    await second.recall()
    assert second.known == 1
    assert not await second.admits(scope(STRANGER))
    assert await second.admits(scope(WECHAT))


async def test_our_own_try_page_comes_in_whatever_the_list_says(lane: Lane) -> None:
    callers = Callers(Fetch(WECHAT), lane)
    await callers.refresh()
    assert await callers.admits(_scope("/wechat", Push("", b"")))


async def test_a_signed_push_from_elsewhere_is_refused_and_counted(open_channel: Any, lane: Lane) -> None:
    channel: Channel = open_channel()
    callers = Callers(Fetch(WECHAT), lane)
    await callers.refresh()
    channel.endpoint.callers = callers
    assert (await channel.request("GET", channel.query(echostr="1"))).status == 403
    assert channel.gateway.counts["refused_address"] == 1
    assert (await channel.request("GET", {"signature": "0" * 40})).status == 403
    assert channel.gateway.counts["refused_address"] == 1


@pytest.mark.shared
@pytest.mark.parametrize(("proxies", "kind"), [("", "reply"), ("127.0.0.1", "rejected")])
def test_a_real_server_checks_addresses_and_believes_only_its_proxies(
    tmp_path: Path, proxies: str, kind: str
) -> None:
    sim = simulator()
    with sim.FakeAPI(APPID) as api:  # gives 127.0.0.1 as WeChat's only address
        rig = Rig(tmp_path, api.base, WECHAT_CALLBACK_CHECK="true", TRUSTED_PROXIES=proxies)
        try:
            rig.start_app()
            rig.until(lambda: rig.health()["parts"]["callers"][0] == "ok")
            platform = sim.Platform(rig.url(), "simtoken", APPID, KEY, "safe", api=api, timeout=WAIT_S)
            pushed = platform.push(platform.text("oAli0000000000000000000000001", "公积金"), tries=1)
            assert pushed.last.kind == kind
            platform.http.headers["X-Forwarded-For"] = "127.0.0.9, 203.0.113.9"
            pushed = platform.push(platform.text("oBo00000000000000000000000002", "公积金"), tries=1)
            assert pushed.last.kind == ("rejected" if proxies else "reply")
            platform.http.close()
        finally:
            rig.stop()
