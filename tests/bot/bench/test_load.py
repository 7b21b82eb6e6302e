"""The load client counts what really came back."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest

from bot.bench.load import Run, load, prepared, request_bytes


@asynccontextmanager
async def server(answers: list[bytes]) -> AsyncIterator[tuple[int, list[bytes]]]:
    """A server on the loopback that gives the answers in turn; its port and the bodies it got."""
    got: list[bytes] = []

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            while head := await reader.readuntil(b"\r\n\r\n"):
                size = next(
                    int(line[15:]) for line in head.split(b"\r\n") if line.startswith(b"Content-Length")
                )
                got.append(await reader.readexactly(size))
                writer.write(answers[(len(got) - 1) % len(answers)])
        except asyncio.IncompleteReadError:
            writer.close()

    listening = await asyncio.start_server(serve, "127.0.0.1", 0)
    async with listening:
        yield listening.sockets[0].getsockname()[1], got


def reply(status: int, body: bytes) -> bytes:
    return f"HTTP/1.1 {status} X\r\ncontent-length: {len(body)}\r\n\r\n".encode() + body


async def test_every_request_is_sent_once_and_every_reply_read() -> None:
    async with server([reply(200, b"yes"), reply(200, b"longer answer")]) as (port, got):
        run = await load(port, prepared(lambda n: request_bytes("/x", b"%d" % n), 3, 4), 60)
    assert sorted(got, key=int) == [b"%d" % n for n in range(12)]
    assert len(run.seconds) == len(run.bodies) == 12
    assert set(run.bodies) == {b"yes", b"longer answer"}
    assert run.failed == 0


async def test_a_refusal_counts_as_failed() -> None:
    async with server([reply(200, b"yes"), reply(503, b"")]) as (port, _):
        run = await load(port, prepared(lambda _: request_bytes("/x", b""), 1, 4), 60)
    assert run.failed == 2


async def test_the_time_ends_a_load() -> None:
    async with server([reply(200, b"yes")]) as (port, _):
        run = await load(port, prepared(lambda _: request_bytes("/x", b""), 2, 50), -1)
    assert run.seconds == []


async def test_a_reply_without_length_is_not_guessed() -> None:
    async with server([b"HTTP/1.1 200 OK\r\n\r\n"]) as (port, _):
        with pytest.raises(ValueError, match="content-length"):
            await load(port, prepared(lambda _: request_bytes("/x", b""), 1, 1), 60)


def test_percentiles_and_throughput() -> None:
    run = Run(seconds=[n / 1000 for n in range(1, 101)], wall_s=2.0)
    assert run.percentile_ms(0.5) == 51
    assert run.percentile_ms(0.99) == 100
    assert run.throughput == 50
    assert Run().percentile_ms(0.5) == 0


def test_a_request_is_what_http_wants() -> None:
    assert request_bytes("/a?b=1", b"xy", [("Content-Type", "text/xml")]) == (
        b"POST /a?b=1 HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 2\r\nContent-Type: text/xml\r\n\r\nxy"
    )
