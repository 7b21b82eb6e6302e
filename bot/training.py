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
import threading
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from bot.settings import ROOT, Settings, load_settings
from bot.supervise import brain, run
from bot.supervise.secrets import complete
from content.dump import record_text
from store import examples, jobs
from store.database import Database
from store.errors import StoreUnavailable
from store.examples import ASIDE, KIND

COPIED = ("nlu", "content", "config.yml", "domain.yml", "endpoints.yml", "credentials.yml", "requirements")


STEP = "PROGRESS "
TRAINS = 0.7
"""Share of the whole job that training is; comparing is the rest."""
LAST = 20
"""Lines of a failed training that are kept for the log."""
BEAT_S = 5.0
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


def work(settings: Settings, database: Database, job: int) -> None:
    """Train, measure, remember the candidate."""
    with database.read() as connection:
        added = [(e.need, e.text) for e in examples.listed(connection)]
        aside = [(e.need, e.text) for e in examples.listed(connection, ASIDE[KIND])]
    made_for = brain.fingerprint()
    out = brain.models(settings) / "kept" / f"job-{job}.tar.gz"
    out.parent.mkdir(parents=True, exist_ok=True)
    place = workshop(settings, job, added, aside)
    try:
        _train(database, job, place, out)
        result = compared(settings, out)
    finally:
        shutil.rmtree(place, ignore_errors=True)
    mark, metrics = sha256(out), {**result, "made_for": made_for}
    row = {"file": str(out), "sha256": mark, "metrics": metrics, "note": _note(len(added), len(aside))}
    with database.write() as connection:
        jobs.add_model(connection, {**row, "created_at": time.time()})
        jobs.end(connection, job, "done", {"sha256": mark, "worse": result["worse"]}, time.time())


def serving_mark(settings: Settings) -> str:
    """Fingerprint a model must be made for to be served now: the running service's, else this program's."""
    known = run.running(settings) or {}
    return str(known.get("model", "")) or brain.fingerprint()


@contextmanager
def alive(database: Database, job: int) -> Iterator[None]:
    """While inside, the job says every few seconds that its process lives."""
    done = threading.Event()

    def beat() -> None:
        while not done.wait(BEAT_S):
            with suppress(StoreUnavailable), database.write() as connection:
                jobs.beat(connection, job, time.time())

    thread = threading.Thread(target=beat, daemon=True)
    thread.start()
    try:
        yield
    finally:
        done.set()
        thread.join()


def _note(added: int, aside: int) -> str:
    return f"加 {added} 句例句" + (f"，不用 {aside} 句自带的" if aside else "")


def sha256(path: Path) -> str:
    """Hash of a model file."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _train(database: Database, job: int, place: Path, out: Path) -> None:
    command = [str(brain.PYTHON), "-m", "nlu.train", "--out", str(out)]
    env = {**brain.environment(), "PYTHONPATH": str(place)}
    lines: list[str] = []
    with subprocess.Popen(
        command, cwd=place, env=env, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    ) as process:
        assert process.stdout is not None
        for line in process.stdout:
            lines.append(line)
            if line.startswith(STEP):
                with database.write() as connection:
                    jobs.tell(connection, job, TRAINS * _share(line), readable(lines))
    if process.returncode:
        with database.write() as connection:
            jobs.tell(connection, job, TRAINS, readable(lines) + "".join(lines[-LAST:]))
        raise RuntimeError(f"训练没有成功（返回 {process.returncode}）")
    with database.write() as connection:
        jobs.tell(connection, job, TRAINS, readable(lines) + "100%  训练好了，正在用留出的题比较\n")


def readable(lines: Sequence[str]) -> str:
    """The steps of ``nlu.train`` for people; what Rasa prints besides is left out.

    >>> readable(["PROGRESS 0.05 提取特征\\n", "Processed story blocks: 0%\\n"])
    '  5%  提取特征\\n'
    """
    steps = [line.split(maxsplit=2) for line in lines if line.startswith(STEP)]
    return "".join(f"{_share(' '.join(step)):4.0%}  {step[2].strip()}\n" for step in steps)


def _share(line: str) -> float:
    """Of a line ``PROGRESS 0.42 …``."""
    return float(line.split()[1])


def compared(settings: Settings, model: Path) -> Mapping[str, Any]:
    """Figures of the candidate and of the serving model on the held-out questions, and what is worse."""
    from bot.cli import train
    from bot.cli.batch import read_rows
    from bot.cli.gate import worse

    rows = [row for path in sorted(train.QUESTIONS.glob("*.jsonl")) for row in read_rows(path)]
    if not rows:
        return {"candidate": {}, "serving": {}, "worse": ["没有留出的题目，没法比较"]}
    new = train.measured(settings, rows, model).to_json()
    serving = brain.fitting_model(settings, serving_mark(settings))
    old = train.measured(settings, rows, serving).to_json() if serving else {}
    return {"candidate": new, "serving": old, "worse": worse(new, old), "questions": len(rows)}


def main() -> int:
    """Command line."""
    settings = complete(load_settings())
    database, job = Database(settings.database), int(sys.argv[1])
    try:
        with alive(database, job):
            work(settings, database, job)
    except BaseException as error:  # whatever ends it, the board must not show it running for ever
        with database.write() as connection:
            fault = {"fault": f"{type(error).__name__}：{error}"[:300]}
            jobs.end(connection, job, "failed", json.loads(json.dumps(fault)), time.time())
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
