"""What typing like an operator means, and that the measure counts right answers and nothing else."""

from __future__ import annotations

import json
from contextlib import asynccontextmanager

import numpy as np
import pytest
from typer.testing import CliRunner

from bot.cli.__main__ import app
from bot.desk.evaluate import BY_EIGHT, BY_EIGHT_HAND, SECOND, accuracy, answerable
from bot.desk.ways import WAYS, initials, phrase, pinyin, telling_words
from tests.support.rasa_double import SECRET

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


def test_what_a_person_typed_is_measured_where_it_is_known(library, engine) -> None:
    asked = row("housing_fund.rent_withdrawal", typed=["公积金租房提取", "押金"])
    missed = row("wages.unpaid_wages", typed=["公积金租房提取", "拖欠工资"])
    found = accuracy(library, engine, [asked, missed, row("housing_fund.rent_withdrawal")])
    assert (found["questions"], found["typed"]) == (3, 2)
    assert (found["人打的词"], found["人打的词首字母"], found[SECOND]) == (0.5, 0.5, 1.0)
    assert found[BY_EIGHT_HAND] == 0.5


def test_a_person_sees_the_list_before_the_last_letter(library, engine) -> None:
    strayed = row("housing_fund.rent_withdrawal", typed=["租房公积金拖欠工资不发"])
    found = accuracy(library, engine, [strayed])
    assert found[BY_EIGHT_HAND] >= found["人打的词前 5 字"] == 1.0


def test_rasas_opinion_counts(library, engine) -> None:
    asked = row("rental.deposit_refund", text="房东的钱", typed=["房东的钱"])
    without = accuracy(library, engine, [asked])
    needs = list(engine.needs)
    shares = np.full(len(needs), -40.0, np.float32)
    shares[needs.index("rental.deposit_refund")] = 0.0
    found = accuracy(library, engine, [asked], lambda _: shares)
    assert (without["人打的词"], found["人打的词"]) == (0.0, 1.0)


@pytest.fixture
def question(tmp_path):
    path = tmp_path / "q.jsonl"
    path.write_text(json.dumps(row("housing_fund.rent_withdrawal"), ensure_ascii=False), "utf-8")
    return path


@pytest.fixture
def served(monkeypatch, rasa) -> str:
    """The command finds the double instead of starting a Rasa."""

    @asynccontextmanager
    async def found(*_: object):
        yield rasa.url

    monkeypatch.setenv("NEWCITIZEN_INTERNAL_SECRET", SECRET)
    monkeypatch.setattr("bot.cli.pipeline._rasa", found)
    return rasa.url


def test_anybody_can_measure_a_file(question, tmp_path) -> None:
    typed = tmp_path / "typed.jsonl"
    typed.write_text(json.dumps({"id": "1", "typed": ["公积金租房"]}), "utf-8")
    command = ["desk-eval", str(question), "--typed", str(typed), "--without-rasa", "--json"]
    got = CliRunner().invoke(app, command)
    assert got.exit_code == 0
    assert json.loads(got.stdout)["typed"] == 1


def test_the_search_is_measured_with_rasa(question, rasa, served) -> None:
    rasa.thinks({"housing_fund.rent_withdrawal": 0.0})
    got = CliRunner().invoke(app, ["desk-eval", str(question), "--json"])
    assert got.exit_code == 0
    assert json.loads(got.stdout)["整句"] == 1.0
    assert SAID in rasa.asked


def test_figures_without_rasas_answers_do_not_count(question, rasa, served) -> None:
    rasa.status = 500
    got = CliRunner().invoke(app, ["desk-eval", str(question), "--json"])
    assert got.exit_code == 1
    assert "不算数" in got.stderr


@pytest.mark.parametrize("line", ["[]", '{"id": "1"}', '{"id": "1", "typed": 3}'])
def test_a_bad_file_of_typed_words_is_refused(question, tmp_path, line) -> None:
    path = tmp_path / "typed.jsonl"
    path.write_text(line, "utf-8")
    assert CliRunner().invoke(app, ["desk-eval", str(question), "--typed", str(path)]).exit_code == 2


@pytest.mark.parametrize("line", ["[]", '{"text": "没有编号"}'])
def test_a_bad_file_is_refused(tmp_path, line) -> None:
    path = tmp_path / "q.jsonl"
    path.write_text(line, "utf-8")
    assert CliRunner().invoke(app, ["desk-eval", str(path)]).exit_code == 2
