"""The app killed hard between two turns of a check: the next message continues where it was."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.support.channel import KEY
from tests.support.real_rig import RealRig
from tests.support.rig import APPID, simulator

pytestmark = pytest.mark.shared
CITIZEN = "oKilled" + "0" * 21


@pytest.fixture
def rig(tmp_path: Path) -> Iterator[tuple[RealRig, Any, Any]]:
    """A real app without Rasa: a check needs none."""
    sim = simulator()
    with sim.FakeAPI(APPID) as api:
        rig = RealRig(tmp_path, api.base)
        try:
            rig.start_app("app")
            yield rig, api, sim
        finally:
            rig.stop()


def test_a_check_goes_on_after_the_app_was_killed(rig: tuple[RealRig, Any, Any]) -> None:
    real, api, sim = rig

    def say(text: str) -> str:
        platform = sim.Platform(real.url(), "simtoken", APPID, KEY, "safe", api=api)
        return str(platform.push(platform.text(CITIZEN, text)).user_sees)

    assert "有自己的房子吗" in say("测一测：能不能提上海的公积金付房租")
    real.kill("app")
    real.start_app("app")
    assert "缴存几个月" in say("没有房")
    real.kill("app")
    real.start_app("app")
    assert "符合" in say("八个月")
