"""New notices and clauses are begun in the console, and what is no longer used is taken out of use there."""

from __future__ import annotations

import re
from datetime import date

import pytest

from bot.console import beginning
from bot.console.retiring import WAYS, retired
from bot.live import texts
from bot.live.merge import merge
from bot.live.texts import KINDS
from content.load import library_from_texts
from content.yamltext import read
from store import content_records, drafts
from tests.bot.console.support import KEY
from tests.bot.console.test_editing import decide, fields_of, write
from tests.support.staff import Browser

NUMBER = "演练发〔2031〕7号"
NOTICE = {"title": "演练文件", "status": "in_force", "source.0.title": "演练文件", "checked_on": "2026-11-20"}
CLAUSE = {"article": "三", "name": "演练条款", "summary": "演练用的一条，说明怎么办。", "strength": "support",
          "contacts.add": "government_hotline"}  # fmt: skip


def begin(editor: Browser, kind: str, **fields: str) -> str:
    response = editor.post("/console/new", {"kind": kind, **fields})
    assert response.status_code == 303, response.text
    return response.headers["location"]


def publish(editor: Browser, reviewer: Browser, place: str) -> None:
    assert decide(editor, place, "submit").status_code == 303
    approved = decide(reviewer, place, "approve")
    assert approved.status_code == 303, re.findall(r"role=.alert.>(.*?)</p>", approved.text)


def test_a_new_notice_and_then_its_clauses_are_written_reviewed_and_served(
    editor, reviewer, live, database, shipped
) -> None:
    assert 'name="number"' in editor.get("/console/records?kind=notices").text
    place = begin(editor, "notices", scope="chengdu", number=NUMBER)
    assert fields_of(editor, place)["number"] == [NUMBER]
    write(editor, place, **NOTICE)
    publish(editor, reviewer, place)
    assert live.library.notices["chengdu-2031-7"].label == NUMBER

    assert NUMBER in editor.get("/console/records?kind=clauses&city=chengdu").text
    for name in ("演练条款", "演练第二条"):
        place = begin(editor, "clauses", notice="chengdu-2031-7")
        write(editor, place, **{**CLAUSE, "name": name})
        assert name in editor.get(place).text.partition('class="bubble"')[2]
        publish(editor, reviewer, place)
    assert {c.name for c in live.library.clauses_by_id("chengdu-2031-7#三")} == {"演练条款", "演练第二条"}
    with database.read() as connection:
        again = merge(shipped, content_records.edited(connection))
    assert library_from_texts(again.texts).version == live.library.version


def test_a_clause_of_a_notice_that_has_some_stands_beside_them(editor, reviewer, live) -> None:
    path = texts.path_of(live.library, "clauses", "CD-00")
    before = live.library.texts[path]
    place = begin(editor, "clauses", notice="chengdu-2022-75")
    write(editor, place, **CLAUSE)
    publish(editor, reviewer, place)
    assert live.library.texts[path].startswith(before)
    assert "演练条款" in live.library.texts[path]


def test_a_number_that_is_known_already_opens_the_notice_it_belongs_to(editor, live) -> None:
    known = live.library.notices["chengdu-2022-75"]
    place = begin(editor, "notices", scope="chengdu", number=known.number)
    assert fields_of(editor, place)["title"] == [known.title]


@pytest.mark.parametrize(
    ("number", "key"),
    [
        (NUMBER, "beijing-2031-7"),
        ("演练令2031年第3号", "beijing-2031-3"),
        ("另一机关发〔2022〕118号", "beijing-2022-118-notice-1"),
        ("", "beijing-notice-1"),
    ],
)
def test_the_id_of_a_notice_says_its_place_year_and_number(live, number, key) -> None:
    assert beginning.notice(live.library, "beijing", number, ()).subject.key == key


def test_two_people_who_begin_at_the_same_time_do_not_share_an_id(editor) -> None:
    for kind, fields in (("notices", {"scope": "national"}), ("clauses", {"notice": "chengdu-2022-75"})):
        assert begin(editor, kind, **fields) != begin(editor, kind, **fields)


def test_a_row_the_list_lacks_is_filled_by_the_clause_begun_for_it(live, shipped) -> None:
    path = "content/coverage_rows.yml"
    wanting = shipped | {path: shipped[path].replace('    "CD-00":', '    "CD-99": "九"\n    "CD-00":', 1)}
    library = library_from_texts(wanting)
    begun = beginning.clause(library, "chengdu-2022-75", "CD-99", ())
    assert (begun.subject.key, begun.fields) == ("CD-99", {"rows": ["CD-99"], "article": "九"})
    assert beginning.open_rows(library) == {"CD-99": "九"}
    assert beginning.clause(library, "beijing-2022-118", "CD-99", ()) is None


def test_what_is_not_there_is_not_begun(editor) -> None:
    for fields in (
        {"kind": "clauses", "scope": "chengdu"},
        {"kind": "clauses", "notice": "chengdu-2022-75", "row": "CD-00"},
        {"kind": "notices", "scope": "atlantis"}, {"kind": "facts", "scope": "atlantis"},
        {"kind": "checks", "scope": "chengdu"}, {"kind": "x", "scope": "chengdu"},
    ):  # fmt: skip
        assert editor.post("/console/new", fields).status_code == 404, fields


def test_a_kind_nobody_chose_is_not_chosen_by_the_form(editor, database) -> None:
    place = begin(editor, "notices", scope="chengdu")
    write(editor, place, title="演练文件")
    with database.read() as connection:
        said = read(drafts.find(connection, int(place.rpartition("/")[2])).yaml)
    assert said == {"title": "演练文件"}


@pytest.mark.parametrize("kind", sorted(WAYS))
def test_every_kind_others_name_can_be_taken_out_of_use(editor, live, kind) -> None:
    key = KEY if kind == "answers" else next(iter(texts.all_of(live.library, kind)))
    path = texts.path_of(live.library, kind, key)
    value = texts.value(live.library.texts[path], kind, key)
    assert retired(kind, value, date(2026, 11, 20)) != value
    assert 'name="retire"' in editor.get(f"/console/records/{kind}/{key}").text
    response = editor.post("/console/edit", {"kind": kind, "key": key, "retire": "1"})
    page = editor.get(f"{response.headers['location']}/review").text
    assert "一个字也没有变" not in page
    assert KINDS[kind] in page


def test_an_answer_taken_out_of_use_says_what_holds_afterwards(editor, reviewer, live) -> None:
    response = editor.post("/console/edit", {"kind": "answers", "key": KEY, "retire": "1"})
    place = response.headers["location"]
    write(editor, place, after="这项安排停办了，请打热线问。", valid_to="2026-11-19")
    publish(editor, reviewer, place)
    assert "这项安排停办了" in editor.get(f"/console/records/answers/{KEY}").text
    assert live.library.answers[KEY].valid_to == date(2026, 11, 19)


def test_a_contact_point_taken_out_of_use_is_not_shown_to_citizens(editor, reviewer, live) -> None:
    key = next(c.id for c in live.library.contacts.values() if c.shown and c.kind == "platform")
    place = editor.post("/console/edit", {"kind": "contacts", "key": key, "retire": "1"}).headers["location"]
    publish(editor, reviewer, place)
    assert not live.library.contacts[key].shown
