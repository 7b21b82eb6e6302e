"""What typing like an operator means, and that the measure counts right answers and nothing else."""

from __future__ import annotations

import json

import pytest
from typer.testing import CliRunner

from bot.cli.__main__ import app
from bot.desk.evaluate import BY_EIGHT, accuracy, answerable
from bot.desk.ways import WAYS, initials, phrase, pinyin, telling_words

SAID = "请问一下我在成都租房，公积金能不能提取？"


def row(need: str, text: str = SAID, **more: object) -> dict[str, object]:
    topic, _, short = need.partition(".")
    return {"id": "1", "text": text, "topic": topic, "need": short, **more}


def test_telling_words_leave_fillers_out_and_keep_the_order() -> None:
    words = telling_words(SAID, 3)
    assert {"租房", "公积金"} <= set(words)
    assert words.index("租房") < words.index("公积金")
    assert not {"请问", "一下", "能不能"} & set(words)


def test_every_way_makes_what_its_name_says() -> None:
    typed = {name: way(SAID) for name, way in WAYS.items()}
    assert typed["原话前 4 字"] == "我在成都"
    assert typed["关键词连打 6 字"] == phrase(SAID)[:6]
    assert len(typed["两个词"].split()) == 2
    assert typed["整句"] == SAID
    assert pinyin(typed["两个词"].split())[:-2] == typed["全拼没打完"]
    assert initials(["公积金", "租房"]) == "gjj zf"
    assert pinyin(["公积金", "租房"]) == "gongjijin zufang"


def test_only_questions_a_search_can_answer_count(library) -> None:
    rows = [
        row("housing_fund.rent_withdrawal"),
        row("out_of_scope.other"),
        row("housing_fund.no_such_need"),
        row("housing_fund.rent_withdrawal", context=["甲"]),
        row("fraud.scam_identify", kind="pasted_message"),
    ]
    assert answerable(rows, library) == rows[:1]


def test_a_right_answer_counts_and_a_wrong_one_does_not(library, engine) -> None:
    right, wrong = row("housing_fund.rent_withdrawal"), row("wages.unpaid_wages")
    assert accuracy(library, engine, [right])["整句"] == 1.0
    assert accuracy(library, engine, [wrong])["整句"] == 0.0
    assert accuracy(library, engine, [right, wrong])["整句"] == 0.5
    other = {**wrong, "alt_needs": ["housing_fund.rent_withdrawal"]}
    assert accuracy(library, engine, [other])["整句"] == 1.0


def test_by_the_eighth_letter_every_keystroke_counts(library, engine) -> None:
    found = accuracy(library, engine, [row("housing_fund.rent_withdrawal")])
    assert found[BY_EIGHT] >= max(found[f"关键词连打 {n} 字"] for n in (4, 6, 8))


def test_anybody_can_measure_a_file(tmp_path) -> None:
    path = tmp_path / "q.jsonl"
    path.write_text(json.dumps(row("housing_fund.rent_withdrawal"), ensure_ascii=False), "utf-8")
    got = CliRunner().invoke(app, ["desk-eval", str(path), "--json"])
    assert got.exit_code == 0
    assert json.loads(got.stdout)["questions"] == 1


@pytest.mark.parametrize("line", ["[]", '{"text": "没有编号"}'])
def test_a_bad_file_is_refused(tmp_path, line) -> None:
    path = tmp_path / "q.jsonl"
    path.write_text(line, "utf-8")
    assert CliRunner().invoke(app, ["desk-eval", str(path)]).exit_code == 2
