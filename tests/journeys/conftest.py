"""A whole service for the journeys, started as a newcomer starts it, and a real browser."""

from __future__ import annotations

import signal
import subprocess
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from tests.support.chromium import launched, opened
from tests.support.console_people import Office
from tests.support.environment import clean_environment
from tests.support.kept import lend_sense

ROOT = Path(__file__).resolve().parents[2]
START_S = 240.0
"""How long a start may take on a loaded machine before the test gives up."""
END_S = 240.0
"""The same for an end."""


@dataclass
class Up:
    """A running ``scripts/up``: its process, what it printed, where it lives."""

    state: Path
    process: subprocess.Popen[str]
    lines: list[str] = field(default_factory=list)
    reader: threading.Thread | None = None

    @property
    def url(self) -> str:
        ready = next(line for line in self.lines if line.startswith("READY "))
        return ready.split()[1]

    @property
    def output(self) -> str:
        return "\n".join(self.lines)

    def wait_ready(self) -> None:
        self.wait_for("READY ")

    def wait_for(self, start: str) -> None:
        until = time.monotonic() + START_S
        while not any(line.startswith(start) for line in self.lines):
            assert self.process.poll() is None, f"scripts/up ended:\n{self.output}"
            assert time.monotonic() < until, f"no {start!r} yet:\n{self.output}"
            time.sleep(0.05)

    def end(self, sign: int = signal.SIGTERM) -> int:
        """Ask it to end; gives how it ended."""
        if self.process.poll() is None:
            self.process.send_signal(sign)
        return self.ended()

    def ended(self) -> int:
        """How it ended by itself; all it said is in ``lines`` then."""
        code = self.process.wait(END_S)
        assert self.reader
        self.reader.join(END_S)
        return code

    def parts(self) -> dict[str, int]:
        """Name to process id of the running parts."""
        children = Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children").read_text().split()
        named = {}
        for pid in children:
            module = Path(f"/proc/{pid}/cmdline").read_text().split("\0")[2]
            named[module.removeprefix("bot.").replace("nlu.serve", "rasa")] = int(pid)
        return named


def start_up(state: Path, *args: str, root: Path = ROOT, **environ: str) -> Up:
    env = clean_environment(NEWCITIZEN_STATE=str(state), **environ)
    lend_sense(state)
    process = subprocess.Popen(
        ["scripts/up", "--no-browser", *args], cwd=root, env=env, text=True,
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
    )  # fmt: skip
    up = Up(state, process)

    def read() -> None:
        assert process.stdout
        with process.stdout as output:
            up.lines.extend(line.rstrip("\n") for line in output)

    up.reader = threading.Thread(target=read, daemon=True)
    up.reader.start()
    return up


def a_browser() -> Iterator[Browser]:
    """The system's Chromium until the end."""
    with sync_playwright() as playwright:
        chromium = launched(playwright)
        yield chromium
        chromium.close()


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """One for a file: playwright's loop must end before other tests start theirs."""
    yield from a_browser()


@dataclass
class Visit:
    """A page and everything it asked the network for or complained about."""

    page: Page
    requested: list[str] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)


@pytest.fixture
def visit(browser: Browser, request: pytest.FixtureRequest) -> Iterator[Visit]:
    """A fresh browser profile; ``indirect`` parameter (width, height), a desk by default."""
    context = opened(browser, getattr(request, "param", (1366, 768)))
    seen = Visit(context.new_page())
    seen.page.on("request", lambda asked: seen.requested.append(asked.url))
    seen.page.on("console", lambda said: seen.complaints.append(said.text) if said.type == "error" else None)
    seen.page.on("pageerror", lambda error: seen.complaints.append(str(error)))
    yield seen
    context.close()


@pytest.fixture
def enter(browser: Browser, office_url: str) -> Iterator[Office]:
    """Open signed-in pages of one's own, at the ``office_url`` of the module."""
    office = Office(browser, office_url)
    yield office
    office.close()
