"""What commands say and how they end, in this process; journeys go through ``scripts/newcitizen``."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import pytest

from bot.cli.__main__ import app
from bot.usage import run


class Done(NamedTuple):
    """How a command ended, and what it wrote."""

    code: int
    out: str
    err: str


@pytest.fixture
def newcitizen(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Callable[..., Done]:
    for name in [name for name in os.environ if name.startswith("NEWCITIZEN_")]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("NEWCITIZEN_STATE", str(tmp_path))
    monkeypatch.chdir(tmp_path)

    def called(*args: str) -> Done:
        monkeypatch.setattr(sys, "argv", ["newcitizen", *args])
        with pytest.raises(SystemExit) as end:
            run(app, "newcitizen")
        said = capsys.readouterr()
        return Done(int(end.value.code or 0), said.out, said.err)

    return called


def test_an_unknown_city_ends_with_two_and_says_why(newcitizen) -> None:
    done = newcitizen("ask", "公积金", "--city", "atlantis")
    assert done.code == 2
    assert "没有收录" in done.err


def test_a_wrong_setting_ends_with_two(newcitizen, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NEWCITIZEN_PROT", "1")
    done = newcitizen("content", "due")
    assert done.code == 2
    assert "NEWCITIZEN_PORT" in done.err


def test_a_bad_questions_file_names_its_line(newcitizen, tmp_path: Path) -> None:
    (tmp_path / "q.jsonl").write_text('{"id": "1", "text": "x"}\nnot json\n')
    done = newcitizen("eval", "--questions", "q.jsonl", "--out", "o.jsonl")
    assert done.code == 2
    assert "q.jsonl:2" in done.err


def test_show_tells_what_an_id_says_and_refuses_unknown_ones(newcitizen) -> None:
    shown = newcitizen("content", "show", "housing_fund.rent_withdrawal@chengdu")
    assert shown.code == 0
    assert "口播" in shown.out
    missing = newcitizen("content", "show", "housing_fund.rent_withdrawl@chengdu")
    assert missing.code == 1
    assert "housing_fund.rent_withdrawal@chengdu" in missing.err


def test_due_lists_what_ends_within_the_days(newcitizen) -> None:
    soon = newcitizen("content", "due", "--days", "0", "--as-of", "2026-09-02", "--json")
    later = newcitizen("content", "due", "--days", "3650", "--as-of", "2026-09-02", "--json")
    assert len(json.loads(soon.out)) < len(json.loads(later.out))
    assert {"on", "reason", "id", "name", "overdue"} == set(json.loads(later.out)[0])


def test_coverage_is_told_as_data(newcitizen) -> None:
    board = json.loads(newcitizen("content", "coverage", "--json").out)
    assert board["rows"] == sum(board["totals"].values())
