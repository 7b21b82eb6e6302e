"""A record is put into its file and nothing else moves."""

from __future__ import annotations

import copy
from functools import lru_cache

import pytest

from bot.live import texts
from content import dump
from content.find import Library
from content.load import library_from_texts
from content.yamltext import YamlError, read


@pytest.fixture(scope="module")
def library(shipped) -> Library:
    return library_from_texts(shipped)


def test_every_record_of_every_kind_is_found_and_put_back_unchanged(
    library, shipped, kind: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    for module in (texts, dump):  # a file is read for each of its records
        monkeypatch.setattr(module, "read", lru_cache(module.read))
    keys = [*texts.all_of(library, kind)]
    assert keys
    for key in keys:
        path = texts.path_of(library, kind, key)
        said = texts.value(shipped[path], kind, key)
        assert said, key
        assert texts.put(shipped[path], kind, key, said) == shipped[path]


def test_what_a_record_says_may_be_changed_by_whoever_asked(library, shipped) -> None:
    key = "housing_fund.rent_withdrawal@chengdu"
    path = texts.path_of(library, "answers", key)
    said = texts.value(shipped[path], "answers", key)
    said["aspects"]["time"] = "改了"
    assert texts.value(shipped[path], "answers", key) != said


def test_a_changed_answer_changes_its_lines_only(library, shipped) -> None:
    key = "housing_fund.rent_withdrawal@chengdu"
    path = texts.path_of(library, "answers", key)
    said = copy.deepcopy(texts.value(shipped[path], "answers", key))
    said["conclusion"] = "可以提，但要先看条件。"
    new = texts.put(shipped[path], "answers", key, said)
    before, after = read(shipped[path])["answers"], read(new)["answers"]
    changed = [name for name in before if before[name] != after[name]]
    assert changed == ["housing_fund.rent_withdrawal"]
    assert list(before) == list(after)


def test_a_sentence_changed_in_a_whole_file_leaves_its_remarks(library, shipped) -> None:
    path = "content/fraud/steps.yml"
    said = copy.deepcopy(texts.value(shipped[path], "steps", "steps"))
    said["blocks"]["stop_paid"] = "先停手，一分钱也不要再转。"
    said["sequences"]["just_paid"] = said["sequences"]["just_paid"][::-1]
    before, after = shipped[path].splitlines(), texts.put(shipped[path], "steps", "steps", said).splitlines()
    assert len(before) == len(after)
    assert sum(a != b for a, b in zip(before, after, strict=True)) == 2
    said["blocks"]["own"] = "另加的一句。"
    grown = texts.put(shipped[path], "steps", "steps", said)
    assert read(grown) == said
    assert [line for line in before if line.startswith("#")] == [
        line for line in grown.splitlines() if line.startswith("#")
    ]


@pytest.mark.parametrize("said", [{}, "一句话", None])
def test_a_whole_file_is_not_replaced_by_less(shipped, said) -> None:
    with pytest.raises(YamlError, match="缺少"):
        texts.put(shipped["content/fraud/steps.yml"], "steps", "steps", said)


@pytest.mark.parametrize("text", ["", "answers:\n  a.b:\n    conclusion: 有\n", "answers:\n  a.b: {x: 1}"])
def test_a_new_record_is_added_at_the_end(text: str) -> None:
    said = {"conclusion": "能办。", "aspects": {"time": "三天。"}}
    new = texts.put(text, "answers", "wages.pay@chengdu", said)
    assert texts.value(new, "answers", "wages.pay@chengdu") == said
    assert new.startswith(text)


def test_a_record_others_lean_on_is_refused() -> None:
    text = "facts:\n  one: &x\n    name: 甲\n  two: *x\n"
    with pytest.raises(YamlError, match="共用"):
        texts.put(text, "facts", "one", {"name": "乙"})


def test_what_is_not_there_has_no_fingerprint() -> None:
    assert texts.fingerprint(texts.value("answers: {}\n", "answers", "a.b")) == ""
    assert texts.fingerprint({"a": 1}) != texts.fingerprint({"a": 2})


@pytest.mark.parametrize(
    ("kind", "key", "scope", "path"),
    [
        ("answers", "wages.pay@chengdu", "chengdu", "content/cities/chengdu/answers/wages.yml"),
        ("answers", "wages.pay", "national", "content/national/answers/wages.yml"),
        ("contacts", "x", "national", "content/contacts.yml"),
        ("contacts", "x", "beijing", "content/cities/beijing/contacts.yml"),
        ("facts", "x", "beijing", "content/cities/beijing/facts_staff.yml"),
    ],
)
def test_a_new_record_goes_to_the_file_of_its_place(kind, key, scope, path) -> None:
    assert texts.path_for_new(kind, key, scope) == path
