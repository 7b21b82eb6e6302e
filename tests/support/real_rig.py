"""The real app, its worker and its Rasa as processes, with a proxy before Rasa that can be slow."""

from __future__ import annotations

import asyncio
import subprocess
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from bot.settings import load_settings, plain
from bot.supervise import brain, run
from bot.supervise.model import ensure_model
from tests.support.rig import Rig
from tests.support.servers import WAIT_S, free_port


class SlowProxy:
    """Passes every request on to ``port`` after ``delay_s``; answers go back at once."""

    def __init__(self, port: int) -> None:
        self.target = port
        self.port = free_port()
        self.delay_s = 0.0
        self.passed = 0

    async def _pass(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            there, back = await asyncio.open_connection("127.0.0.1", self.target)
        except OSError:
            writer.close()
            return
        answers = asyncio.create_task(self._copy(there, writer))
        while block := await reader.read(65536):
            await asyncio.sleep(self.delay_s)
            self.passed += 1
            back.write(block)
        back.close()
        await answers

    @staticmethod
    async def _copy(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with suppress(ConnectionError):
            while block := await reader.read(65536):
                writer.write(block)
        writer.close()

    async def _serve(self) -> None:
        self._loop, self._stop = asyncio.get_running_loop(), asyncio.Event()
        server = await asyncio.start_server(self._pass, "127.0.0.1", self.port)
        self._ready.set()
        await self._stop.wait()
        server.close()

    @contextmanager
    def running(self) -> Iterator[None]:
        self._ready = threading.Event()
        thread = threading.Thread(target=lambda: asyncio.run(self._serve()))
        thread.start()
        self._ready.wait()
        try:
            yield
        finally:
            self._loop.call_soon_threadsafe(self._stop.set)
            thread.join()


class RealRig(Rig):
    """One app (``app``), ``worker`` and ``rasa``; the app reaches Rasa through ``proxy``.

    Args:
        like: another rig whose Rasa is used; its own app must not run at the same time.
    """

    def __init__(self, folder: Path, api: str, like: RealRig | None = None, **settings: str) -> None:
        self._like = like
        self.rasa_port, inner = (like.rasa_port, like.inner) if like else (free_port(), free_port())
        self.proxy = SlowProxy(self.rasa_port)
        self.ports = {}
        own = {
            "PORT": str(free_port()), "INTERNAL_PORT": str(inner), "TRY": "false",
            "RASA_URL": f"http://127.0.0.1:{self.proxy.port}", "CLOCK": "2026-11-20T10:30:00+08:00",
        }  # fmt: skip
        super().__init__(folder, api, "bot.app", 0.0, **own, **settings)
        self.ports["app"] = int(own["PORT"])
        self.inner = inner

    def start_rasa(self) -> None:
        settings = load_settings({k: v for k, v in self.environment.items() if "NEWCITIZEN" in k}, None)
        assert plain(settings.internal_secret)
        command = brain.serve_command(ensure_model(load_settings({}, None)), self.rasa_port)
        self._start("rasa", command, dict(brain.serve_environment(settings, self.inner)))
        self.until(lambda: run.answers(f"http://127.0.0.1:{self.rasa_port}/webhooks/rest/"), WAIT_S)

    @property
    def rasa(self) -> subprocess.Popen[bytes]:
        """The process of the Rasa in use."""
        return (self._like or self).processes["rasa"]

    def start_all(self) -> None:
        if not self._like:
            self.start_rasa()
        self.start_app("app")
        self.start_worker()

    def restart(self, name: str) -> None:
        if name == "rasa":
            self.start_rasa()
        else:
            super().restart(name)
