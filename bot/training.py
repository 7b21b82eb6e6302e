"""The training job: ``python -m bot.training JOB`` trains with staff's examples and compares, no more.

Why this file exists: the worker stays small and starts this as a process of its own. It changes nothing
that serves: a person promotes (``bot.console.training``).
"""

from __future__ import annotations

import hashlib
import json
import shutil
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from bot.settings import ROOT, Settings, load_settings
from bot.supervise import brain
from bot.supervise.secrets import complete
from content.dump import record_text
from store import examples, jobs
from store.database import Database
from store.examples import ASIDE, KIND

COPIED = ("nlu", "content", "config.yml", "domain.yml", "endpoints.yml", "credentials.yml", "requirements")


Pairs = Sequence[tuple[str, str]]
"""Sentences as (need, text)."""


def workshop(settings: Settings, job: int, added: Pairs, aside: Pairs = ()) -> Path:
    """A copy of everything a model is made from, with the added examples in it, without those set aside."""
    place = settings.state / "training" / str(job)
    shutil.rmtree(place, ignore_errors=True)
    place.mkdir(parents=True)
    for name in COPIED:
        source = ROOT / name
        if source.is_dir():
            shutil.copytree(source, place / name, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copyfile(source, place / name)
    for path in (place / "nlu" / "topics").glob("*.yml") if aside else ():
        path.write_text(without(path.read_text("utf-8"), aside), "utf-8")
    if added:
        (place / "nlu" / "topics" / "staff_added.yml").write_text(as_training_data(added), "utf-8")
    return place


def without(text: str, aside: Pairs) -> str:
    """Rasa's training data less some examples, every other line as it is.

    >>> without("- intent: a.b\\n  examples: |\\n    - 一\\n    - 二\\n", [("a.b", "一")])
    '- intent: a.b\\n  examples: |\\n    - 二\\n'
    """
    gone, need, kept = set(aside), "", []
    for line in text.splitlines(keepends=True):
        if line.startswith("- intent:"):
            need = line.partition(":")[2].strip()
        if not (line.startswith("    - ") and (need, line[6:].strip()) in gone):
            kept.append(line)
    return "".join(kept)


def as_training_data(added: Pairs) -> str:
    """Examples (need, text) in Rasa's own form."""
    by_need: dict[str, list[str]] = {}
    for need, text in added:
        by_need.setdefault(need, []).append(" ".join(text.split()).replace("[", "（").replace("]", "）"))
    blocks = [
        {"intent": need, "examples": "".join(f"- {text}\n" for text in texts)}
        for need, texts in sorted(by_need.items())
    ]
    return 'version: "3.1"\n' + record_text({"nlu": blocks})


def run(settings: Settings, database: Database, job: int) -> None:
    """Train, measure, remember the candidate."""
    with database.read() as connection:
        added = [(e.need, e.text) for e in examples.listed(connection)]
        aside = [(e.need, e.text) for e in examples.listed(connection, ASIDE[KIND])]
    out = brain.models(settings) / "kept" / f"job-{job}.tar.gz"
    out.parent.mkdir(parents=True, exist_ok=True)
    place = workshop(settings, job, added, aside)
    try:
        _train(database, job, place, out)
        result = compared(settings, out)
    finally:
        shutil.rmtree(place, ignore_errors=True)
    mark = sha256(out)
    row = {"file": str(out), "sha256": mark, "metrics": result, "note": _note(len(added), len(aside))}
    with database.write() as connection:
        jobs.add_model(connection, {**row, "created_at": time.time()})
        jobs.end(connection, job, "done", {"sha256": mark, "worse": result["worse"]}, time.time())


def _note(added: int, aside: int) -> str:
    return f"加 {added} 句例句" + (f"，不用 {aside} 句自带的" if aside else "")


def sha256(path: Path) -> str:
    """Hash of a model file."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _train(database: Database, job: int, place: Path, out: Path) -> None:
    command = [str(brain.PYTHON), "-m", "nlu.train", "--out", str(out)]
    env = {**brain.environment(), "PYTHONPATH": str(place)}
    log, told = "", 0.0
    with subprocess.Popen(
        command, cwd=place, env=env, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    ) as process:
        assert process.stdout is not None
        for line in process.stdout:
            log += line
            if time.monotonic() - told > 1.0:
                told = time.monotonic()
                with database.write() as connection:
                    jobs.tell(connection, job, 0.7 * _share(log), log)
    if process.returncode:
        raise RuntimeError(f"训练没有成功（返回 {process.returncode}）")
    with database.write() as connection:
        jobs.tell(connection, job, 0.7, log)


def _share(log: str) -> float:
    """The last ``PROGRESS 0.42 …`` line of nlu.train."""
    shares = [line.split()[1] for line in log.splitlines() if line.startswith("PROGRESS ")]
    try:
        return float(shares[-1]) if shares else 0.0
    except ValueError:
        return 0.0


def compared(settings: Settings, model: Path) -> Mapping[str, Any]:
    """Figures of the candidate and of the serving model on the held-out questions, and what is worse."""
    from bot.cli import train
    from bot.cli.batch import read_rows
    from bot.cli.gate import worse

    rows = [row for path in sorted(train.QUESTIONS.glob("*.jsonl")) for row in read_rows(path)]
    if not rows:
        return {"candidate": {}, "serving": {}, "worse": ["没有留出的题目，没法比较"]}
    new = train.measured(settings, rows, model).to_json()
    serving = brain.fitting_model(settings, brain.fingerprint())
    old = train.measured(settings, rows, serving).to_json() if serving else {}
    return {"candidate": new, "serving": old, "worse": worse(new, old), "questions": len(rows)}


def main() -> int:
    """Command line."""
    settings = complete(load_settings())
    database, job = Database(settings.database), int(sys.argv[1])
    try:
        run(settings, database, job)
    except BaseException as error:  # whatever ends it, the board must not show it running for ever
        with database.write() as connection:
            fault = {"fault": f"{type(error).__name__}：{error}"[:300]}
            jobs.end(connection, job, "failed", json.loads(json.dumps(fault)), time.time())
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
