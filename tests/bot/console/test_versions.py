"""A link to a version keeps showing what it showed."""

from __future__ import annotations

import pytest

from tests.bot.console.support import KEY, beginning
from tests.bot.console.test_editing import decide, submitted

NEW = "可以提，先看条件够不够。"


@pytest.fixture
def was(live) -> str:
    return beginning(live.library)


def test_each_version_has_its_own_address(editor, reviewer, live, was) -> None:
    decide(reviewer, submitted(editor), "approve")
    old, new = editor.get(f"/a/{KEY}@v1").text, editor.get(f"/a/{KEY}@v2").text
    assert was in old
    assert "这是以前的一版" in old
    assert NEW in new
    assert "这是以前的一版" not in new
    assert editor.get(f"/a/{KEY}@v3").status_code == 404


def test_a_link_to_an_earlier_content_version_still_shows_its_words(editor, reviewer, live, was) -> None:
    before = live.library.version
    decide(reviewer, submitted(editor), "approve")
    assert live.library.version != before
    page = editor.get(f"/a/{KEY}@{before}").text
    assert was in page
    assert f"@{before}" in page
    assert editor.get(f"/a/{KEY}@000000000000").status_code == 404


def test_a_record_nobody_changed_is_served_for_every_known_version(editor, reviewer, live) -> None:
    before = live.library.version
    decide(reviewer, submitted(editor), "approve")
    other = next(a for a in live.library.answers if a != KEY)
    assert editor.get(f"/a/{other}@{before}").status_code == 200


def test_an_answer_that_is_switched_off_has_no_page(editor, reviewer) -> None:
    reviewer.post("/console/emergency/on", {"kind": "answer", "target": KEY, "reason": "演练"})
    assert editor.get(f"/a/{KEY}").status_code == 404
    assert editor.get(f"/a/{KEY}@v1").status_code == 404
