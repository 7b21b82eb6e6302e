"""Training: in the background, compared with the serving model, and put in place by a person's click.

Why this file exists: a model is never swapped by itself, never without its hash, and the one before is kept.
"""

from __future__ import annotations

import json
import os
import shutil
from pathlib import Path
from typing import Any

from starlette.responses import RedirectResponse, Response

from bot import training
from bot.cli.report import NAMES
from bot.console.site import SITE
from bot.errands import TRAINING
from bot.staff.access import Call, Page, missing
from bot.staff.roles import REVIEWERS, WRITERS
from bot.supervise import brain
from store import examples, jobs
from store.examples import ASIDE, KIND

STATES = {"queued": "排队", "running": "训练中", "done": "完成", "failed": "没有成功"}
MODEL_STATES = {"candidate": "候选", "serving": "正在用", "retired": "用过"}


def show(call: Call) -> Response:
    """What waits to be learned, the job under way, the models."""
    return _page(call, "")


def _page(call: Call, fault: str, status: int = 200) -> Response:
    with call.database.read() as connection:
        job, models = jobs.latest(connection, TRAINING), jobs.models(connection)
        waiting = len(examples.listed(connection)), len(examples.listed(connection, ASIDE[KIND]))
    values = {
        "waiting": waiting, "job": job, "models": models, "fault": fault,
        "states": STATES, "model_states": MODEL_STATES, "names": NAMES, "reviewer": call.me.may(REVIEWERS),
    }  # fmt: skip
    return SITE.page(call, "console/training.html", values, status)


def progress(call: Call) -> Response:
    """The job's state, for the page to ask again."""
    with call.database.read() as connection:
        job = jobs.latest(connection, TRAINING)
    return SITE.page(call, "console/job.html", {"job": job, "states": STATES})


def begin(call: Call) -> Response:
    """Ask for a training."""
    with call.database.write() as connection:
        job = jobs.ask(connection, TRAINING, call.me.login, call.at)
        if job:
            call.audit(connection, "training_asked", f"job:{job}")
    return RedirectResponse("/console/training", 303)


def promote(call: Call) -> Response:
    """Put a model into the place where the service looks for it; also the way back to an earlier one."""
    with call.database.read() as connection:
        model = jobs.model(connection, call.request.path_params["model"])
    if model is None:
        raise missing("这个模型")
    mark, file = training.serving_mark(call.services.settings), Path(model.file)
    if model.metrics.get("made_for", mark) != mark:
        return _page(call, "这个模型和正在运行的程序不是同一版，配不上。请重启服务以后重新训练一次。", 409)
    if not file.is_file() or training.sha256(file) != model.sha256:
        return _page(call, "模型文件不在，或者和训练时的不一样，不能换上。", 409)
    place = brain.models(call.services.settings) / f"{mark}.tar.gz"
    kept, fresh = _keep(place, mark), _copy(file, place)
    with call.database.write() as connection:
        if kept:
            jobs.add_model(connection, kept)
        jobs.promote(connection, model.id, call.me.login, call.at)
        call.audit(connection, "model_promoted", f"model:{model.id}", detail={"sha256": model.sha256})
        fresh.replace(place)
    _forget_figures(place)
    return RedirectResponse("/console/training", 303)


def _keep(place: Path, mark: str) -> dict[str, Any]:
    """The model that served until now stays a choice, also the one the program trained itself."""
    if not place.is_file():
        return {}
    sha256 = training.sha256(place)
    kept = place.parent / "kept" / f"{sha256[:16]}.tar.gz"
    if not kept.is_file():
        _copy(place, kept).replace(kept)
    row = {"file": str(kept), "sha256": sha256, "note": "换下来的", "state": "retired"}
    return {**row, "metrics": {"made_for": mark}, "created_at": place.stat().st_mtime}


def _copy(source: Path, target: Path) -> Path:
    """A copy beside the target, which then takes its name in one step."""
    target.parent.mkdir(parents=True, exist_ok=True)
    fresh = target.with_name(f".{target.name}.{os.getpid()}")
    shutil.copyfile(source, fresh)
    return fresh


def _forget_figures(place: Path) -> None:
    """``scripts/train`` keeps the figures of the model it put here; of this one it has to measure them."""
    note = place.parent / "serving.json"
    if note.is_file():
        note.write_text(json.dumps({"model": place.name, "questions": "", "figures": {}}), "utf-8")


PAGES = (
    Page("/console/training", show, WRITERS),
    Page("/console/training/progress", progress, WRITERS),
    Page("/console/training/start", begin, WRITERS, "POST"),
    Page("/console/training/models/{model:int}/promote", promote, REVIEWERS, "POST"),
)
