"""The app process: public doors on one port, the internal action listener on the loopback.

Why this file exists: it turns Services into ASGI and runs both listeners in one event loop. It must not
know what any door does.
"""

from __future__ import annotations

import asyncio
import contextlib
import signal
import sys
from collections.abc import AsyncIterator, Iterator

import uvicorn
import uvloop
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response

from bot import doors
from bot.bootstrap import build_services
from bot.headers import SecurityHeaders
from bot.internal import build_internal_app
from bot.logging import configure
from bot.services import Services
from bot.setting import ranges_of
from bot.settings import Settings, SettingsFault, load_settings, plain
from content.load import ContentFaults
from store.errors import StoreError

KEPT_S = 75
"""Seconds an idle connection stays open: longer than our callers keep theirs (aiohttp: 15 s), so that
no request meets a closing one."""

DRAIN_S = 8
"""Seconds running requests get at the end: more than WeChat waits for one (5 s)."""


def build_app(services: Services) -> Starlette:
    """The public ASGI app with every present door."""

    @contextlib.asynccontextmanager
    async def lifespan(_: Starlette) -> AsyncIterator[None]:
        yield
        await services.close()

    app = Starlette(
        routes=doors.routes(services),
        middleware=[Middleware(SecurityHeaders)],
        exception_handlers={404: _not_found, 500: _trouble},
        lifespan=lifespan,
    )
    app.state.proxies = ranges_of(services.settings.trusted_proxies)
    return app


async def _not_found(_: Request, _error: Exception) -> Response:
    return PlainTextResponse("没有这个页面。", status_code=404)


async def _trouble(_: Request, _error: Exception) -> Response:
    return PlainTextResponse("服务出了点问题，请稍后再试。", status_code=500)


class Listener(uvicorn.Server):
    """A uvicorn server that leaves signals to ``serve``."""

    @contextlib.contextmanager
    def capture_signals(self) -> Iterator[None]:
        """Install nothing: two listeners share one process."""
        yield


def _listener(app: Starlette, host: str, port: int, lifespan: str) -> Listener:
    return Listener(
        uvicorn.Config(
            app, host=host, port=port, loop="uvloop", http="httptools", ws="none", lifespan=lifespan,  # type: ignore[arg-type]
            access_log=False, log_config=None, server_header=False, date_header=False, proxy_headers=False,
            timeout_graceful_shutdown=DRAIN_S, timeout_keep_alive=KEPT_S,
        )
    )  # fmt: skip


async def serve(settings: Settings) -> None:
    """Run both listeners until SIGINT or SIGTERM; the public one drains before the internal one ends."""
    services = await build_services(settings)
    public = _listener(build_app(services), settings.host, settings.port, "on")
    inner_app = build_internal_app(
        services.library, plain(settings.internal_secret), services.extras["service"]
    )
    inner = _listener(inner_app, "127.0.0.1", settings.internal_port, "off")
    loop, stopping = asyncio.get_running_loop(), asyncio.Event()
    services.extras["stopping"] = stopping  # open streams end by themselves, else they cost the whole drain

    def stop() -> None:
        public.should_exit = True
        stopping.set()

    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, stop)
    inner_task = asyncio.create_task(inner.serve())
    await public.serve()
    inner.should_exit = True
    await inner_task


def main() -> int:
    """Entry of the app process: 2 when settings, 1 when content or database do not let it start."""
    try:
        settings = load_settings()
        configure(settings.log_level)
        asyncio.run(serve(settings), loop_factory=uvloop.new_event_loop)
    except (SettingsFault, ContentFaults, StoreError) as fault:
        print(fault, file=sys.stderr)
        return 2 if isinstance(fault, SettingsFault) else 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
