"""wechat doctor and menu against a double of WeChat's API on the loopback."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from bot.cli.__main__ import app
from bot.wechat.menu import load_menu

REFUSED = {"errcode": 48001, "errmsg": "api unauthorized"}


class Api:
    """Answers by the end of the path; keeps what was posted."""

    def __init__(self) -> None:
        self.answers: dict[str, dict[str, Any]] = {
            "stable_token": {"access_token": "tok", "expires_in": 7200},
            "getcallbackip": {"ip_list": ["101.226.103.0"]},
            "getonlinekflist": dict(REFUSED),
            "menu/create": {"errcode": 0},
            "menu/get": {"menu": load_menu()},
            "get_current_selfmenu_info": {"is_menu_open": 1, "selfmenu_info": load_menu()},
        }
        self.posted: dict[str, Any] = {}
        double = self

        class Handler(BaseHTTPRequestHandler):
            def log_message(self, *_: object) -> None: ...

            def do_POST(self) -> None:
                path = self.path.split("?")[0]
                body = self.rfile.read(int(self.headers.get("content-length") or 0))
                name = next(n for n in double.answers if path.endswith(n))
                double.posted[name] = json.loads(body) if body else None
                answer = json.dumps(double.answers[name]).encode()
                self.send_response(200)
                self.send_header("content-length", str(len(answer)))
                self.end_headers()
                self.wfile.write(answer)

            do_GET = do_POST

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.server.server_port}"


@pytest.fixture
def api() -> Iterator[Api]:
    double = Api()
    threading.Thread(target=double.server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
    yield double
    double.server.shutdown()
    double.server.server_close()


@pytest.fixture
def run(api: Api, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    environ = {
        "STATE": str(tmp_path), "WECHAT_API_BASE": api.url, "WECHAT_TOKEN": "abc123", "WECHAT_APPID": "wx1",
        "WECHAT_SECRET": "appsecret-in-clear", "WECHAT_AES_KEY": "k" * 42 + "A",
    }  # fmt: skip
    for name, value in environ.items():
        monkeypatch.setenv(f"NEWCITIZEN_{name}", value)
    return lambda *args: CliRunner().invoke(app, ["wechat", *args])


def test_a_healthy_account_is_told_so(run) -> None:
    done = run("doctor")
    assert done.exit_code == 0, done.output
    assert "[不对]" not in done.output
    assert "access_token" in done.output


def test_a_refused_token_is_told_with_the_way_out(run, api: Api) -> None:
    api.answers["stable_token"] = {"errcode": 40125, "errmsg": "invalid appsecret"}
    done = run("doctor")
    assert done.exit_code == 1
    assert "40125" in done.output


def test_a_right_the_settings_do_not_know_of_is_told(run, api: Api) -> None:
    api.answers["getonlinekflist"] = {"kf_online_list": []}
    done = run("doctor")
    assert done.exit_code == 1
    assert "NEWCITIZEN_WECHAT_CUSTOMER_SERVICE=true" in done.output


def test_an_api_that_is_away_is_told_and_no_secret_with_it(run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NEWCITIZEN_WECHAT_API_BASE", "http://127.0.0.1:1")
    done = run("doctor")
    assert done.exit_code == 1
    assert "NEWCITIZEN_WECHAT_API_BASE" in done.output
    assert "appsecret-in-clear" not in done.output


def test_without_an_account_the_doctor_names_what_is_missing(run, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("TOKEN", "APPID", "SECRET", "AES_KEY"):
        monkeypatch.delenv(f"NEWCITIZEN_WECHAT_{name}")
    done = run("doctor")
    assert done.exit_code == 1
    assert all(f"NEWCITIZEN_WECHAT_{name}" in done.output for name in ("TOKEN", "APPID", "SECRET", "AES_KEY"))


def test_the_menu_is_pushed_as_it_stands_in_the_file(run, api: Api) -> None:
    assert run("menu", "push").exit_code == 0
    assert api.posted["menu/create"] == load_menu()


def test_the_same_menu_has_no_difference(run) -> None:
    done = run("menu", "diff")
    assert (done.exit_code, done.output.strip()) == (0, "没有差别")


def test_another_menu_in_force_is_shown_and_ends_with_one(run, api: Api) -> None:
    other = {"button": [{"type": "click", "name": "旧的", "key": "old"}]}
    api.answers["menu/get"] = {"menu": other}
    api.answers["get_current_selfmenu_info"] = {"selfmenu_info": other}
    done = run("menu", "diff")
    assert done.exit_code == 1
    assert "旧的" in done.output
    assert "旧的" in run("menu", "show").output


def test_menu_commands_without_the_app_secret_end_with_two(run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("NEWCITIZEN_WECHAT_SECRET")
    for command in ("push", "show", "diff"):
        assert run("menu", command).exit_code == 2


def test_a_refusal_is_a_sentence_not_a_trace(run, api: Api) -> None:
    api.answers["menu/create"] = {"errcode": 40018, "errmsg": "invalid button name size"}
    done = run("menu", "push")
    assert done.exit_code == 1
    assert "40018" in done.output
    assert "Traceback" not in done.output
