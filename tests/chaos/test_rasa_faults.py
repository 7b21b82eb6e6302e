"""Rasa killed, stopped or slow behind the real app: every message gets one useful answer."""

from __future__ import annotations

import signal
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.chaos.real_storm import run
from tests.support.real_rig import RealRig
from tests.support.rig import APPID, simulator

pytestmark = [pytest.mark.rasa, pytest.mark.shared, pytest.mark.timeout(1600)]
SLOW_S = 7.0


def rasa_is(rig: RealRig) -> str:
    """Rasa's state as ``/healthz`` tells it, "" while nothing does."""
    return str(rig.health().get("parts", {}).get("rasa", {}).get("state", ""))


@pytest.fixture(scope="module")
def brain(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RealRig]:
    """A Rasa that outlives the tests which only slow it down or stop it for a while."""
    rig = RealRig(tmp_path_factory.mktemp("brain"), "")
    try:
        rig.start_rasa()
        yield rig
    finally:
        rig.stop()


@pytest.fixture(params=["true", "false"], ids=["pushes", "cannot_push"])
def slow(request: pytest.FixtureRequest, brain: RealRig, tmp_path: Path) -> Iterator[tuple[RealRig, Any]]:
    sim = simulator()
    with sim.FakeAPI(APPID) as api:
        rig = RealRig(tmp_path, api.base, brain, WECHAT_CUSTOMER_SERVICE=request.param)
        with rig.proxy.running():
            try:
                rig.start_all()
                rig.proxy.delay_s = SLOW_S
                yield rig, api
            finally:
                rig.stop()


def test_a_slow_rasa_costs_nobody_an_answer_and_shows_no_fault(slow: tuple[RealRig, Any]) -> None:
    rig, api = slow
    sim = simulator()
    asked = {f"oSlow{n:023d}": f"第{n}问，成都租房怎么提公积金" for n in range(4)}
    seen: dict[str, str] = {}

    def ask(openid: str, text: str) -> None:
        from tests.support.channel import KEY

        platform = sim.Platform(rig.url(), "simtoken", APPID, KEY, "safe", api=api)
        seen[openid] = platform.push(platform.text(openid, text)).user_sees
        platform.http.close()

    threads = [threading.Thread(target=ask, args=pair) for pair in asked.items()]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sim.FAULT not in seen.values()
    if rig.environment["NEWCITIZEN_WECHAT_CUSTOMER_SERVICE"] == "false":
        assert all("成都" in text and "依据：" in text for text in seen.values())
        return
    assert set(seen.values()) == {""}
    rig.until(lambda: all(api.sent_to(openid) for openid in asked))
    for openid, text in asked.items():
        first = api.sent_to(openid)[0]["text"]["content"]
        assert text[:6] in first
        assert "成都" in first


def test_rasa_killed_while_messages_come_loses_and_doubles_none(tmp_path: Path) -> None:
    tally, storm = run(tmp_path, 40, ["rasa"], 2.0, pause_s=0.5)
    assert tally.kills["rasa"]
    assert tally.lost(storm.words) == []
    assert tally.doubled(storm.words) == []


def test_without_rasa_everybody_gets_a_useful_reply_at_once(tmp_path: Path) -> None:
    from tests.support.channel import KEY

    sim = simulator()
    with sim.FakeAPI(APPID) as api:
        rig = RealRig(tmp_path, api.base)
        try:
            rig.start_app("app")
            rig.start_worker()
            platform = sim.Platform(rig.url(), "simtoken", APPID, KEY, "safe", api=api)
            platform.push(platform.text("oFirst0000000000000000000001", "租房押金不退"))
            rig.until(lambda: rig.rows("SELECT 1 FROM turns"))  # a new process's first search is slow
            replies = {}
            for number, text in enumerate(
                ("成都租房怎么提公积金", "我被骗了三万", "菜单", "12329", "异地就医备案")
            ):
                sent = platform.push(platform.text(f"oAway{number:023d}", text))
                replies[text] = sent.user_sees
            assert "依据：" in replies["成都租房怎么提公积金"]
            assert "110" in replies["我被骗了三万"]
            assert all(replies.values())
            rig.until(lambda: rasa_is(rig) == "degraded")
        finally:
            rig.stop()


def test_a_hanging_rasa_costs_the_first_ones_time_and_nobody_an_answer(
    brain: RealRig, tmp_path: Path
) -> None:
    from tests.support.channel import KEY

    sim = simulator()
    with sim.FakeAPI(APPID) as api:
        rig = RealRig(tmp_path, api.base, brain)
        with rig.proxy.running():
            try:
                rig.start_all()
                rig.rasa.send_signal(signal.SIGSTOP)
                platform = sim.Platform(rig.url(), "simtoken", APPID, KEY, "safe", api=api)
                first = [f"oHang{number:023d}" for number in range(3)]
                for openid in first:
                    threading.Thread(
                        target=platform.push, args=(platform.text(openid, "成都租房怎么提公积金"),)
                    ).start()
                rig.until(lambda: all(api.sent_to(openid) for openid in first))
                rig.until(lambda: rasa_is(rig) == "degraded")
                replies = [
                    platform.push(platform.text(f"oThen{n:023d}", "成都租房怎么提公积金")).user_sees
                    for n in range(20)
                ]
                assert all("依据：" in reply for reply in replies)
                rig.rasa.send_signal(signal.SIGCONT)
                rig.until(lambda: rasa_is(rig) == "ok")
                platform.http.close()
            finally:
                rig.rasa.send_signal(signal.SIGCONT)
                rig.stop()
