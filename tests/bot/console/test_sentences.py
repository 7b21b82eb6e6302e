"""Sample questions and stored questions: added, set aside and taken back by people, never lost."""

from __future__ import annotations

import pytest

from bot.console import sayings
from bot.console.sentences import CHECKED, FEWEST, LEARNED
from store import examples

NEED = "housing_fund.rent_withdrawal"
BOARDS = pytest.mark.parametrize("board", [LEARNED, CHECKED], ids=lambda board: board.kind)


def in_use(database, board) -> list[str]:
    with database.read() as connection:
        aside = sayings.aside_of(connection, board.kind)
        added = sayings.added_of(connection, board.kind)
    return [s.text for s in sayings.in_use(board.shipped(), aside, added) if s.need == NEED]


@BOARDS
def test_sentences_are_added_once_and_masked(editor, database, board) -> None:
    before = in_use(database, board)
    texts = "房租能提不\n\n租房咋提 我电话13800138000\n房租能提不"
    form = {"need": f"租房提取　{NEED}", "texts": texts}
    assert editor.post(f"{board.path}/add", form).status_code == 303
    assert editor.post(f"{board.path}/add", form).status_code == 303
    fresh = in_use(database, board)[len(before) :]
    assert len(fresh) == 2
    assert "13800138000" not in "".join(fresh)
    assert "<td>房租能提不</td>" in editor.get(f"{board.path}?need={NEED}&q=房租能提不").text


@BOARDS
def test_an_added_sentence_goes_and_a_shipped_one_is_set_aside_and_comes_back(
    editor, database, board
) -> None:
    before = in_use(database, board)
    editor.post(f"{board.path}/add", {"need": NEED, "texts": "房租能提不"})
    for text in ("房租能提不", before[0]):
        done = editor.post(f"{board.path}/remove", {"need": NEED, "text": text})
        assert done.status_code == 303
    assert in_use(database, board) == before[1:]
    assert before[0] in editor.get(board.path).text
    with database.read() as connection:
        (row,) = examples.listed(connection, examples.ASIDE[board.kind])
    assert editor.post(f"{board.path}/back/{row.id}", {"need": NEED}).status_code == 303
    assert in_use(database, board) == before


def test_a_need_keeps_enough_examples_to_be_told_apart(editor, database) -> None:
    texts = in_use(database, LEARNED)
    with database.write() as connection:
        for text in texts[FEWEST:]:
            examples.set_aside(connection, NEED, text, "editor", 1.0)
    done = editor.post(f"{LEARNED.path}/remove", {"need": NEED, "text": texts[0]})
    assert done.status_code == 422
    assert len(in_use(database, LEARNED)) == FEWEST


@BOARDS
def test_a_sentence_of_no_need_and_an_unknown_one_are_refused(editor, board) -> None:
    assert editor.post(f"{board.path}/add", {"need": "no.such", "texts": "一句"}).status_code == 422
    assert editor.post(f"{board.path}/remove", {"need": NEED, "text": "没有这句"}).status_code == 404


@BOARDS
def test_hostile_sentences_are_shown_as_words(editor, board) -> None:
    editor.post(f"{board.path}/add", {"need": NEED, "texts": '"><script>alert(1)</script>'})
    assert "<script>alert" not in editor.get(f"{board.path}?q=script").text


def test_every_stored_question_is_of_a_need_there_is(live) -> None:
    assert set(sayings.shipped_stored()) <= set(live.library.needs)


def test_stored_questions_are_no_training_examples() -> None:
    learned = {text for texts in sayings.shipped_examples().values() for text in texts}
    assert not learned & {text for texts in sayings.shipped_stored().values() for text in texts}
