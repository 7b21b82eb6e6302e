"""Training: in the background, compared with the serving model, and put in place by a person's click.

Why this file exists: a model is never swapped by itself, never without its hash, and the one before is kept.
"""

from __future__ import annotations

import os
import shutil
from pathlib import Path

from starlette.responses import RedirectResponse, Response

from bot import training
from bot.cli.report import NAMES
from bot.console.site import SITE
from bot.errands import TRAINING
from bot.staff.access import Call, Page, missing
from bot.staff.roles import REVIEWERS, WRITERS
from bot.supervise import brain
from store import examples, jobs
from store.database import Connection
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
    file = Path(model.file)
    if not file.is_file() or training.sha256(file) != model.sha256:
        return _page(call, "模型文件不在，或者和训练时的不一样，不能换上。", 409)
    place = brain.models(call.services.settings) / f"{brain.fingerprint()}.tar.gz"
    with call.database.write() as connection:
        _keep(connection, place)
        _put(file, place)
        jobs.promote(connection, model.id, call.me.login, call.at)
        call.audit(connection, "model_promoted", f"model:{model.id}", detail={"sha256": model.sha256})
    return RedirectResponse("/console/training", 303)


def _keep(connection: Connection, place: Path) -> None:
    """The model that served until now stays a choice, also the one the program trained itself."""
    if not place.is_file():
        return
    mark = training.sha256(place)
    kept = place.parent / "kept" / f"{mark[:16]}.tar.gz"
    _put(place, kept)
    row = {"file": str(kept), "sha256": mark, "metrics": {}, "note": "换下来的", "state": "retired"}
    jobs.add_model(connection, row)


def _put(source: Path, target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    fresh = target.with_name(f".{target.name}.{os.getpid()}")
    shutil.copyfile(source, fresh)
    fresh.replace(target)


PAGES = (
    Page("/console/training", show, WRITERS),
    Page("/console/training/progress", progress, WRITERS),
    Page("/console/training/start", begin, WRITERS, "POST"),
    Page("/console/training/models/{model:int}/promote", promote, REVIEWERS, "POST"),
)
