"""Before approval a reviewer sees every stored question: whose reply changes, and whose does not."""

from __future__ import annotations

import re

from bot.console.sayings import stored_questions
from tests.bot.console.support import beginning
from tests.bot.console.test_editing import KEY, NEW, start, submitted

NEED = KEY.split("@")[0]
ASKED = "我在成都租房，能不能拿公积金抵"


def shown(browser, place: str) -> str:
    return browser.get(f"{place}/checks").text


def counts(page: str) -> tuple[int, int]:
    found = re.search(r"(\d+) 个的回复会变</strong>，(\d+) 个不变", page)
    return int(found.group(1)), int(found.group(2))


def test_the_reply_to_a_stored_question_is_shown_before_and_after(editor, reviewer, live, database) -> None:
    editor.post("/console/stored/add", {"need": NEED, "texts": ASKED})
    place = submitted(editor)
    page = shown(reviewer, place)
    card = page[page.index(ASKED) :]
    assert beginning(live.library) in card.split("发布以后")[0]
    assert NEW in card.split("发布以后")[1]
    with database.read() as connection:
        assert sum(counts(page)) == len(stored_questions(connection))


def test_questions_about_other_things_are_listed_as_unchanged(editor, reviewer, database) -> None:
    changed, same = counts(shown(reviewer, submitted(editor)))
    assert 1 <= changed <= 3
    assert same > 100


def test_a_question_set_aside_is_not_asked(editor, reviewer, database) -> None:
    place = submitted(editor)
    before = sum(counts(shown(reviewer, place)))
    with database.read() as connection:
        first = stored_questions(connection)[0]
    editor.post("/console/stored/remove", {"need": first.need, "text": first.text})
    page = shown(reviewer, place)
    assert sum(counts(page)) == before - 1
    assert first.text not in page


def test_an_edit_that_cannot_be_read_asks_nothing(editor, live) -> None:
    place = start(editor, next(iter(live.library.checks)), "checks")
    fields = {"csrf": editor.csrf(), "revision": "1", "yaml": "- [坏"}
    editor.client.post(place, data=fields)
    page = shown(editor, place)
    assert "没有通过，不能发布" in page
    assert "个的回复会变" not in page


def test_the_review_page_does_not_wait_for_the_checks(editor, reviewer) -> None:
    place = submitted(editor)
    first = reviewer.get(f"{place}/review").text
    assert f'hx-get="{place}/checks"' in first
    assert 'id="gate"' not in first
    shown(reviewer, place)
    assert 'id="gate"' in reviewer.get(f"{place}/review").text
