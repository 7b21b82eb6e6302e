"""Kinds of scams and their signs are edited, checked, reviewed and live like any other content."""

from __future__ import annotations

import pytest

from actions.message_check import detector
from bot.console import fraud_reading
from bot.live.texts import FRAUD, all_of
from tests.bot.console.test_editing import decide, start, write

SIGN = "safe_account"
TOLD = "把钱放进月亮保险箱"


@pytest.mark.parametrize("kind", sorted(FRAUD))
def test_every_shipped_record_is_good(live, kind) -> None:
    for key, value in all_of(live.library, kind).items():
        assert fraud_reading.faults(kind, key, value, live.library) == [], key


def stopped_by(reviewer, place: str) -> str:
    """The reasons of a red gate."""
    page = reviewer.get(f"{place}/checks").text
    return page[page.index("没有通过") : page.index("哪些回复会变")]


def approved(editor, reviewer, place: str) -> int:
    assert decide(editor, place, "submit").status_code == 303
    return decide(reviewer, place, "approve").status_code


def test_a_new_pattern_is_found_in_messages_once_it_is_approved(editor, reviewer, live) -> None:
    assert SIGN not in detector(live.library).check(TOLD).ids
    place = start(editor, SIGN, "signals")
    patterns = all_of(live.library, "signals")[SIGN]["patterns"]
    lines = [p if isinstance(p, str) else " && ".join(p) for p in patterns]
    write(editor, place, patterns="\n".join([*lines, "放进 && 月亮保险箱"]))
    assert approved(editor, reviewer, place) == 303
    assert SIGN in detector(live.library).check(TOLD).ids
    text = live.library.texts["content/fraud/signals.yml"]
    assert "# 红线" in text


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"patterns": "(没有关上"}, "写错了"),
        ({"patterns": "(a+)+b"}, "重复套重复"),
        ({"patterns": ""}, "至少写一条"),
        ({"says": ""}, "对市民怎么说"),
        ({"weight": "很强"}, "很强"),
        ({"id": "other"}, "safe_account 不存在"),
        ({"patterns": "长" * 1001}, "写法太长"),
    ],
)
def test_a_sign_that_would_break_the_check_is_stopped(editor, reviewer, live, change, reason) -> None:
    place = start(editor, SIGN, "signals")
    write(editor, place, **change)
    assert reason in stopped_by(reviewer, place)
    before = live.release
    assert approved(editor, reviewer, place) == 422
    assert live.release == before


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"source": "nowhere"}, "nowhere"),
        ({"help_steps": "nowhere"}, "nowhere"),
        ({"signs": ""}, "至少写一条"),
        ({"status": "maybe"}, "maybe"),
    ],
)
def test_a_kind_of_scam_without_its_grounds_is_stopped(editor, reviewer, change, reason) -> None:
    place = start(editor, "rebate_job", "scams")
    write(editor, place, **change)
    assert reason in stopped_by(reviewer, place)


def test_signs_and_kinds_are_listed_and_found(editor) -> None:
    assert "刷单返利" in editor.get("/console/records?kind=scams&q=rebate").text
    page = editor.get(f"/console/records/signals/{SIGN}")
    assert page.status_code == 200
    assert "安全账户" in page.text
