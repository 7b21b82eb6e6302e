"""Switches act at once, have a reason and an end, and stand in the log."""

from __future__ import annotations

import pytest

from store import audit
from store.audit import Filter
from tests.bot.console.support import KEY


@pytest.mark.parametrize(
    ("form", "check"),
    [
        ({"kind": "notice", "text": "今晚检修"}, lambda s: s.notice == "今晚检修"),
        ({"kind": "answer", "target": f"租房提取（成都）　{KEY}"}, lambda s: s.answers == {KEY}),
        ({"kind": "city", "target": "chengdu"}, lambda s: s.cities == {"chengdu"}),
        ({"kind": "assistant"}, lambda s: s.assistant_off),
    ],
)
def test_a_switch_acts_at_once_and_can_be_taken_back(reviewer, live, database, form, check) -> None:
    assert reviewer.post("/console/emergency/on", {**form, "reason": "演练"}).status_code == 303
    assert check(live.switches)
    page = reviewer.get("/console/emergency").text
    assert "演练" in page
    name = page.split('name="name" value="')[1].split('"')[0]
    reviewer.post("/console/emergency/off", {"name": name})
    assert not check(live.switches)
    with database.read() as connection:
        assert audit.count(connection, Filter(action="switch_on")) == 1
        assert audit.count(connection, Filter(action="switch_off")) == 1


@pytest.mark.parametrize(
    ("form", "sentence"),
    [
        ({"kind": "assistant"}, "理由"),
        ({"kind": "assistant", "reason": "x", "until": "2020-01-01T00:00"}, "结束时间"),
        ({"kind": "assistant", "reason": "x", "until": "soon"}, "结束时间"),
        ({"kind": "answer", "reason": "x", "target": "no.such"}, "没有这条答复"),
        ({"kind": "city", "reason": "x", "target": "paris"}, "选一座城市"),
        ({"kind": "notice", "reason": "x", "text": "字" * 121}, "120"),
        ({"kind": "everything", "reason": "x"}, "要做什么"),
    ],
)
def test_a_wrong_switch_is_refused_with_the_reason(reviewer, live, form, sentence) -> None:
    before = live.switches
    response = reviewer.post("/console/emergency/on", form)
    assert response.status_code == 422
    assert sentence in response.text
    assert live.switches == before


def test_only_emergency_switches_can_be_taken_away_here(reviewer) -> None:
    assert reviewer.post("/console/emergency/off", {"name": "passive_only"}).status_code == 404
