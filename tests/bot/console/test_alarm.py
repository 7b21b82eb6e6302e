"""A sentence typed in is answered with the rule that fires; nothing of it is kept."""

from __future__ import annotations

import pytest

from bot.console import words
from tests.bot.console.test_editing import start, write

VICTIM = "我刚从工行转了五千给骗子"


def tried(browser, text: str, **more: str) -> str:
    page = browser.post("/console/alarm", {"text": text, **more})
    assert page.status_code == 200
    return page.text[page.text.index('id="tried"') : page.text.index("什么时候触发")]


def test_a_call_for_help_says_which_rule_fires_and_what_is_said(editor) -> None:
    said = tried(editor, VICTIM)
    assert "会触发：已经把钱转给骗子" in said
    assert "因为这条规则成立：" in said
    assert "说到骗 ＋" in said
    assert "说到骗：“骗" in said
    assert "95588" in said
    assert "{bank}" not in said


@pytest.mark.parametrize("text", ["公积金怎么提", "怎么防止被骗"])
def test_a_calm_question_says_that_nothing_fires(editor, text) -> None:
    assert "规则不会触发" in tried(editor, text)


def test_every_rule_is_shown_in_words_only(editor, live) -> None:
    page = editor.get("/console/alarm").text
    rules = page[page.index("什么时候触发") :]
    for situation in live.library.fraud["urgent"]["situations"]:
        assert f"{words.situation(situation['id'])}</strong> " in rules
        assert f"{len(situation['rules'])} 条规则" in rules
    assert not [name for name in words.GROUPS if f">{name}" in rules or f" {name}" in rules]


def test_a_draft_is_tried_before_it_is_in_force(editor) -> None:
    place = start(editor, "lent_card", "groups")
    write(editor, place, patterns="月亮卡")
    number = place.rsplit("/", 1)[1]
    assert "规则不会触发" in tried(editor, "月亮卡给了表叔，怎么补救")
    assert "银行卡、电话卡已交给别人" in tried(editor, "月亮卡给了表叔，怎么补救", draft=number)
    write(editor, place, patterns="(月亮")
    page = editor.post("/console/alarm", {"text": "月亮卡", "draft": number})
    assert "还读不出来" in page.text


@pytest.mark.parametrize("number", ["99", "x", "9" * 40])
def test_a_draft_that_is_not_there_changes_nothing(editor, number) -> None:
    assert "会触发" in tried(editor, VICTIM, draft=number)


def test_what_is_typed_is_shown_as_words_and_not_kept(editor, database) -> None:
    page = editor.post("/console/alarm", {"text": "<script>骗子</script>"}).text
    assert "<script>骗" not in page
    assert "&lt;script&gt;骗子" in page
    assert "&lt;script&gt;骗子" not in editor.get("/console/alarm").text
