"""The outbox as citizens see it: order, quotas, the error table, late answers of dead processes."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.identity import own_name
from bot.journal import Journal
from bot.wechat import sender as sender_module
from bot.wechat.client import ApiRefused, ApiUnreachable
from bot.wechat.sender import reaction
from store import conversations, inbox, outbox, tickets
from store.database import Connection
from store.finish import Finish, finish, put
from store.inbox import Arrival
from tests.conftest import ROOT
from tests.support.fake_wechat import fake_api
from tests.support.sender_bench import ALI, Bench

pytestmark = pytest.mark.shared
BO = "oBo00000000000000000000000002"


@pytest.fixture
def bench(tmp_path: Path, database_url: str) -> Iterator[Bench]:
    with fake_api() as api:
        found = Bench(tmp_path, database_url, api)
        yield found
        found.worker.leave()
        found.lane.database.close()


def test_parts_of_one_answer_arrive_in_order(bench: Bench) -> None:
    bench.wrote()
    bench.put("一", "二", "三", "四")
    bench.rounds()
    assert bench.seen() == ["一", "二", "三", "四"]


def test_persons_do_not_wait_for_each_other(bench: Bench) -> None:
    bench.wrote(ALI)
    bench.wrote(BO)
    bench.put("甲", "乙")
    bench.put("丙", openid=BO)
    bench.rounds(1)
    assert (bench.seen(ALI), bench.seen(BO)) == (["甲"], ["丙"])


def test_a_sixth_text_after_one_message_waits_for_the_next_message(bench: Bench) -> None:
    bench.wrote()
    bench.put(*"一二三四五六", question="问")
    bench.rounds()
    assert bench.api.count("custom/send") == 5
    assert bench.states()[-1] == "held"
    bench.wrote()
    bench.lane.call(lambda c: outbox.release(c, ALI, time.time()))
    bench.rounds()
    assert bench.seen()[-1] == "您刚才问的“问”：\n六"


def test_a_menu_click_allows_three_texts_within_a_minute(bench: Bench) -> None:
    bench.wrote(window="click")
    bench.put(*"一二三四")
    bench.rounds()
    assert bench.api.count("custom/send") == 3


@pytest.mark.parametrize("code", [45015, 45047])
def test_a_closed_window_is_not_tried_again_but_kept(bench: Bench, code: int) -> None:
    bench.wrote()
    bench.put("一", "二")
    bench.api.inject("custom/send", code)
    bench.rounds()
    assert bench.api.count("custom/send") == 1
    assert bench.states() == ["held", "held"]


@pytest.mark.parametrize("code", [43004, 40003])
def test_who_left_gets_nothing_more(bench: Bench, code: int) -> None:
    bench.wrote()
    bench.put("一", "二")
    bench.api.inject("custom/send", code)
    bench.rounds()
    assert bench.api.count("custom/send") == 1
    assert bench.states() == ["dead", "dead"]


def test_without_the_right_everything_is_held_and_the_apps_are_told(bench: Bench) -> None:
    bench.wrote()
    bench.put("一")
    bench.api.inject("custom/send", 48001)
    bench.rounds(2)
    assert bench.states() == ["held"]
    names = bench.lane.call(lambda c: list(c.exec_driver_sql("SELECT name FROM settings").scalars()))
    assert names == ["wechat_passive_only"]


@pytest.mark.parametrize(
    ("code", "word"), [(40164, "白名单"), (61004, "白名单"), (45009, "用完"), (40243, "冻结")]
)
def test_a_fault_of_the_account_stops_sending_and_raises_an_alarm(bench: Bench, code: int, word: str) -> None:
    bench.wrote()
    bench.put("一")
    bench.api.inject("custom/send", code, times=-1)
    before = time.monotonic()
    bench.rounds()
    assert bench.api.count("custom/send") == 1
    assert word in bench.sender.alarm
    assert bench.sender.pause_until - before >= 25
    assert bench.api.count("clear_quota") == 0


def test_busy_is_tried_three_times_at_most(bench: Bench) -> None:
    now = sender_module.datetime.now(sender_module.CHINA)
    does = [reaction(ApiRefused(-1, ""), n, now) for n in (1, 2, 3)]
    assert [d.do for d in does] == ["later", "later", "dead"]
    assert does[1].after_s > does[0].after_s


def test_a_send_that_may_have_arrived_is_repeated_once_at_most() -> None:
    now = sender_module.datetime.now(sender_module.CHINA)
    assert [reaction(ApiUnreachable("", True), n, now).do for n in (1, 2)] == ["later", "dead"]
    assert reaction(ApiUnreachable("", False), 9, now).do == "later"


def test_a_menu_message_becomes_numbered_text_where_menus_are_refused(bench: Bench) -> None:
    bench.api.account = "test"
    bench.wrote()
    menu = {
        "head_content": "请选",
        "list": [{"id": "1", "content": "有帮助"}, {"id": "2", "content": "没帮助"}],
    }
    bench.lane.call(lambda c: put(c, ALI, json.dumps({"msgtype": "msgmenu", "msgmenu": menu}), time.time()))
    bench.rounds()
    assert bench.seen() == ["请选\n1. 有帮助\n2. 没帮助"]


def test_a_killed_sender_repeats_only_what_it_had_not_handed_over(bench: Bench) -> None:
    bench.wrote()
    bench.put("交出去的", "没交出去的")
    dead = own_name("worker").rsplit(".", 2)[0] + ".999999.1"
    first = bench.lane.call(lambda c: outbox.take(c, dead, time.time()))
    journal = Journal(bench.worker.config.journals, dead)
    journal.sent(first[0].id)
    bench.rounds()
    assert bench.seen() == ["没交出去的"]
    assert bench.states() == ["sent", "sent"]


def test_an_answer_no_retry_fetched_is_pushed_after_the_retry_window(bench: Bench) -> None:
    bench.wrote()
    past = time.time() - 60

    def left_behind(c: Connection) -> None:
        accepted = inbox.accept(c, Arrival(f"{ALI}:1", ALI, "{}", "公积金", past), "dead")
        finish(
            c,
            Finish(accepted.id, "dead", ALI, past, past, reply="答复", reply_kind="text", question="公积金"),
        )

    bench.lane.call(left_behind)
    bench.worker._second = 0
    bench.rounds()
    assert bench.seen() == ["您刚才问的“公积金”：\n答复"]


def test_a_silent_hand_off_returns_to_the_assistant_after_half_an_hour(bench: Bench) -> None:
    bench.wrote()
    old = time.time() - 31 * 60

    def live(c: Connection) -> None:
        tickets.open_ticket(c, ALI, {"question": "问"}, old)
        c.exec_driver_sql("UPDATE tickets SET state = 'claimed'")
        conversations.set_handoff(c, ALI, {"state": "live", "since": "x"}, old)

    bench.lane.call(live)
    bench.worker._second = 0
    bench.rounds(1)
    state = bench.lane.call(lambda c: c.exec_driver_sql("SELECT state FROM tickets").scalar())
    assert state == "closed"
    assert bench.lane.call(lambda c: conversations.load(c, ALI)[0]["handoff"]) == {}


def test_the_worker_carries_no_content_and_no_language_code() -> None:
    heavy = ("content", "actions", "nlu", "redis")
    code = f"import bot.worker, sys; print(*[m for m in sys.modules if m.split('.')[0] in {heavy}])"
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == ""
