"""An update of the program: untouched records follow it, touched ones stay, clashes are listed."""

from __future__ import annotations

from bot.live import texts
from bot.live.merge import merge
from content.dump import record_text
from store.content_records import Edited

PATH = "content/national/answers/wages.yml"
OLD = "answers:\n  wages.a:\n    conclusion: 旧的\n  wages.b:\n    conclusion: 二\n"


def edit(said: object, shipped: str = OLD, key: str = "wages.a") -> Edited:
    stood = texts.fingerprint(texts.value(shipped, "answers", key))
    return Edited(1, PATH, "answers", key, record_text(said), 2, stood, "", 0.0)


def test_without_edits_the_files_are_the_shipped_ones_byte_for_byte(shipped) -> None:
    assert merge(shipped, []).texts == dict(shipped)


def test_an_edit_stays_and_its_neighbours_follow_the_update() -> None:
    new = OLD.replace("二", "新的二")
    merged = merge({PATH: new}, [edit({"conclusion": "改过"})])
    assert texts.value(merged.texts[PATH], "answers", "wages.a") == {"conclusion": "改过"}
    assert texts.value(merged.texts[PATH], "answers", "wages.b") == {"conclusion": "新的二"}
    assert merged.conflicts == ()


def test_a_record_changed_on_both_sides_keeps_the_edit_and_is_listed() -> None:
    merged = merge({PATH: OLD.replace("旧的", "新的")}, [edit({"conclusion": "改过"})])
    assert texts.value(merged.texts[PATH], "answers", "wages.a") == {"conclusion": "改过"}
    assert [(c.key, c.reason) for c in merged.conflicts] == [("wages.a", "新版本也改了这一条")]


def test_a_record_that_is_gone_stays_with_its_edit_and_is_listed() -> None:
    merged = merge({PATH: "answers:\n  wages.b:\n    conclusion: 二\n"}, [edit({"conclusion": "改过"})])
    assert texts.value(merged.texts[PATH], "answers", "wages.a") == {"conclusion": "改过"}
    assert merged.conflicts[0].reason == "新版本里没有这一条了"


def test_a_new_record_of_staff_is_no_conflict() -> None:
    merged = merge({PATH: OLD}, [edit({"conclusion": "三"}, key="wages.c")])
    assert merged.conflicts == ()
    assert texts.value(merged.texts[PATH], "answers", "wages.c") == {"conclusion": "三"}


def test_an_edit_that_cannot_be_written_is_listed_and_hurts_nobody() -> None:
    shared = "answers:\n  wages.a: &x\n    conclusion: 旧的\n  wages.b: *x\n"
    merged = merge({PATH: shared}, [edit({"conclusion": "改过"}, shared)])
    assert merged.texts[PATH] == shared
    assert len(merged.conflicts) == 1
