"""A model that fits the training data, trained now if there is none, with an honest estimate.

Why this file exists: ``scripts/up``, ``scripts/test`` and the CLI all need one; whoever comes first
trains, whoever comes at the same time waits for that training instead of starting a second.
"""

from __future__ import annotations

import fcntl
import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from bot.settings import ROOT, Settings, SettingsFault, load_settings
from bot.supervise import brain
from bot.supervise.progress import Progress, progress
from bot.supervise.prune import prune


class TrainingFailed(Exception):
    """Training ended without a model; the message says where its log is."""


@contextmanager
def _alone(path: Path) -> Iterator[None]:
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            print("另一个程序正在训练模型，等它完成 …", file=sys.stderr, flush=True)
            fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def ensure_model(settings: Settings) -> Path:
    """Path of the fitting model.

    Raises:
        TrainingFailed: there was none and training one did not succeed.
    """
    mark = brain.fingerprint()
    if found := brain.fitting_model(settings, mark):
        return found
    with _alone(brain.models(settings) / "lock"):
        if found := brain.fitting_model(settings, mark):
            return found
        fresh = train(settings, brain.models(settings) / f"{mark}.tar.gz")
        prune(brain.models(settings), fresh)
        return fresh


def train(settings: Settings, out: Path) -> Path:
    """Train into a temporary place beside ``out`` and move it there only when complete."""
    fresh = out.with_name(f"training-{os.getpid()}.tar.gz")
    log = settings.state / "logs" / "train.log"
    log.parent.mkdir(parents=True, exist_ok=True)
    out.parent.mkdir(parents=True, exist_ok=True)
    timing = out.parent / "training_s.json"
    expected_s = json.loads(timing.read_text()) if timing.is_file() else brain.TRAINING_S
    begun = time.monotonic()
    try:
        with log.open("wb") as output, progress("训练模型", expected_s) as bar:
            _wait(subprocess.Popen(brain.train_command(fresh), cwd=ROOT, env=brain.environment(),
                                   stdout=output, stderr=subprocess.STDOUT), bar, log)  # fmt: skip
        fresh.replace(out)
    finally:
        fresh.unlink(missing_ok=True)
    timing.write_text(json.dumps(max(1, round(time.monotonic() - begun))))
    return out


def _wait(process: subprocess.Popen[bytes], bar: Progress, log: Path) -> None:
    try:
        while process.poll() is None:
            bar.tick(log.read_text("utf-8", "replace"))
            time.sleep(0.2)
    finally:
        process.terminate()
    if process.wait():
        raise TrainingFailed(f"训练没有成功，日志在 {log}")


if __name__ == "__main__":
    try:
        ensure_model(load_settings())
    except (SettingsFault, TrainingFailed) as fault:
        print(fault, file=sys.stderr)
        sys.exit(2 if isinstance(fault, SettingsFault) else 1)
