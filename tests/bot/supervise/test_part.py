"""A part never outlives its supervisor and takes its own children with it."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

from bot.supervise.part import LOG_KEEP_BYTES, Part
from tests.support.desk_rig import until
from tests.support.servers import WAIT_S

GRANDCHILD = """
import subprocess, sys, time
child = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(600)"])
print(child.pid, flush=True)
time.sleep(600)
"""
STUBBORN = """
import signal, time
signal.signal(signal.SIGTERM, signal.SIG_IGN)
print("up", flush=True)
time.sleep(600)
"""


def start(tmp_path: Path, code: str) -> Part:
    return Part("part", [sys.executable, "-c", code], os.environ, tmp_path, tmp_path / "part.log")


def alive(pid: int) -> bool:
    """Whether a process runs; one that nobody has reaped yet does not."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0] != "Z"
    except (FileNotFoundError, ProcessLookupError):
        return False


def test_output_goes_to_its_log(tmp_path: Path) -> None:
    part = start(tmp_path, "import sys; print('out'); print('err', file=sys.stderr)")
    part.finish(time.monotonic() + WAIT_S)
    assert sorted(part.last_lines()) == ["err", "out"]


def test_stopping_reaches_its_own_children(tmp_path: Path) -> None:
    part = start(tmp_path, GRANDCHILD)
    until(lambda: part.log.read_text().strip())
    grandchild = int(part.log.read_text())
    part.terminate()
    part.finish(time.monotonic() + WAIT_S)
    until(lambda: not alive(grandchild))


def test_a_part_that_does_not_listen_is_ended_by_force(tmp_path: Path) -> None:
    part = start(tmp_path, STUBBORN)
    until(lambda: "up" in part.log.read_text())
    part.terminate()
    part.finish(time.monotonic() + 0.2)
    assert part.returncode() == -signal.SIGKILL


def test_a_part_dies_with_a_supervisor_that_is_killed_hard(tmp_path: Path) -> None:
    code = f"""
import os, sys, time
from pathlib import Path
from bot.supervise.part import Part
command = [sys.executable, "-c", "import time; time.sleep(600)"]
part = Part("p", command, os.environ, Path("."), Path({str(tmp_path / "p.log")!r}))
print(part.pid, flush=True)
time.sleep(600)
"""
    root = Path(__file__).resolve().parents[3]
    supervisor = subprocess.Popen([sys.executable, "-c", code], cwd=root, stdout=subprocess.PIPE, text=True)
    assert supervisor.stdout
    pid = int(supervisor.stdout.readline())
    assert alive(pid)
    supervisor.kill()
    supervisor.wait()
    supervisor.stdout.close()
    until(lambda: not alive(pid))


def test_a_big_log_is_put_aside_at_the_start(tmp_path: Path) -> None:
    (tmp_path / "part.log").write_bytes(b"x" * (LOG_KEEP_BYTES + 1))
    part = start(tmp_path, "print('new')")
    part.finish(time.monotonic() + WAIT_S)
    assert part.last_lines() == ["new"]
    assert (tmp_path / "part.log.1").stat().st_size == LOG_KEEP_BYTES + 1
