"""``scripts/up``: READY when everything answers, nothing left when it ends, a clear word when it cannot."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import urllib.request
from pathlib import Path
from typing import Any

import pytest

from tests.journeys.conftest import ROOT, Up, start_up
from tests.support.desk_rig import until
from tests.support.environment import clean_environment

pytestmark = [pytest.mark.rasa, pytest.mark.timeout(600)]


def get(url: str) -> bytes:
    with urllib.request.urlopen(url, timeout=60) as response:
        body: bytes = response.read()
        return body


def gone(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0] == "Z"
    except (FileNotFoundError, ProcessLookupError):
        return True


def refused(state: Path, *args: str, **environ: str) -> str:
    """What a start says that is refused at once; its exit code must be 2."""
    up = start_up(state, *args, **environ)
    assert up.ended() == 2, up.output
    return up.output


def test_ready_stands_alone_on_its_line_and_the_doors_below(service: Up) -> None:
    ready = next(i for i, line in enumerate(service.lines) if line.startswith("READY"))
    assert service.lines[ready] == f"READY {service.url}"
    assert service.url.startswith("http://127.0.0.1:")
    until(lambda: f"{service.url}/try" in service.output)


def test_every_part_is_well_at_ready(service: Up) -> None:
    health: dict[str, Any] = {}

    def well() -> bool:
        health.update(json.loads(get(f"{service.url}/healthz")))
        return bool(health["status"] == "ok")

    until(well)  # at READY it was; a machine that is busy now may make a part late
    assert {"rasa", "storage", "worker", "outbox"} <= set(health["parts"])
    assert set(service.parts()) == {"rasa", "app", "worker"}


def test_every_door_that_is_announced_opens(service: Up) -> None:
    until(lambda: f"{service.url}/try" in service.output)
    announced = [line.rsplit("：", 1)[1] for line in service.lines if line.startswith("  ")]
    assert announced
    for url in announced:
        assert get(url)


def test_no_secret_stands_in_a_log_or_in_the_output(service: Up) -> None:
    secrets = json.loads((service.state / "secrets.json").read_text())
    written = [path.read_text("utf-8", "replace") for path in (service.state / "logs").glob("*.log")]
    for name, secret in secrets.items():
        assert not any(secret in text for text in [*written, service.output]), name


def test_rasa_knows_no_database_and_no_account(service: Up) -> None:
    environ = Path(f"/proc/{service.parts()['rasa']}/environ").read_text().split("\0")
    named = {entry.split("=")[0] for entry in environ if entry.startswith("NEWCITIZEN_")}
    assert named == {"NEWCITIZEN_INTERNAL_SECRET", "NEWCITIZEN_ACTIONS_URL"}


def test_only_the_public_door_listens_beyond_the_loopback_rules(service: Up) -> None:
    note = json.loads((service.state / "run.json").read_text())
    assert note["rasa_url"].startswith("http://127.0.0.1:")
    with pytest.raises(urllib.error.HTTPError, match=r"403|404|405"):
        get(f"{note['rasa_url']}/webhooks/rest/webhook")


def test_a_second_start_in_the_same_state_is_refused(service: Up) -> None:
    assert "已经在运行" in refused(service.state, "--port", "0")


def test_a_port_in_use_is_named_with_the_way_out(tmp_path: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        said = refused(tmp_path, "--port", str(port))
    assert str(port) in said
    assert f"--port {port + 1}" in said


def test_a_wrong_setting_is_named_before_anything_starts(tmp_path: Path) -> None:
    said = refused(tmp_path / "state", NEWCITIZEN_WECHAT_TOKKEN="x")
    assert "是否要写 NEWCITIZEN_WECHAT_TOKEN" in said
    assert not (tmp_path / "state").exists()


def test_a_signal_ends_everything_in_order(tmp_path: Path) -> None:
    up = start_up(tmp_path, "--port", "0")
    up.wait_ready()
    parts = up.parts()
    assert up.end(signal.SIGINT) == 0
    assert all(gone(pid) for pid in parts.values())
    assert not (tmp_path / "run.json").exists()


def test_a_part_that_dies_ends_all_and_is_named(tmp_path: Path) -> None:
    # A Rasa that is not there saves the start of one: all parts are watched alike.
    up = start_up(tmp_path, "--port", "0", NEWCITIZEN_RASA_URL="http://127.0.0.1:1")
    up.wait_ready()
    parts = up.parts()
    os.kill(parts["worker"], signal.SIGKILL)
    assert up.ended() == 1
    assert "worker 停了" in up.output
    assert str(tmp_path / "logs" / "worker.log") in up.output
    assert all(gone(pid) for pid in parts.values())


def test_nothing_survives_a_supervisor_that_is_killed_hard(tmp_path: Path) -> None:
    up = start_up(tmp_path, "--port", "0")
    up.wait_ready()
    parts = up.parts()
    up.process.kill()
    up.process.wait()
    until(lambda: all(gone(pid) for pid in parts.values()))


def test_two_preparations_at_once_do_not_disturb_each_other() -> None:
    command = ["python3", "scripts/prepare.py"]
    both = [subprocess.Popen(command, cwd=ROOT, env=clean_environment()) for _ in range(2)]
    assert [process.wait(300) for process in both] == [0, 0]
