"""Secrets the service makes for itself."""

from __future__ import annotations

import base64
import re
import stat
from pathlib import Path

from bot.settings import Settings, load_settings, plain
from bot.supervise.secrets import complete


def development(state: Path, **environ: str) -> Settings:
    named = {f"NEWCITIZEN_{k.upper()}": v for k, v in environ.items()}
    return load_settings({"NEWCITIZEN_STATE": str(state), **named}, None)


def test_development_gets_secrets_that_are_valid_settings(tmp_path: Path) -> None:
    settings = complete(development(tmp_path))
    assert re.fullmatch(r"[A-Za-z0-9]{3,32}", plain(settings.wechat_token))
    assert settings.wechat_appid
    key = plain(settings.wechat_aes_key)
    assert re.fullmatch(r"[A-Za-z0-9]{43}", key)
    assert len(base64.b64decode(key + "=", validate=True)) == 32
    assert len(plain(settings.internal_secret)) >= 16


def test_the_same_state_gives_the_same_secrets(tmp_path: Path) -> None:
    assert complete(development(tmp_path)) == complete(development(tmp_path))


def test_two_states_have_different_secrets(tmp_path: Path) -> None:
    one, other = (complete(development(tmp_path / name)) for name in ("a", "b"))
    assert plain(one.wechat_token) != plain(other.wechat_token)


def test_a_secret_that_is_set_is_kept(tmp_path: Path) -> None:
    assert plain(complete(development(tmp_path, wechat_token="mine123")).wechat_token) == "mine123"


def test_only_the_owner_may_read_them(tmp_path: Path) -> None:
    complete(development(tmp_path))
    assert stat.S_IMODE((tmp_path / "secrets.json").stat().st_mode) == 0o600


def test_production_only_gets_the_loopback_secret(tmp_path: Path) -> None:
    settings = development(
        tmp_path, env="production", wechat_token="abc123", wechat_appid="wx1", wechat_aes_key="k" * 42 + "A"
    )
    done = complete(settings)
    assert plain(done.internal_secret)
    assert plain(done.wechat_token) == "abc123"
    assert "wechat_token" not in (tmp_path / "secrets.json").read_text()
