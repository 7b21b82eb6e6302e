"""Starts rasa, app and worker with the addresses they need to find each other, and waits for READY.

Why this file exists: ports, secrets and order of start are decided here and nowhere else. It must not
know what a citizen asks.
"""

from __future__ import annotations

import http.client
import json
import os
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from pydantic import SecretStr

from bot.settings import NAMES, ROOT, Settings, plain, variable
from bot.supervise import brain
from bot.supervise.part import Part
from bot.supervise.ports import free_port
from bot.supervise.watch import Watch

ASKED_S = 8.0
"""How long a part may take to say that it is there: a busy machine is no dead service."""
START_S = 120.0
"""Seconds a part gets to become healthy: a loaded machine takes several times the usual 8 s."""


def child_environment(settings: Settings) -> dict[str, str]:
    """The environment of app and worker: every setting by name, as completed by the supervisor."""
    own = {variable(field): _text(getattr(settings, field)) for field in NAMES.values()}
    return brain.environment(**{name: value for name, value in own.items() if value})


def _text(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, datetime):
        return value.isoformat()
    return plain(value) if isinstance(value, SecretStr) else str(value)


def addressed(settings: Settings) -> Settings:
    """Settings with the loopback addresses chosen that were left to us."""
    update: dict[str, object] = {}
    if not settings.internal_port:
        update["internal_port"] = free_port()
    if not settings.port:
        update["port"] = free_port()
    if not settings.rasa_url:
        update["rasa_url"] = f"http://127.0.0.1:{free_port()}"
    return settings.model_copy(update=update)


def start_rasa(watch: Watch, settings: Settings, model: Path) -> None:
    """Start the Rasa part; it is ready when its REST channel answers."""
    port = urlsplit(settings.rasa_url).port or 0
    command = brain.serve_command(model, port)
    env = brain.serve_environment(settings, settings.internal_port)
    watch.parts.append(Part("rasa", command, env, ROOT, settings.state / "logs" / "rasa.log"))


def start_python(watch: Watch, settings: Settings, name: str, module: str) -> None:
    """Start a part of our own environment."""
    command = [sys.executable, "-m", module]
    watch.parts.append(
        Part(name, command, child_environment(settings), ROOT, settings.state / "logs" / f"{name}.log")
    )


def fetch(url: str) -> bytes | None:
    """What an HTTP address answers with 200 within ``ASKED_S``, else None."""
    at = urlsplit(url)
    connection = http.client.HTTPConnection(at.hostname or "127.0.0.1", at.port, timeout=ASKED_S)
    try:
        connection.request("GET", at.path or "/")
        response = connection.getresponse()
        return response.read() if response.status == 200 else None
    except (OSError, http.client.HTTPException):
        return None
    finally:
        connection.close()


def answers(url: str) -> bool:
    """Whether an HTTP address answers 200."""
    return fetch(url) is not None


def health(address: str) -> dict[str, Any]:
    """What ``/healthz`` says, {} while nothing answers."""
    found: dict[str, Any] = json.loads(fetch(f"{address}/healthz") or b"{}")
    return found


@contextmanager
def announced(settings: Settings, **facts: object) -> Iterator[None]:
    """While inside, ``state/run.json`` says what runs where, for the command line to find it."""
    path = settings.state / "run.json"
    known = {"pid": os.getpid(), "rasa_url": settings.rasa_url, "port": settings.port, **facts}
    fresh = path.with_name(f"{path.name}.{os.getpid()}")
    fresh.write_text(json.dumps(known, ensure_ascii=False))
    fresh.replace(path)
    try:
        yield
    finally:
        path.unlink(missing_ok=True)


def running(settings: Settings) -> Mapping[str, object] | None:
    """What ``announced`` wrote, if that supervisor still lives."""
    try:
        known: dict[str, object] = json.loads((settings.state / "run.json").read_text())
        os.kill(int(str(known["pid"])), 0)
    except (OSError, ValueError, KeyError):
        return None
    return known
