"""The Rasa side as seen from the app's environment: which model fits, training one, serving it.

Why this file exists: Rasa lives in an environment of its own and is only ever started as a process; the
commands and the environment it gets stand here once. It gets no database or WeChat credentials.
"""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Mapping
from pathlib import Path

from bot.settings import PREFIX, ROOT, Settings, plain

PYTHON = ROOT / ".venv-rasa" / "bin" / "python"
TRAINING_S = 50
"""Seconds a training takes on 2 cores, for the estimate before the first one is measured here."""


def environment(**own: str) -> dict[str, str]:
    """The caller's environment without any of our settings, plus ``own``."""
    kept = {k: v for k, v in os.environ.items() if not k.startswith(PREFIX)}
    return {**kept, "PYTHONPATH": str(ROOT), "PYTHONUNBUFFERED": "1", **own}


def fingerprint() -> str:
    """What a model must have been trained from to fit: a hash of training data, pipeline and code."""
    command = [str(PYTHON), "-m", "nlu.fingerprint"]
    answer = subprocess.run(command, cwd=ROOT, env=environment(), capture_output=True, text=True, check=True)
    return answer.stdout.strip()


def models(settings: Settings) -> Path:
    """The folder of the trained models, named after their fingerprint."""
    return settings.state / "models"


def fitting_model(settings: Settings, mark: str) -> Path | None:
    """The model trained from exactly the data at hand; another state folder may borrow the checkout's."""
    own = models(settings) / f"{mark}.tar.gz"
    shared = ROOT / "var" / "models" / own.name
    if not own.is_file() and shared.is_file():
        own.parent.mkdir(parents=True, exist_ok=True)
        fresh = own.with_name(f"{own.name}.{os.getpid()}")
        shutil.copyfile(shared, fresh)
        fresh.replace(own)
    return own if own.is_file() else None


def is_ready_url(rasa_url: str) -> str:
    """The address that answers 200 once the model is loaded."""
    return f"{rasa_url.rstrip('/')}/webhooks/rest/"


def train_command(out: Path) -> list[str]:
    """Trains a model into ``out``; progress goes to standard output."""
    return [str(PYTHON), "-m", "nlu.train", "--out", str(out)]


def serve_command(model: Path, port: int) -> list[str]:
    """Serves a model on the loopback."""
    return [str(PYTHON), "-m", "nlu.serve", "--model", str(model), "--port", str(port)]


def serve_environment(settings: Settings, internal_port: int) -> Mapping[str, str]:
    """What the Rasa process needs to know: the shared secret and where the actions listen."""
    return environment(
        NEWCITIZEN_INTERNAL_SECRET=plain(settings.internal_secret),
        NEWCITIZEN_ACTIONS_URL=f"http://127.0.0.1:{internal_port}/webhook",
    )
