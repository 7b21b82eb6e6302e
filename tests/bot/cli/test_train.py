"""A model is judged before it lies where it could be served."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from typer import Typer
from typer.testing import CliRunner, Result

from bot.cli import train as module
from bot.cli.metrics import Figures
from bot.supervise.model import TrainingFailed

GOOD = Figures(100, 0.95, 0.9, 0.95, 0.01, 0.9, 0.98, 1.0, 0.9)
BAD = Figures(100, 0.80, 0.7, 0.75, 0.10, 0.5, 0.90, 0.9, 0.5)


class Bench:
    """Trains files instead of models; the figures of each are told by the test."""

    def __init__(self, state: Path) -> None:
        self.state = state
        self.figures = GOOD
        self.mark = "aaaa"
        self.judged_at: list[Path] = []

    def train(self, _settings: object, out: Path) -> Path:
        out.parent.mkdir(parents=True, exist_ok=True)
        out.write_text(self.mark)
        return out

    def measured(self, _settings: object, _rows: object, model: Path) -> Figures:
        self.judged_at.append(model)
        return BAD if model.read_text() == "bad" else self.figures

    @property
    def models(self) -> dict[str, str]:
        return {path.name: path.read_text() for path in (self.state / "models").glob("*.tar.gz")}


@pytest.fixture
def bench(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Bench:
    made = Bench(tmp_path)
    monkeypatch.setenv("NEWCITIZEN_STATE", str(tmp_path))
    monkeypatch.setattr(module, "train", made.train)
    monkeypatch.setattr(module, "measured", made.measured)
    monkeypatch.setattr(module.brain, "fingerprint", lambda: made.mark)
    return made


def run(*args: str) -> Result:
    app = Typer()
    app.command()(module.main)
    return CliRunner().invoke(app, list(args))


def test_the_first_model_is_promoted(bench: Bench) -> None:
    assert run("--gate").exit_code == 0
    assert bench.models == {"aaaa.tar.gz": "aaaa"}


def test_a_worse_model_is_not_promoted_and_the_gate_ends_with_one(bench: Bench) -> None:
    run("--gate")
    bench.mark = "bad"
    done = run("--gate")
    assert done.exit_code == 1
    assert "变差" in done.output
    assert bench.models == {"aaaa.tar.gz": "aaaa"}


def test_without_the_gate_a_worse_model_is_not_promoted_either(bench: Bench) -> None:
    run()
    bench.mark = "bad"
    assert run().exit_code == 0
    assert bench.models == {"aaaa.tar.gz": "aaaa"}


def test_a_model_is_judged_before_it_lies_in_its_place(bench: Bench) -> None:
    run("--gate")
    assert bench.judged_at == [bench.state / "models" / "candidate.tar.gz"]


def test_a_model_as_good_takes_the_place(bench: Bench) -> None:
    run("--gate")
    bench.mark = "bbbb"
    assert run("--gate").exit_code == 0
    assert set(bench.models) == {"aaaa.tar.gz", "bbbb.tar.gz"}


def test_out_puts_the_model_elsewhere_and_leaves_the_serving_one(bench: Bench, tmp_path: Path) -> None:
    out = tmp_path / "elsewhere" / "m.tar.gz"
    assert run("--out", str(out)).exit_code == 0
    assert out.read_text() == "aaaa"
    assert bench.models == {}
    assert not (tmp_path / "models" / "serving.json").exists()


def test_other_questions_mean_measuring_the_serving_model_again(
    bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    run("--gate")
    monkeypatch.setattr(module, "read_rows", lambda _: [{"id": "new", "text": "新题", "topic": "rental"}])
    bench.mark = "bbbb"
    run("--gate")
    assert bench.judged_at[-1] == bench.state / "models" / "aaaa.tar.gz"


def test_the_same_questions_are_not_measured_again(bench: Bench) -> None:
    run("--gate")
    bench.mark = "bbbb"
    run("--gate")
    assert all(model.name == "candidate.tar.gz" for model in bench.judged_at)


def test_training_that_fails_ends_with_one_and_leaves_nothing(
    bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(*_: Any) -> Path:
        raise TrainingFailed("训练没有成功，日志在 x")

    monkeypatch.setattr(module, "train", fails)
    done = run("--gate")
    assert done.exit_code == 1
    assert "日志在" in done.output
    assert bench.models == {}


def test_there_are_held_out_questions_and_none_is_training_data() -> None:
    rows = [row for path in module.QUESTIONS.glob("*.jsonl") for row in module.read_rows(path)]
    assert len(rows) > 100
    examples = "\n".join(path.read_text("utf-8") for path in (module.ROOT / "nlu" / "topics").glob("*.yml"))
    lines = {line.strip().removeprefix("- ") for line in examples.splitlines()}
    assert [row["id"] for row in rows if row["text"] in lines] == []
