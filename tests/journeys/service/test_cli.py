"""The command line against a running service and by itself."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.journeys.conftest import Up
from tests.journeys.service.conftest import newcitizen

pytestmark = [pytest.mark.rasa, pytest.mark.timeout(900)]


def test_ask_answers_for_the_city_with_its_grounds(service: Up) -> None:
    done = newcitizen(service.state, "ask", "租房能提公积金吗", "--city", "chengdu", "--as-of", "2026-11-20")
    assert done.returncode == 0, done.stderr
    assert "成金发〔2022〕75号" in done.stdout
    assert "12329" in done.stdout


def test_ask_uses_the_running_service(service: Up) -> None:
    done = newcitizen(service.state, "ask", "公积金是什么")
    assert done.returncode == 0
    assert "启动 Rasa" not in done.stderr


def test_ask_as_json_is_one_line_of_the_fixed_shape(service: Up) -> None:
    done = newcitizen(service.state, "ask", "租房能提公积金吗", "--city", "成都", "--json")
    found = json.loads(done.stdout)
    assert (found["topic"], found["need"], found["city"]) == ("housing_fund", "rent_withdrawal", "chengdu")
    assert found["outcome"] == "answered"
    assert found["answer_id"] == "housing_fund.rent_withdrawal@chengdu"
    assert all("#" in clause or clause for clause in found["clauses"])


def test_eval_writes_a_line_per_question_in_order(service: Up) -> None:
    questions = service.state / "questions.jsonl"
    rows = [
        {"id": "a1", "text": "租房能提公积金吗", "city": "成都", "city_known": True,
         "topic": "housing_fund", "need": "rent_withdrawal"},
        {"id": "a2", "text": "那上海呢", "context": ["在成都租房能提公积金吗"]},
        {"id": "b1", "text": "今天天气怎么样", "topic": "out_of_scope", "need": "other"},
    ]  # fmt: skip
    questions.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), "utf-8")
    out = service.state / "out.jsonl"
    done = newcitizen(
        service.state, "eval", "--questions", str(questions), "--out", str(out), "--as-of", "2026-11-20"
    )
    assert done.returncode == 0, done.stderr
    found = [json.loads(line) for line in out.read_text("utf-8").splitlines()]
    assert [line["id"] for line in found] == ["a1", "a2", "b1"]
    assert found[0]["city"] == "chengdu"
    assert (found[1]["city"], found[1]["need"]) == ("shanghai", "rent_withdrawal")
    assert found[2]["outcome"] == "out_of_scope"
    assert "主题对" in done.stdout
    assert "<svg" in out.with_suffix(".html").read_text("utf-8")


def test_eval_gives_the_same_twice(service: Up) -> None:
    """The same question, content and day give the same bytes."""
    questions = service.state / "again.jsonl"
    texts = ["租房能提公积金吗", "医保断了怎么办", "有人让我转账到安全账户"]
    questions.write_text("".join(json.dumps({"id": str(i), "text": t}) + "\n" for i, t in enumerate(texts)))
    outs = [service.state / f"again{n}.jsonl" for n in (1, 2)]
    for out in outs:
        newcitizen(
            service.state, "eval", "--questions", str(questions), "--out", str(out), "--as-of", "2026-11-20"
        )
    assert outs[0].read_bytes() == outs[1].read_bytes()


def test_wrong_use_ends_with_two_and_says_why(tmp_path: Path) -> None:
    done = newcitizen(tmp_path, "nonsense")
    assert done.returncode == 2
    assert "没有“nonsense”这个命令" in done.stderr
