"""Secrets the service makes for itself: one file in the state folder, readable by its owner only.

Why this file exists: with default settings the try page must work at once, so development gets its own
WeChat token and keys; the loopback secret between app and rasa is made in every environment that does
not set one. It must never print what it makes.
"""

from __future__ import annotations

import json
import os
import secrets
import string
from collections.abc import Callable
from pathlib import Path

from pydantic import SecretStr

from bot.settings import Settings, plain

LETTERS = string.ascii_letters + string.digits


def _letters(length: int) -> str:
    return "".join(secrets.choice(LETTERS) for _ in range(length))


_MAKERS: dict[str, Callable[[], str]] = {
    "internal_secret": lambda: secrets.token_hex(24),
    "wechat_token": lambda: _letters(32),
    "wechat_appid": lambda: "wx" + secrets.token_hex(8),
    "wechat_aes_key": lambda: _letters(42) + "A",
}
"""Field to maker. An AES key is 43 letters or digits; base64 needs two zero bits in the last one."""


def complete(settings: Settings) -> Settings:
    """Settings with the secrets that were left empty filled from ``state/secrets.json``.

    In production only the loopback secret is made: the WeChat ones belong to a real account and
    ``load_settings`` has demanded them.
    """
    fields = ["internal_secret"] if settings.production else list(_MAKERS)
    empty = [field for field in fields if not plain(getattr(settings, field))]
    if not empty:
        return settings
    kept = _kept(settings.state / "secrets.json", empty)
    secret = {f: SecretStr(kept[f]) if f != "wechat_appid" else kept[f] for f in empty}
    return settings.model_copy(update=secret)


def _kept(path: Path, fields: list[str]) -> dict[str, str]:
    found: dict[str, str] = json.loads(path.read_text("utf-8")) if path.is_file() else {}
    missing = {field: _MAKERS[field]() for field in fields if field not in found}
    if missing:
        _write_private(path, json.dumps({**found, **missing}, indent=1))
    return {**found, **missing}


def _write_private(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    fresh = path.with_name(f"{path.name}.{os.getpid()}")
    with os.fdopen(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as file:
        file.write(text)
    fresh.replace(path)
