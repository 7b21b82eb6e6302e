"""``scripts/up``: from a checkout to READY, then watch until asked to stop."""

from __future__ import annotations

import fcntl
import os
import signal
import sys
import webbrowser
from pathlib import Path
from typing import Annotated, TextIO

import typer

from bot import doors
from bot.settings import Settings, SettingsFault, load_settings
from bot.supervise import brain, model, ports, run
from bot.supervise.reload import Reload
from bot.supervise.secrets import complete
from bot.supervise.watch import NotHealthy, PartDied, Watch
from bot.usage import run_one

STOPPED = 130
"""Exit code of a start that was stopped before anything ran."""


class Refused(Exception):
    """The start is refused before anything runs; the message says how to go on."""


def main(
    port: Annotated[int | None, typer.Option(help="网页与回调的端口，0 为自动选择")] = None,
    no_browser: Annotated[bool, typer.Option("--no-browser", help="不打开浏览器")] = False,
    try_page: Annotated[bool, typer.Option("--try", help="开试用页（生产环境缺省不开）")] = False,
) -> None:
    """准备好一切，启动 rasa、app、worker；Ctrl-C 停止。"""
    chosen = {"port": port, "try_page": try_page or None}
    try:
        settings = load_settings()
        settings = settings.model_copy(update={k: v for k, v in chosen.items() if v is not None})
        with _one_at_a_time(settings):
            _up(complete(settings), browse=not no_browser)
    except (SettingsFault, Refused) as fault:
        sys.exit(_say(str(fault), 2))
    except (PartDied, NotHealthy, model.TrainingFailed) as fault:
        sys.exit(_say(str(fault), 1))
    except KeyboardInterrupt:
        sys.exit(_say("已停止。", STOPPED))


def _say(text: str, code: int = 0) -> int:
    print(text, file=sys.stderr, flush=True)
    return code


def _one_at_a_time(settings: Settings) -> TextIO:
    settings.state.mkdir(parents=True, exist_ok=True)
    lock = (settings.state / "up.lock").open("w")
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        raise Refused(f"{settings.state} 里的服务已经在运行；要再开一个，请另设 NEWCITIZEN_STATE。") from None
    return lock


def _up(settings: Settings, browse: bool) -> None:
    if settings.port and not ports.is_free(settings.host, settings.port):
        raise Refused(f"端口 {settings.port} 已被占用，换一个：scripts/up --port {settings.port + 1}")
    own_rasa = not settings.rasa_url
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    fitting = model.ensure_model(settings) if own_rasa else Path()
    watch = Watch()
    settings = run.addressed(settings)
    try:
        if own_rasa:
            run.start_rasa(watch, settings, fitting)
        run.start_python(watch, settings, "app", "bot.app")
        if _ready(watch, settings, own_rasa):
            mark = fitting.name.removesuffix(".tar.gz")
            with run.announced(settings, model=mark, address=_address(settings)):
                _announce(settings, browse)
                watch.run(Reload(watch, settings, fitting).look if own_rasa else lambda: None)
    finally:
        watch.stop()
    _say("已停止。")


def _address(settings: Settings) -> str:
    return f"http://{settings.host}:{settings.port}"


def _ready(watch: Watch, settings: Settings, own_rasa: bool) -> bool:
    """App first, it brings the database up to date; then worker and rasa."""
    address = _address(settings)
    if not watch.wait_for(lambda: bool(run.health(address)), "app", run.START_S):
        return False
    run.start_python(watch, settings, "worker", "bot.worker")
    rasa = brain.is_ready_url(settings.rasa_url)
    if own_rasa and not watch.wait_for(lambda: run.answers(rasa), "rasa", run.START_S):
        return False
    return watch.wait_for(lambda: run.health(address).get("status") != "down", "worker", run.START_S)


def _announce(settings: Settings, browse: bool) -> None:
    address = _address(settings)
    print(f"READY {address}", flush=True)
    people = doors.for_people(settings.try_enabled)
    for door in people:
        print(f"  {door.title}：{address}{door.path}", flush=True)
    if browse and sys.stdout.isatty() and os.environ.get("DISPLAY"):
        webbrowser.open(f"{address}{people[0].path if people else ''}")


if __name__ == "__main__":
    run_one(main, "scripts/up")
