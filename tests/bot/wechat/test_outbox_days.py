"""The outbox through bad days: an hour without WeChat, long weekends, clocks set back, full disks."""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import event

from store import leases, outbox
from store.errors import StoreUnavailable
from store.finish import put, text_payload
from tests.support.sender_bench import ALI, Bench

pytestmark = pytest.mark.shared


@pytest.fixture
def shift(monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    """Moves the wall clock, and with ``passing`` also the one that never jumps."""
    wall, steady = time.time, time.monotonic
    offset = {"wall": 0.0, "steady": 0.0}
    monkeypatch.setattr(time, "time", lambda: wall() + offset["wall"])
    monkeypatch.setattr(time, "monotonic", lambda: steady() + offset["steady"])

    def move(seconds: float, passing: bool = False) -> None:
        offset["wall"] += seconds
        offset["steady"] += seconds if passing else 0.0

    return move


def test_an_hour_without_wechat_loses_and_doubles_nothing(
    bench: Bench, api: Any, shift: Callable[..., None]
) -> None:
    bench.wrote()
    bench.put("一", "二")
    bench.api.inject("stable_token", status=502, times=-1)
    for _ in range(60):
        bench.rounds(1)
        shift(60, passing=True)
    assert bench.states() == ["queued", "queued"]
    assert "没有应答" in bench.sender.alarm
    asked = api.count("stable_token")
    assert asked <= 70
    api.faults.clear()
    shift(60, passing=True)
    bench.rounds(3)
    assert bench.seen() == ["一", "二"]
    assert bench.sender.alarm == ""


def test_what_waited_over_a_long_weekend_goes_with_the_next_message(
    bench: Bench, shift: Callable[..., None]
) -> None:
    bench.wrote()
    shift(49 * 3600, passing=True)
    bench.put("周五的答复", question="公积金")
    bench.rounds(3)
    assert bench.api.count("custom/send") == 0
    assert bench.states() == ["held"]
    bench.wrote()
    bench.lane.call(lambda c: outbox.release(c, ALI, time.time()))
    bench.rounds(2)
    assert bench.seen() == ["您刚才问的“公积金”：\n周五的答复"]


@pytest.mark.parametrize("step_s", [-1.5, -3600.0, -86400.0 * 30, 3600.0])
def test_a_clock_that_jumps_does_not_hold_up_what_waits(
    bench: Bench, shift: Callable[..., None], step_s: float
) -> None:
    bench.wrote()
    bench.rounds(1)
    bench.put("一")
    shift(step_s)
    if -60 < step_s < 0:
        shift(-step_s, passing=True)
    bench.rounds(2)
    assert bench.seen() == ["一"]
    (beat,) = bench.lane.call(
        lambda c: list(c.exec_driver_sql("SELECT beat_at FROM processes WHERE kind = 'worker'").scalars())
    )
    assert abs(time.time() - beat) < 10


def test_an_answer_nobody_fetched_is_pushed_although_the_clock_was_set_back(
    bench: Bench, shift: Callable[..., None]
) -> None:
    from store import inbox
    from store.finish import Finish, finish
    from store.inbox import Arrival

    bench.wrote()
    now = time.time()

    def left_behind(connection: Any) -> None:
        accepted = inbox.accept(connection, Arrival(f"{ALI}:1", ALI, "{}", "问", now), "dead")
        finish(connection, Finish(accepted.id, "dead", ALI, now, now, reply="答", reply_kind="text"))

    bench.lane.call(left_behind)
    shift(-7200)
    bench.rounds(3)
    assert bench.seen() == ["答"]


def test_a_lease_from_before_the_clock_was_set_back_does_not_last(bench: Bench) -> None:
    def take(connection: Any) -> list[bool]:
        return [
            leases.take_lease(connection, "x", "one", 90_000.0, 10),
            leases.take_lease(connection, "x", "two", 90_005.0, 10),
            leases.take_lease(connection, "x", "two", 1_000.0, 10),
        ]

    assert bench.lane.call(take) == [True, False, True]


# ---- the database


class Disk:
    """Makes the bench's database refuse to write, as a full disk or another writer would."""

    def __init__(self, bench: Bench) -> None:
        self.refuses = False
        event.listen(bench.lane.database.engine, "begin", self._begin)

    def _begin(self, _: Any) -> None:
        if self.refuses:
            raise StoreUnavailable("disk_full")


def test_a_text_sent_while_the_disk_was_full_is_not_sent_again(bench: Bench) -> None:
    disk = Disk(bench)
    bench.wrote()
    bench.put("一", "二")
    send = bench.sender.api.send

    def full(*args: Any) -> None:
        send(*args)
        disk.refuses = True

    bench.sender.api.send = full  # type: ignore[method-assign]
    bench.rounds(1)
    assert bench.seen() == ["一"]
    with pytest.raises(StoreUnavailable):
        bench.sender.take(4)
    disk.refuses, bench.lane.retry_at = False, 0.0
    bench.sender.api.send = send  # type: ignore[method-assign]
    bench.rounds(3)
    assert bench.seen() == ["一", "二"]
    assert bench.states() == ["sent", "sent"]


def test_a_text_taken_when_the_database_locked_is_sent_when_it_opens(bench: Bench) -> None:
    disk = Disk(bench)
    bench.wrote()
    bench.put("一")
    taken = bench.sender.take(4)
    disk.refuses = True
    bench.sender.deliver(taken[0])
    assert bench.api.count("custom/send") == 0
    disk.refuses, bench.lane.retry_at = False, 0.0
    bench.rounds(3)
    assert bench.seen() == ["一"]
    attempts = bench.lane.call(lambda c: c.exec_driver_sql("SELECT attempts FROM outbox").scalar())
    assert attempts == 1


def test_a_text_that_cannot_be_read_does_not_block_the_person(bench: Bench) -> None:
    bench.wrote()
    bench.lane.call(lambda c: put(c, ALI, "{not json", time.time()))
    bench.put("好的")
    bench.rounds(3)
    assert bench.states() == ["dead", "sent"]
    assert bench.seen() == ["好的"]
    assert json.loads(text_payload("好的"))["text"] == {"content": "好的"}
