"""The real pipeline for the command line: assistant, Rasa and actions, without WeChat.

Why this file exists: ``ask`` and ``eval`` must measure what citizens get. A running service of the same
model and content is used; otherwise a private Rasa is started for the command and ended with it.
"""

from __future__ import annotations

import asyncio
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import uvicorn

from actions.rasa_actions import LibrarySource
from bot.app import KEPT_S, Listener
from bot.assistant import Assistant
from bot.bootstrap import build_service
from bot.desk.opinion import BUDGET_S, Opinion
from bot.internal import build_internal_app
from bot.rasa_client import Breaker, RasaClient
from bot.settings import ROOT, Settings, plain
from bot.supervise import brain, run
from bot.supervise.model import ensure_model
from bot.supervise.part import Part
from bot.supervise.ports import free_port
from bot.supervise.watch import NotHealthy, PartDied


class Degraded(Exception):
    """Rasa did not answer every turn: the records are not what citizens get."""


class Strict(Breaker):
    """Counts failures and holds nothing back: a degraded answer is not what is asked for here."""

    failed = 0

    def allows(self) -> bool:
        """Always."""
        return True

    def record(self, ok: bool) -> None:
        """Count a result."""
        self.failed += not ok


TURN_S = 60.0
"""Seconds a turn may take here: on the command line late is better than degraded."""


@asynccontextmanager
async def real_assistant(
    settings: Settings, library: LibrarySource, model: Path | None = None
) -> AsyncIterator[Assistant]:
    """An assistant on a running service's Rasa, or on a private one; ``model`` forces a private one.

    Raises:
        Degraded: at the end, when a turn did not get Rasa's answer.
    """
    strict = Strict()
    async with _rasa(settings, library, model) as url:
        client = RasaClient(url, plain(settings.internal_secret), TURN_S, strict)
        try:
            yield Assistant(library, client, build_service(settings))
        finally:
            await client.close()
    if strict.failed:
        raise Degraded(f"Rasa 有 {strict.failed} 次没有应答，结果不算数；日志在 {settings.state / 'logs'}")


@asynccontextmanager
async def real_opinion(
    settings: Settings, library: LibrarySource, budget_s: float = BUDGET_S
) -> AsyncIterator[Opinion]:
    """What the desk asks, on a running service's Rasa or a private one; a text may take ``budget_s``."""
    async with _rasa(settings, library) as url:
        opinion = Opinion(url, plain(settings.internal_secret), budget_s=budget_s)
        try:
            yield opinion
        finally:
            opinion.close()


@asynccontextmanager
async def _rasa(settings: Settings, library: LibrarySource, model: Path | None = None) -> AsyncIterator[str]:
    """Where a Rasa of the model at hand answers: a running service's, or a private one until the end."""
    url = "" if model else settings.rasa_url or shared_rasa(settings, library().version)
    if url:
        yield url
        return
    port, inner_port = free_port(), free_port()
    async with _actions(settings, library, inner_port):
        part = _start(settings, model or ensure_model(settings), port, inner_port)
        try:
            await _healthy(part, brain.is_ready_url(f"http://127.0.0.1:{port}"))
            yield f"http://127.0.0.1:{port}"
        finally:
            part.terminate()
            await asyncio.to_thread(part.finish, 0.0)


def shared_rasa(settings: Settings, content: str) -> str:
    """Address of a running service's Rasa if it serves the same model and, now, the same content, else ""."""
    known = run.running(settings)
    if not known or known.get("model") != brain.fingerprint():
        return ""
    if run.health(str(known.get("address", ""))).get("content") != content:  # staff publish while it runs
        return ""
    url = str(known["rasa_url"])
    return url if run.answers(brain.is_ready_url(url)) else ""


@asynccontextmanager
async def _actions(settings: Settings, library: LibrarySource, port: int) -> AsyncIterator[None]:
    app = build_internal_app(library, plain(settings.internal_secret), build_service(settings))
    config = uvicorn.Config(
        app,
        host="127.0.0.1",
        port=port,
        lifespan="off",
        log_config=None,
        access_log=False,
        timeout_keep_alive=KEPT_S,
    )
    listener = Listener(config)
    task = asyncio.create_task(listener.serve())
    try:
        yield
    finally:
        listener.should_exit = True
        await task


def _start(settings: Settings, model: Path, port: int, inner_port: int) -> Part:
    print("启动 Rasa …", file=sys.stderr, flush=True)
    env = brain.serve_environment(settings, inner_port)
    log = settings.state / "logs" / "rasa-cli.log"
    return Part("rasa", brain.serve_command(model, port), env, ROOT, log)


async def _healthy(part: Part, url: str) -> None:
    for _ in range(int(run.START_S / 0.2)):
        if part.returncode() is not None:
            raise PartDied(part)
        if await asyncio.to_thread(run.answers, url):
            return
        await asyncio.sleep(0.2)
    raise NotHealthy(f"rasa 在 {run.START_S:.0f} 秒内没有就绪")
