"""The shipped content: it loads, holds on the days it must, and covers every row."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from content import voices
from content.check import check
from content.checking.shape import ABOUT_MATTERS
from content.coverage import board
from content.load import library_from_texts, load_library

ROOT = Path(__file__).resolve().parents[2]
DAYS = (date(2026, 11, 20), date(2027, 1, 2))


@pytest.fixture(scope="module")
def library():
    return load_library(ROOT / "content")


@pytest.mark.parametrize("on", DAYS, ids=str)
def test_the_shipped_content_has_no_fault(library, on):
    texts = {
        f"nlu/topics/{p.name}": p.read_text("utf-8") for p in sorted((ROOT / "nlu/topics").glob("*.yml"))
    }
    assert [str(fault) for fault in check(library, on, texts)] == []


def test_every_row_of_the_five_notices_is_answered_or_declared(library):
    data = board(library)
    assert data["rows"] == 425
    assert data["missing"] == []


@pytest.mark.parametrize("on", DAYS, ids=str)
def test_every_reply_carries_its_source_and_day(library, on):
    for clause in library.clauses.values():
        citation = voices.clause_chat(clause, library, on).citation
        assert clause.article in citation
        assert "核验：" in citation
    for answer in library.answers.values():
        if answer.status == "verified" and library.needs[answer.need].handler in ABOUT_MATTERS:
            assert "核验：" in voices.chat(answer, library, on).citation, answer.id


@pytest.mark.parametrize("on", DAYS, ids=str)
def test_no_reply_leaves_a_placeholder_or_another_citys_notice(library, on):
    for answer in library.answers.values():
        voice = voices.chat(answer, library, on)
        assert "{" not in voice.text, answer.id
        scopes = {library.notices[cite.split("#")[0]].scope for cite in voice.clauses}
        assert scopes <= {answer.scope, "national"}, answer.id


@pytest.mark.parametrize("on", DAYS, ids=str)
def test_what_is_read_out_has_no_digits_and_no_brackets(library, on):
    for answer in library.answers.values():
        said = voices.spoken(answer, library, on)
        assert not any(letter in said for letter in "0123456789（）《》〔〕"), (answer.id, said)


def test_no_citys_answer_is_left_unread(library):
    cities = [answer for answer in library.answers.values() if answer.scope != "national"]
    assert {answer.id for answer in cities if library.needs[answer.need].city_use == "none"} == set()


def test_no_city_shares_a_deciding_name_with_another(library):
    names = [name for city in library.cities.values() for name in (city.name, *city.aliases, *city.districts)]
    assert len(names) == len(set(names))
    assert not {name for city in library.cities.values() for name in city.ambiguous} & set(names)


def test_nobody_changes_the_values_that_libraries_share(library):
    """The version is made of all values read: a reader or a check that changed one would change it."""
    check(library, DAYS[0])
    board(library)
    assert library_from_texts(library.texts).version == library.version
