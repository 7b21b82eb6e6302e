import copy
from datetime import date
from decimal import Decimal
from functools import lru_cache
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from content import dump
from content.dump import record_text, replace_record
from content.load import library_from_texts, texts_under
from content.yamltext import YamlError, read

ROOT = Path(__file__).resolve().parents[2]
scalars = (
    st.none()
    | st.booleans()
    | st.integers(-10_000, 10_000)
    | st.dates(date(1990, 1, 1), date(2100, 1, 1))
    | st.decimals(0, 1000, places=2).map(lambda d: Decimal(d))
    | st.text(st.characters(codec="utf-8", exclude_categories=["Cs", "Cc"]), max_size=12)
    | st.sampled_from(
        ["yes", "no", "true", "2026-01-01", "1.50", "010", "- a", "a: b", "#x", "~", "null", "{f}"]
    )
)
keys = st.from_regex(r"[a-z_]{1,6}", fullmatch=True)
values = st.recursive(
    scalars,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(keys, inner, max_size=3),
    max_leaves=10,
)


@given(values)
def test_what_is_written_reads_back_the_same(value):
    assert read(record_text(value)) == value


def test_an_unchanged_record_leaves_the_shipped_files_byte_for_byte(monkeypatch):
    monkeypatch.setattr(dump, "read", lru_cache(dump.read))  # a file is read for each of its records
    texts = texts_under(ROOT / "content")
    for path in texts:
        if path.endswith(("clauses.yml", "facts.yml")) or "/answers/" in path:
            data = read(texts[path])
            key = next(key for key in data if key != "notice")
            steps = range(len(data[key])) if isinstance(data[key], list) else data[key]
            for step in steps:
                assert replace_record(texts[path], (key, step), data[key][step]) is texts[path]


def test_a_changed_record_changes_only_its_own_lines(texts, small):
    path, steps = small.origins["clauses:CD-14"]
    record = copy.deepcopy(read(texts[path])["clauses"][0])
    record["summary"] = "支持灵活就业的人自己缴存：自愿。"
    new = replace_record(texts[path], steps, record)
    before, after = texts[path].splitlines(), new.splitlines()
    assert before[before.index("  - rows: [CD-09]") :] == after[after.index("  - rows: [CD-09]") :]
    assert after[:2] == before[:2]
    assert library_from_texts({**texts, path: new}).clauses["CD-14"].summary == record["summary"]


def test_comments_around_a_changed_record_stay():
    text = "# head\na:\n  one: {x: 1}  # one\n  # about two\n  two:\n    x: 2\n# tail\n"
    one = replace_record(text, ("a", "one"), {"x": 3})
    assert one == "# head\na:\n  one:\n    x: 3\n  # about two\n  two:\n    x: 2\n# tail\n"
    assert replace_record(text, ("a", "two"), {"x": 3}) == text.replace("x: 2", "x: 3")


def test_a_record_others_lean_on_is_refused():
    text = "a:\n  one: &x\n    v: 1\n  two: *x\n"
    with pytest.raises(YamlError):
        replace_record(text, ("a", "one"), {"v": 2})


def test_a_missing_record_is_a_key_error():
    with pytest.raises(KeyError):
        replace_record("a: {}\n", ("a", "one"), {})
