"""The platform's conformance cases against a real server process, in every mode."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.conftest import SHARED
from tests.support.channel import KEY
from tests.support.rig import APPID, Rig, simulator

pytestmark = pytest.mark.shared


@pytest.mark.parametrize(
    ("mode", "sim_mode", "least"), [("plain", "plain", 30), ("safe", "safe", 35), ("compatible", "compat", 1)]
)
def test_every_http_case_passes(tmp_path: Path, mode: str, sim_mode: str, least: int) -> None:
    sim = simulator()
    import run_cases  # type: ignore[import-not-found]

    with sim.FakeAPI(APPID) as api:
        rig = Rig(tmp_path, api.base, WECHAT_MODE=mode)
        rig.start_app()
        try:
            cases = run_cases.load_cases(str(SHARED / "wechat" / "cases.yaml"))
            platform = sim.Platform(rig.url(), "simtoken", APPID, KEY, sim_mode)
            failures = run_cases.run_cases(cases, platform, api, settle=0.02, out=lambda _: None)
        finally:
            rig.stop()
    assert len(failures) >= least
    assert {k: v for k, v in failures.items() if v} == {}


def test_a_storm_with_kills_leaves_nobody_without_and_nobody_twice(tmp_path: Path) -> None:
    from tests.chaos.storm import BUDGET_S, Storm, killer

    sim = simulator()
    with sim.FakeAPI(APPID) as api:
        rig = Rig(tmp_path, api.base, delay_s=0.05, ANSWER_BUDGET_S=str(BUDGET_S))
        rig.start_app("app0")
        rig.start_app("app1")
        rig.start_worker()
        try:
            storm = Storm(rig, api, 60, ["app0", "app1"], pause_s=0.5)
            tally = storm.run(killer(storm, 1.0, ["app0", "app1", "worker"]))
        finally:
            rig.stop()
    assert tally.kills
    assert tally.lost(storm.words) == []
    assert tally.doubled(storm.words) == []
