"""An app process with the echo assistant: ``python -m tests.support.echo_app PORT``."""

from __future__ import annotations

import asyncio
import contextlib
import os
import sys
from collections.abc import AsyncIterator
from types import SimpleNamespace
from typing import Any

import uvicorn
import uvloop
from starlette.applications import Starlette
from starlette.responses import JSONResponse
from starlette.routing import Route

from bot.logging import configure
from bot.services import Services
from bot.settings import load_settings
from bot.wechat.door import routes
from tests.support.echo import EchoAssistant


def build(settings: Any) -> Starlette:
    services = Services(settings, lambda: SimpleNamespace(version="test"))  # type: ignore[arg-type]
    services.extras["assistant"] = EchoAssistant(float(os.environ.get("TEST_ECHO_DELAY_S", "0")))

    @contextlib.asynccontextmanager
    async def lifespan(_: Starlette) -> AsyncIterator[None]:
        yield
        await services.close()

    async def healthz(_: Any) -> JSONResponse:
        parts = {name: await probe() for name, probe in services.probes.items()}
        return JSONResponse({"parts": parts, "counts": dict(services.extras["gateway"].counts)})

    return Starlette(routes=[*routes(services), Route("/healthz", healthz)], lifespan=lifespan)


async def main(port: int) -> None:
    settings = load_settings(dotenv=None)
    configure("INFO", json_lines=True)
    config = uvicorn.Config(
        build(settings), host="127.0.0.1", port=port, loop="uvloop", http="httptools", ws="none",
        access_log=False, log_config=None, timeout_graceful_shutdown=8, proxy_headers=False,
    )  # fmt: skip
    server = uvicorn.Server(config)
    await server.serve()


if __name__ == "__main__":
    asyncio.run(main(int(sys.argv[1])), loop_factory=uvloop.new_event_loop)
