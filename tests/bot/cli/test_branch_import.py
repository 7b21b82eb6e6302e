"""Branches from a table on this machine: all rows are published, or none and every bad row is named."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from bot.cli.branch_import import NotImported, bring_in
from bot.live.source import LiveContent
from bot.settings import ROOT
from content.load import texts_under
from store.database import Database

HEAD = "bank,branch,city,district,address,phone,lat,lon,services,hours,source,checked_on"
GOOD = (
    "测试银行,春熙路支行,成都,锦江区,春熙路1号,028-12345678,30.6598,104.0800,开户、挂失,9:00—17:00,"
    "测试名单,2026-11-01"
)


@pytest.fixture
def settings(services_with):
    return services_with(CLOCK="2026-11-20T10:30:00+08:00").settings


def table(folder: Path, *rows: str) -> Path:
    path = folder / "branches.csv"
    path.write_text("\n".join([HEAD, *rows]), "utf-8")
    return path


def served(settings) -> set[str]:
    live = LiveContent(Database(settings.database), texts_under(ROOT / "content"))
    live.start()
    return {contact.name for contact in live.library.contacts.values()}


def test_good_rows_are_served_and_a_trial_changes_nothing(settings, tmp_path: Path) -> None:
    said: list[str] = []
    bring_in(settings, table(tmp_path, GOOD), True, said.append)
    assert said == ["共 1 行，0 行有错"]
    assert "测试银行春熙路支行" not in served(settings)
    bring_in(settings, table(tmp_path, GOOD), False, said.append)
    assert "已导入" in said[-1]
    assert "测试银行春熙路支行" in served(settings)


def test_one_bad_row_keeps_all_out_and_is_named(settings, tmp_path: Path) -> None:
    said: list[str] = []
    with pytest.raises(NotImported, match="没有导入"):
        bring_in(settings, table(tmp_path, GOOD, GOOD.replace("成都", "巴黎")), False, said.append)
    assert said[0].startswith("第 3 行 ")
    assert "测试银行春熙路支行" not in served(settings)


def test_other_commands_start_without_the_tables_library() -> None:
    code = "import sys, bot.cli.__main__; sys.exit('openpyxl' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], cwd=ROOT).returncode == 0
