"""A light load client: raw HTTP/1.1 over kept connections, nothing computed while the clock runs.

Why this file exists: on 2 cores the client must not take what it measures. Requests are bytes made
before; replies are read to their end and judged after. It must not know what is asked.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field

READ_LIMIT = 1 << 20


@dataclass(slots=True)
class Run:
    """What came of a load: seconds per request in order of their ends, replies, and the whole time."""

    seconds: list[float] = field(default_factory=list)
    bodies: list[bytes] = field(default_factory=list)
    failed: int = 0
    wall_s: float = 0.0

    @property
    def throughput(self) -> float:
        """Answered requests per second."""
        return len(self.seconds) / self.wall_s if self.wall_s else 0.0

    def percentile_ms(self, share: float) -> float:
        """The latency in ms that this share (0..1) of requests did not exceed; 0.0 of none."""
        ordered = sorted(self.seconds)
        return ordered[min(len(ordered) - 1, int(share * len(ordered)))] * 1000 if ordered else 0.0


def request_bytes(path: str, body: bytes, headers: Sequence[tuple[str, str]] = ()) -> bytes:
    """A POST as it goes over the wire."""
    lines = [f"POST {path} HTTP/1.1", "Host: 127.0.0.1", f"Content-Length: {len(body)}"]
    lines += [f"{name}: {value}" for name, value in headers]
    return "\r\n".join([*lines, "", ""]).encode() + body


async def _read_reply(reader: asyncio.StreamReader) -> tuple[int, bytes]:
    head = await reader.readuntil(b"\r\n\r\n")
    status = int(head.split(b" ", 2)[1])
    for line in head.split(b"\r\n")[1:]:
        name, _, value = line.partition(b":")
        if name.lower() == b"content-length":
            return status, await reader.readexactly(int(value))
    raise ValueError("a reply without content-length")


async def _user(port: int, requests: Iterator[bytes], until: float, run: Run) -> None:
    reader, writer = await asyncio.open_connection("127.0.0.1", port, limit=READ_LIMIT)
    try:
        for request in requests:
            begun = time.perf_counter()
            if begun > until:
                return
            writer.write(request)
            status, body = await _read_reply(reader)
            run.seconds.append(time.perf_counter() - begun)
            run.bodies.append(body)
            run.failed += status != 200
    finally:
        writer.close()


async def load(port: int, users: Sequence[Iterator[bytes]], seconds: float) -> Run:
    """Every user sends the next request when the last one is answered, until time or requests end."""
    run, begun = Run(), time.perf_counter()
    await asyncio.gather(*(_user(port, requests, begun + seconds, run) for requests in users))
    run.wall_s = time.perf_counter() - begun
    return run


Maker = Callable[[int], bytes]
"""Makes the request with a number; never the same bytes twice."""


def prepared(make: Maker, users: int, each: int) -> list[Iterator[bytes]]:
    """``each`` requests for every user, made now."""
    return [iter([make(user * each + number) for number in range(each)]) for user in range(users)]
