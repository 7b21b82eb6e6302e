"""``scripts/train``: train, evaluate on held-out questions, promote only a model that is not worse.

Why this file exists: a model is judged before it lies where it could be served. Figures of the serving
model are kept beside it with the hash of the questions; other questions mean measuring it again.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Console

from bot import clock
from bot.cli import metrics, report
from bot.cli.batch import Row, read_rows
from bot.cli.gate import worse
from bot.cli.talk import library_or_fail, run_rows
from bot.cli.words import fail, settings_or_fail
from bot.settings import ROOT, Settings
from bot.supervise import brain
from bot.supervise.model import TrainingFailed, train
from bot.supervise.prune import prune
from bot.usage import run_one

QUESTIONS = ROOT / "tests" / "questions"
"""Held-out questions of our own; never under ``nlu/``, where they would be training data."""


def main(
    gate: Annotated[bool, typer.Option("--gate", help="比现用的差就以退出码 1 结束")] = False,
    out: Annotated[Path | None, typer.Option(help="模型放到这里，缺省放进状态目录并开始使用")] = None,
) -> None:
    """训练、评测，不比现用的差才换上。"""
    settings = settings_or_fail()
    rows = [row for path in sorted(QUESTIONS.glob("*.jsonl")) for row in read_rows(path)]
    if not rows:
        fail(f"{QUESTIONS} 里没有题目，无法评测", 2)
    fresh = brain.models(settings) / "candidate.tar.gz"
    try:
        train(settings, fresh)
        figures = measured(settings, rows, fresh)
        faults = compare(settings, rows, figures)
        if faults:
            typer.echo("没有换上，因为变差了：\n" + "\n".join(faults))
            raise typer.Exit(1 if gate else 0)
        typer.echo(f"模型：{promote(settings, fresh, out, rows, figures)}")
    except TrainingFailed as fault:
        fail(str(fault))
    finally:
        fresh.unlink(missing_ok=True)


def measured(settings: Settings, rows: Sequence[Row], model: Path) -> metrics.Figures:
    """The figures of a model on the questions, through the real pipeline."""
    library = library_or_fail(settings)
    records = run_rows(settings, library, rows, clock.now(settings), model)
    return metrics.measure(metrics.labelled(rows, records))


def compare(settings: Settings, rows: Sequence[Row], figures: metrics.Figures) -> list[str]:
    """Show the figures beside the serving model's; what is worse, [] when there is none serving."""
    before = serving_figures(settings, rows)
    report.show_figures(Console(width=110), figures, before)
    return worse(figures.to_json(), before)


def questions_hash(rows: Sequence[Row]) -> str:
    """Says whether two runs answered the same questions."""
    return hashlib.sha256(json.dumps(list(rows), sort_keys=True).encode()).hexdigest()[:16]


def serving_figures(settings: Settings, rows: Sequence[Row]) -> dict[str, float | None]:
    """Figures of the model promoted last, measured now if the questions have changed since."""
    name = _serving_note(settings).get("model", "")
    model = brain.models(settings) / str(name)
    if not name or not model.is_file():
        return {}
    if _serving_note(settings)["questions"] == questions_hash(rows):
        kept: dict[str, float | None] = _serving_note(settings)["figures"]
        return kept
    return measured(settings, rows, model).to_json()


def _serving_note(settings: Settings) -> dict[str, Any]:
    path = brain.models(settings) / "serving.json"
    note: dict[str, Any] = json.loads(path.read_text("utf-8")) if path.is_file() else {}
    return note


def promote(
    settings: Settings, fresh: Path, out: Path | None, rows: Sequence[Row], figures: metrics.Figures
) -> Path:
    """Move a judged model into its place; the state folder's own place also remembers its figures."""
    place = (out or brain.models(settings) / f"{brain.fingerprint()}.tar.gz").absolute()
    place.parent.mkdir(parents=True, exist_ok=True)
    fresh.replace(place)
    if out is None:
        note = {"model": place.name, "questions": questions_hash(rows), "figures": figures.to_json()}
        (brain.models(settings) / "serving.json").write_text(json.dumps(note, indent=1), "utf-8")
        prune(brain.models(settings), place)
    return place


if __name__ == "__main__":
    run_one(main, "scripts/train")
