"""Private PostgreSQL and Redis servers for tests: started on free ports, gone afterwards."""

from __future__ import annotations

import fcntl
import os
import pwd
import random
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TextIO

import psycopg

PORTS = range(15000, 32000)
"""Below those a system gives to connections that go out: none of these takes one between choice and use."""
WAIT_S = 180.0
"""How long something may take on a loaded machine before a test gives up."""
_claimed: list[TextIO] = []


def free_port() -> int:
    """A port nobody listens on, and that no other process of any test run is given while this one lives."""
    folder = Path(tempfile.gettempdir()) / f"newcitizen-ports-{os.getuid()}"
    folder.mkdir(exist_ok=True)
    while True:
        port = random.choice(PORTS)
        claim = (folder / str(port)).open("w")
        try:
            fcntl.flock(claim, fcntl.LOCK_EX | fcntl.LOCK_NB)
            with socket.socket() as probe:
                probe.bind(("127.0.0.1", port))
        except OSError:
            claim.close()
        else:
            _claimed.append(claim)
            return port


def wait_for_port(port: int, process: subprocess.Popen[bytes], timeout_s: float = WAIT_S) -> None:
    end = time.monotonic() + timeout_s
    while time.monotonic() < end:
        assert process.poll() is None, "the server ended"
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.05)
    raise AssertionError("the server did not listen in time")


def has(program: str) -> bool:
    return shutil.which(program) is not None


class Server:
    """A server process that can be restarted in the middle of a test."""

    def __init__(self, command: list[str], port: int, user: str | None = None) -> None:
        self.command = command
        self.port = port
        self.user = user
        self.process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
        self.process = subprocess.Popen(self.command, user=self.user, cwd="/", **quiet)  # type: ignore[call-overload]
        wait_for_port(self.port, self.process)

    def kill(self) -> None:
        if self.process is not None:
            self.process.kill()
            self.process.wait()

    def stop(self) -> None:
        if self.process is not None:
            self.process.send_signal(signal.SIGINT)  # PostgreSQL: disconnect clients and end
            self.process.wait(timeout=WAIT_S)


@contextmanager
def redis_server() -> Iterator[Server]:
    port = free_port()
    folder = tempfile.mkdtemp(prefix="newcitizen-redis-")
    command = ["redis-server", "--port", str(port), "--save", "", "--appendonly", "no", "--dir", folder]
    server = Server([*command, "--bind", "127.0.0.1"], port)
    server.start()
    try:
        yield server
    finally:
        server.kill()
        shutil.rmtree(folder, ignore_errors=True)


def _postgres_user() -> str | None:
    """PostgreSQL refuses to run as root."""
    return "postgres" if os.getuid() == 0 else None


@contextmanager
def postgres_server() -> Iterator[Server]:
    port, user = free_port(), _postgres_user()
    folder = Path(tempfile.mkdtemp(prefix="newcitizen-pg-"))
    if user:
        account = pwd.getpwnam(user)
        os.chown(folder, account.pw_uid, account.pw_gid)
    make = [
        "initdb",
        "-D",
        str(folder / "data"),
        "-U",
        "newcitizen",
        "-A",
        "trust",
        "-E",
        "UTF8",
        "--no-sync",
    ]
    subprocess.run(make, user=user, check=True, stdout=subprocess.DEVNULL, cwd="/")
    command = ["postgres", "-D", str(folder / "data"), "-p", str(port), "-k", "", "-F", "-h", "127.0.0.1"]
    server = Server(command, port, user)
    server.start()
    try:
        wait_until_it_answers(port)
        yield server
    finally:
        server.stop()
        shutil.rmtree(folder, ignore_errors=True)


def wait_until_it_answers(port: int, timeout_s: float = WAIT_S) -> None:
    """PostgreSQL listens before it takes connections: "the database system is starting up"."""
    end = time.monotonic() + timeout_s
    while True:
        try:
            psycopg.connect(f"host=127.0.0.1 port={port} user=newcitizen dbname=postgres").close()
        except psycopg.OperationalError:
            assert time.monotonic() < end, "the server did not answer in time"
            time.sleep(0.05)
        else:
            return


def postgres_url(port: int, name: str = "postgres") -> str:
    return f"postgresql+psycopg://newcitizen@127.0.0.1:{port}/{name}"
