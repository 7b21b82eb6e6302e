"""The two systems under load: ours by ``scripts/up``, and a stock Rasa with its stock action server.

Why this file exists: both run the same model on the same machine, one after the other. Stock means
Rasa's own REST channel, in-memory tracker, result validation and connections. It must not measure.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from bot.settings import ROOT, Settings, load_settings
from bot.supervise import brain, run
from bot.supervise.part import Part
from bot.supervise.ports import free_port
from bot.supervise.secrets import complete

STOCK = """
from nlu.quiet import prepare
prepare()
from rasa.__main__ import main
main()
"""


@dataclass(frozen=True, slots=True)
class System:
    """A system that answers on a port, its Rasa on ``rasa_port``; ``pids`` by part, for their memory."""

    name: str
    port: int
    pids: dict[str, int]
    settings: Settings
    rasa_port: int = 0


def rss_mb(pid: int) -> float:
    """Resident memory of a process in MB, 0.0 when it is gone."""
    try:
        text = Path(f"/proc/{pid}/status").read_text()
    except OSError:
        return 0.0
    found = [line.split()[1] for line in text.splitlines() if line.startswith("VmRSS")]
    return int(found[0]) / 1024 if found else 0.0


def memory(system: System) -> dict[str, float]:
    """Resident memory of every part in MB."""
    return {name: round(rss_mb(pid), 1) for name, pid in system.pids.items()}


def cpu_s(system: System) -> float:
    """Seconds of processor all parts have used: the same on a busy machine, unlike latencies."""
    used = 0
    for pid in system.pids.values():
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
        used += int(fields[11]) + int(fields[12])
    return used / os.sysconf("SC_CLK_TCK")


def settle(system: System, timeout_s: float = 60.0) -> None:
    """Wait until the parts rest after their start and whoever they started for it has ended."""
    until, used = time.monotonic() + timeout_s, -1.0
    while time.monotonic() < until and (_helped(system) or cpu_s(system) - used > 0.05):
        used = cpu_s(system)
        time.sleep(1.0)


def _helped(system: System) -> bool:
    """Whether a part has a process of its own at work, as the app while the word counts are made."""
    tasks = (task for pid in system.pids.values() for task in Path(f"/proc/{pid}/task").iterdir())
    return any((task / "children").read_text().strip() for task in tasks)


@contextmanager
def ours(state: Path, with_rasa: bool = True) -> Iterator[System]:
    """The service as everybody starts it, with state of its own; or with a Rasa that is not there."""
    env = {**brain.environment(), "NEWCITIZEN_STATE": str(state)}
    if not with_rasa:
        env["NEWCITIZEN_RASA_URL"] = f"http://127.0.0.1:{free_port()}"
    command = [sys.executable, "-m", "bot.supervise", "--no-browser", "--port", "0"]
    process = subprocess.Popen(command, cwd=ROOT, env=env, stdout=subprocess.DEVNULL)
    try:
        note = _noted(process, state / "run.json")
        settings = complete(load_settings({"NEWCITIZEN_STATE": str(state)}, None))
        rasa_port = urlsplit(str(note["rasa_url"])).port or 0
        yield System("newcitizen", int(str(note["port"])), _children(process.pid), settings, rasa_port)
    finally:
        process.terminate()
        process.wait()


def _noted(process: subprocess.Popen[bytes], path: Path) -> dict[str, object]:
    while not path.is_file():
        if process.poll() is not None:
            raise RuntimeError("scripts/up 没有启动，原因见上")
        time.sleep(0.1)
    note: dict[str, object] = json.loads(path.read_text())
    return note


def _children(pid: int) -> dict[str, int]:
    named = {}
    for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split():
        module = Path(f"/proc/{child}/cmdline").read_text().split("\0")[2]
        named[module.removeprefix("bot.").replace("nlu.serve", "rasa")] = int(child)
    return named


@contextmanager
def stock(state: Path, model: Path) -> Iterator[System]:
    """A stock Rasa: ``rasa run`` and ``rasa_sdk`` as their documentation starts them."""
    port, actions_port = free_port(), free_port()
    settings = load_settings({"NEWCITIZEN_STATE": str(state)}, None)
    parts = [
        _part(state, "actions", [sys.executable, "-m", "rasa_sdk", *_actions(actions_port)]),
        _part(
            state, "rasa", [str(brain.PYTHON), "-c", STOCK, "run", *_rasa(state, model, port, actions_port)]
        ),
    ]
    try:
        _wait([f"http://127.0.0.1:{actions_port}/health", f"http://127.0.0.1:{port}/webhooks/rest/"], parts)
        yield System("stock rasa", port, {part.name: part.pid for part in parts}, settings)
    finally:
        for part in parts:
            part.terminate()
            part.finish(time.monotonic() + 10)


def _part(state: Path, name: str, command: list[str]) -> Part:
    # One BLAS thread, as ours has: with more, the comparison would measure their waiting.
    single = {"OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1"}
    env = brain.environment(RASA_TELEMETRY_ENABLED="false", SANIC_WORKERS="1", **single)
    return Part(f"stock {name}", command, env, ROOT, state / "logs" / f"stock-{name}.log")


def _actions(port: int) -> list[str]:
    return ["--actions", "bot.bench.stock_actions", "--port", str(port), "--quiet"]


def _rasa(state: Path, model: Path, port: int, actions_port: int) -> list[str]:
    (state / "endpoints.yml").write_text(
        f"action_endpoint:\n  url: http://127.0.0.1:{actions_port}/webhook\n"
    )
    (state / "credentials.yml").write_text("rest:\n")
    files = ["--endpoints", str(state / "endpoints.yml"), "--credentials", str(state / "credentials.yml")]
    return ["--model", str(model), "--port", str(port), "--interface", "127.0.0.1", *files]


def _wait(urls: list[str], parts: list[Part]) -> None:
    until = time.monotonic() + run.START_S
    while not all(run.answers(url) for url in urls):
        if any(part.returncode() is not None for part in parts) or time.monotonic() > until:
            raise RuntimeError(f"原样 Rasa 没有启动，日志在 {os.fspath(parts[0].log.parent)}")
        time.sleep(0.2)
