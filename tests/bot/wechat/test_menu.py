"""The menu file: WeChat's limits with line numbers, keys we answer, what differs from the one in force."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from actions.events import CLICKS
from bot.shared_memory import InProcessMemory
from bot.wechat.callers import networks
from bot.wechat.client import wechat_api
from bot.wechat.doctor import examine
from bot.wechat.menu import MenuFaults, difference, in_force, lines, load_menu
from bot.wechat.token import TokenKeeper
from content.load import load_library
from store.database import Database
from store.lane import Lane
from tests.conftest import ROOT
from tests.support.channel import config_for
from tests.support.databases import sqlite_url
from tests.support.fake_wechat import fake_api


def test_every_key_of_the_shipped_menu_has_its_own_reply() -> None:
    library = load_library(ROOT / "content")
    keys = [b["key"] for top in load_menu()["button"] for b in top.get("sub_button", [top])]
    assert keys
    assert [k for k in keys if k not in CLICKS and k not in library.topics and k not in library.needs] == []


SUB = "      - {{type: click, name: {name}, key: {key}}}\n"


@pytest.mark.parametrize(
    ("text", "line", "word"),
    [
        ("button:\n  - {type: click, name: 一二三四五六, key: a}\n", 2, "16"),
        ("button:\n  - name: 一\n    sub_button:\n" + SUB.format(name="二", key="a") * 6, 2, "5"),
        ("button:\n  - {type: click, name: 一, key: " + "k" * 129 + "}\n", 2, "128"),
        ("button:\n  - {type: view, name: 一, url: 'https://" + "u" * 1020 + "'}\n", 2, "1024"),
        ("button:\n  - name: 一\n    sub_button:\n" + SUB.format(name="二" * 21, key="a"), 4, "60"),
        ("button:\n" + "  - {type: click, name: 一, key: a}\n" * 4, 1, "3"),
        ("button:\n  - {type: clik, name: 一, key: a}\n", 2, "clik"),
        ("button: [\n", 2, "YAML"),
        ("[]\n", 1, "一级"),
    ],
)
def test_what_wechat_would_refuse_is_refused_here_with_its_line(
    tmp_path: Path, text: str, line: int, word: str
) -> None:
    path = tmp_path / "menu.yml"
    path.write_text(text, "utf-8")
    with pytest.raises(MenuFaults) as faults:
        load_menu(path)
    assert any(f.startswith(f"menu.yml:{line}:") and word in f for f in faults.value.faults)


def test_all_faults_are_told_at_once(tmp_path: Path) -> None:
    path = tmp_path / "menu.yml"
    path.write_text("button:\n  - {type: click, name: '', key: ''}\n", "utf-8")
    with pytest.raises(MenuFaults) as faults:
        load_menu(path)
    assert len(faults.value.faults) == 2


def test_wechats_way_of_nesting_is_understood() -> None:
    theirs = {
        "is_menu_open": 1,
        "selfmenu_info": {
            "button": [{"name": "一", "sub_button": {"list": [{"type": "click", "name": "二", "key": "a"}]}}]
        },
    }
    ours = {"button": [{"name": "一", "sub_button": [{"type": "click", "name": "二", "key": "b"}]}]}
    assert difference(ours, in_force(theirs)) == ["-   二（click a）", "+   二（click b）"]
    assert lines(in_force(theirs)) == ["一", "  二（click a）"]


@pytest.fixture
def office(tmp_path: Path) -> Any:
    """A doctor's room: what it finds with given settings against the simulator."""
    lane = Lane(Database(sqlite_url(tmp_path)), threads=1)

    def found(api: Any, **changes: Any) -> dict[str, str]:
        config = config_for(tmp_path, api_base=api.base, **changes)
        client = wechat_api(
            config, lambda fetch: TokenKeeper(lane, InProcessMemory(), config.appid, config.secret, fetch)
        )
        return {f.text: f.state for f in examine(config, client)}

    yield found
    lane.close()
    lane.database.close()


@pytest.mark.shared
def test_the_doctor_finds_nothing_where_all_is_well(office: Any) -> None:
    with fake_api() as api:
        api.menu = load_menu()
        assert set(office(api).values()) == {"ok"}


@pytest.mark.shared
@pytest.mark.parametrize(
    ("fault", "changes", "word"),
    [
        (("stable_token", 40164), {}, "白名单"),
        (("stable_token", 40243), {}, "冻结"),
        (None, {"secret": "wrong"}, "WECHAT_SECRET"),
        (None, {"appid": "wx_other"}, "WECHAT_APPID"),
        (("getonlinekflist", 48001), {}, "CUSTOMER_SERVICE=false"),
        (None, {"customer_service": False}, "CUSTOMER_SERVICE=true"),
        (None, {"mode": "plain"}, "安全模式"),
        (None, {"aes_keys": ()}, "AES_KEY"),
        (None, {}, "menu diff"),
        (None, {"callback_check": True, "host": "127.0.0.1"}, "TRUSTED_PROXIES"),
        (None, {"callback_check": True, "proxies": networks(["0.0.0.0/0"])}, "TRUSTED_PROXIES"),
    ],
)
def test_the_doctor_says_what_is_wrong_and_how_to_mend_it(
    office: Any, fault: tuple[str, int] | None, changes: dict[str, Any], word: str
) -> None:
    with fake_api() as api:
        if fault:
            api.inject(*fault, times=-1)
        found = office(api, **changes)
    assert [t for t, state in found.items() if word in t and state != "ok"]
