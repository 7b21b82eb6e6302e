"""No field, set value or name of the content reaches staff without its Chinese word."""

from __future__ import annotations

import dataclasses
import re
import typing
from functools import lru_cache

import pytest

from bot.console import words
from bot.console.outline import difference, outline, outline_of
from bot.console.records import cite_name
from bot.console.schema import SCHEMAS
from bot.live.texts import KINDS, all_of, path_of
from bot.live.texts import said as said_in
from content import criterion, model, subject
from content.functions import FUNCTIONS
from content.load import library_from_texts
from content.yamltext import read
from tests.bot.console.test_editing import start

CHINESE = re.compile(r"[\u4e00-\u9fff]")
RAW = re.compile(r"(?<![{\w/.@-])[a-z]+(?:_[a-z0-9]+)*(?![\w}/.@-])", re.ASCII)
KEPT = re.compile(r"^　*(编号|网址|写法|有这些就不算)：")
"""Lines whose values staff write as they are."""
PATTERN_KINDS = ("signals", "groups")
COLLECTIONS = {"Fault", "Library", "CityUse"}


def record_classes() -> list[type]:
    found = [each for module in (model, subject, criterion) for each in vars(module).values()]
    return [each for each in found if dataclasses.is_dataclass(each) and each.__name__ not in COLLECTIONS]


@pytest.mark.parametrize("record", record_classes(), ids=lambda record: record.__name__)
def test_every_field_of_the_content_model_has_its_word(record) -> None:
    wordless = [f.name for f in dataclasses.fields(record) if not CHINESE.search(words.field(f.name))]
    assert wordless == []


def set_values() -> list[tuple[str, str]]:
    found = []
    for record in record_classes():
        for name, kind in typing.get_type_hints(record, vars(criterion) | vars(model)).items():
            for part in (kind, *typing.get_args(kind)):
                if typing.get_origin(part) is typing.Literal:
                    found += [(name, each) for each in typing.get_args(part)]
    return sorted(set(found))


@pytest.mark.parametrize(("name", "said"), set_values())
def test_every_set_value_of_the_content_model_has_its_word(name, said) -> None:
    assert CHINESE.search(words.value(name, said)), (name, said)


def test_every_choice_of_a_form_has_its_word() -> None:
    fields = [f for schema in SCHEMAS.values() for each in schema for f in (each, *each.parts)]
    assert [f.name for f in fields if not CHINESE.search(f.label)] == []
    wordless = [(f.name, say) for f in fields for _, say in f.choices if not CHINESE.search(say)]
    assert wordless == []


def test_every_function_and_every_name_of_the_fraud_files_has_its_word(shipped) -> None:
    library = library_from_texts(shipped)
    steps, urgent = library.fraud["steps"], library.fraud["urgent"]
    assert set(FUNCTIONS) <= set(words.FUNCTIONS)
    assert set(steps["blocks"]) <= set(words.SENTENCES)
    assert set(steps["answers"]) <= set(words.ASIDES)
    assert {*steps["sequences"], *steps["again"]} <= set(words.SITUATIONS)
    assert set(urgent["groups"]) <= set(words.GROUPS)
    assert {s["id"]: s["name"] for s in urgent["situations"]} == words.SITUATIONS


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_no_shipped_record_is_read_with_a_raw_name_in_it(shipped, kind) -> None:
    library = library_from_texts(shipped)
    data = lru_cache(lambda path: read(shipped[path]))
    for key in all_of(library, kind):
        text = outline(library, kind, said_in(data(path_of(library, kind, key)), kind, key))
        lines = text.splitlines()
        if kind in PATTERN_KINDS:
            lines = [line for line in lines if "：" in line]
        raw = [line for line in lines if RAW.search(line) and not KEPT.search(line) and is_raw(line)]
        assert raw == [], key


def is_raw(line: str) -> bool:
    """Latin words that are names of ours: with an underscore, or set values."""
    known = {each for of in words.VALUES.values() for each in of} | set(words.FIELDS)
    return any("_" in word or word in known for word in RAW.findall(line))


def test_a_text_that_is_no_yaml_is_shown_as_it_is(shipped) -> None:
    assert outline_of(library_from_texts(shipped), "answers", "a: [") == "a: ["


@pytest.mark.parametrize(
    ("message", "said"),
    [
        (
            "status 的 maybe 不在 verified、needs_verification 之中",
            "核实情况 的 maybe 不在 已核实、待核实 之中",
        ),
        ("weight 的 很强 不在 strong、medium、weak 之中", "中、弱"),
        ("sequences 的 just_paid 写错", "已经把钱转给骗子"),
        ("正则写错了：nothing to repeat at position 0", "前面没有字（第 1 个字起）"),
        ("正则写错了：something new", "正则写错了：写法不对"),
        ("YAML 写法有误（could not find expected ':'），请检查缩进", "YAML 写法有误，请检查缩进"),
        ("没有叫 added_3 的话", "没有叫 added_3 的话"),
    ],
)
def test_a_fault_is_told_in_the_words_of_the_form(message, said) -> None:
    assert said in words.plain(message)


def test_what_did_not_change_is_folded_and_nothing_is_lost(shipped) -> None:
    library = library_from_texts(shipped)
    before = shipped["content/fraud/steps.yml"]
    after = before.replace("先停手，不要再让别人用您的卡。", "先停手，卡不要再给别人用。")
    found = difference(library, "steps", before, after)
    lines = [line_of(pair) for each in found for pair in each.pairs]
    assert lines == outline_of(library, "steps", after).splitlines()
    shown = [line_of(pair) for each in found if not each.folded for pair in each.pairs]
    assert len(shown) < len(lines) / 3
    for heading in ("先后顺序：", "　银行卡、电话卡已交给别人：", "句子："):
        assert heading in shown
    assert {pair.same for each in found if each.folded for pair in each.pairs} == {True}


def line_of(pair) -> str:
    return "".join(text for text, _ in pair.right)


def test_a_text_form_shows_beside_it_what_it_reads_as(editor) -> None:
    page = editor.get(start(editor, "beijing_rent_withdrawal", "checks")).text
    read_as = page[page.index("读出来是这样") :]
    assert "短名：公积金连续足额缴存满三个月" in read_as
    assert "应得的结论：符合" in read_as


def test_an_article_is_named_with_every_measure_in_it(shipped) -> None:
    library = library_from_texts(shipped)
    shared = next(c.id for c in library.clauses.values() if len(library.clauses_by_id(c.id)) > 1)
    named = cite_name(library, shared)
    assert all(clause.name in named for clause in library.clauses_by_id(shared))
    assert library.notices[shared.split("#")[0]].label in named
    assert cite_name(library, "nowhere#一") == "nowhere#一"


def test_no_fault_of_the_gate_sends_staff_to_a_file() -> None:
    said = words.plain("数目“9876元”要写成 {事实编号}，在 facts.yml 里写明日期和出处")
    assert "yml" not in said
    assert "其他内容" in said
