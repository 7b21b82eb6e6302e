"""Chooses the thresholds of the decision layer from the curve on other writers' questions.

``.venv-rasa/bin/python -m nlu.experiments.choose_thresholds MODEL.tar.gz [--write]`` prints the
curve and what it means; ``--write`` puts ``answer_at``, ``margin`` and ``offer_at`` into
nlu/thresholds.yml. ``urgent_at`` there has its own evaluation and is left as it is.
"""

from __future__ import annotations

import argparse
import re
import tarfile
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path

from nlu.experiments.questions import BY_OTHERS, Question, load
from nlu.fingerprint import ROOT
from nlu.model.classifier import Classifier

FILE = ROOT / "nlu" / "thresholds.yml"
WRONG_AT_MOST = 0.045
"""Share of other writers' questions that may be answered outright with the wrong topic. Of all held-out
ones it is half as many (bar 4 %, aim 2 %)."""

_MARGINS = (0.0, 0.1, 0.2, 0.3)
_OFFER_KEEPS = 0.97
"""Share of right needs among the first three that must stay above ``offer_at``."""

Row = tuple[Question, list[tuple[str, float]]]


def model(archive: Path) -> Classifier:
    """The classifier inside a trained Rasa archive."""
    with tempfile.TemporaryDirectory() as folder, tarfile.open(archive) as tar:
        tar.extractall(folder)  # noqa: S202 - our own archive
        [tables] = Path(folder).rglob("tables.json")
        return Classifier.load(tables.parent)


def outcome(rows: Sequence[Row], answer_at: float, margin: float) -> tuple[float, float]:
    """Shares of all questions: answered outright, and answered outright with a wrong topic."""
    sure = [(q, r) for q, r in rows if r[0][1] >= answer_at and r[0][1] - r[1][1] >= margin]
    wrong = sum(r[0][0].partition(".")[0] not in q.topics for q, r in sure)
    return len(sure) / len(rows), wrong / len(rows)


def curve(rows: Sequence[Row]) -> Iterator[tuple[float, float, float, float]]:
    """(answer_at, margin, answered, wrong) over the grid."""
    for step in range(4, 20):
        for margin in _MARGINS:
            yield (step / 20, margin, *outcome(rows, step / 20, margin))


def offer_at(rows: Sequence[Row]) -> float:
    """The confidence that nearly all right needs among the first three reach."""
    right = sorted(c for q, ranking in rows for n, c in ranking[:3] if n in q.needs)
    return round(right[int(len(right) * (1 - _OFFER_KEEPS))], 2)


def choose(rows: Sequence[Row]) -> dict[str, float]:
    """The pair that answers most while wrong answers stay below the limit."""
    fitting = [row for row in curve(rows) if row[3] <= WRONG_AT_MOST]
    answer_at, margin, *_ = max(fitting, key=lambda row: row[2])
    return {"answer_at": answer_at, "margin": margin, "offer_at": max(0.05, offer_at(rows))}


def main() -> None:
    """Command line."""
    parser = argparse.ArgumentParser(prog="python -m nlu.experiments.choose_thresholds")
    parser.add_argument("model", type=Path)
    parser.add_argument("--write", action="store_true", help="写入 nlu/thresholds.yml")
    options = parser.parse_args()
    classifier = model(options.model)
    rows = [(q, classifier.ranking(q.text)) for q in load(BY_OTHERS) if q.text]
    for answer_at, margin, answered, wrong in curve(rows):
        print(f"answer_at {answer_at:.2f} margin {margin:.1f}: 直接答 {answered:.3f} 其中主题错 {wrong:.3f}")
    chosen = choose(rows)
    print(chosen)
    if options.write:
        text = FILE.read_text("utf-8")
        for key, value in chosen.items():
            text = re.sub(rf"(?m)^{key}: .*$", f"{key}: {value:g}", text)
        FILE.write_text(text, "utf-8")


if __name__ == "__main__":
    main()
