"""What all tests share: skips that say why, ``--no-skips`` and ``--again`` for continuous integration, order.

Tests that need Rasa come last, so that its environment and model come to be while the others run
(``--with-rasa``: wait for both instead of skipping).
"""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Generator
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from tests.support.together import FOLDERS, Together, group_of

ROOT = Path(__file__).resolve().parents[1]
SHARED = ROOT.parent / "shared"
NEEDS = ("rasa", "browser", "server", "shared")
"""Markers of tests that need something a machine may lack."""
AGAIN = 3
"""More failures than this are no accident of a busy machine."""
CHROMIUM = ("chromium-headless-shell", "chromium")
"""The browser's programs, better one first: without a window it takes a fifth of the CPU."""


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--no-skips", action="store_true", help=f"a skipped test marked {', '.join(NEEDS)} fails"
    )
    parser.addoption(
        "--again", action="store_true", help=f"with --last-failed: refuse all but {AGAIN} tests of processes"
    )
    parser.addoption(
        "--with-rasa", action="store_true", help="wait for the Rasa environment and a model, or make them"
    )


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """What has tests that need Rasa last; among both, whole folders and what may take longest first, so that
    no process is left alone with it at the end."""
    late = {group_of(item.nodeid) for item in items if item.get_closest_marker("rasa")}
    longest: dict[str, float] = {}
    for item in items:
        group = group_of(item.nodeid)
        longest[group] = max(longest.get(group, 0.0), _allowed_s(item))

    def place(item: pytest.Item) -> tuple[bool, bool, float]:
        group = group_of(item.nodeid)
        return group in late, group not in FOLDERS, -longest[group]

    items.sort(key=place)


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> Together:
    """How the files are shared out; without xdist nobody asks."""
    return Together(config, log)


@pytest.hookimpl(trylast=True)
def pytest_collection_finish(session: pytest.Session) -> None:
    """A second run is for processes and browsers that a busy machine kept waiting, and it says so."""
    if not session.config.getoption("--again"):
        return
    steady = [item.nodeid for item in session.items if not any(map(item.get_closest_marker, NEEDS))]
    if steady or len(session.items) > AGAIN:
        raise pytest.UsageError(f"no second run: {steady or len(session.items)} failed")
    for item in session.items:
        print(f"NOT STABLE, run once more: {item.nodeid}")


def _allowed_s(item: pytest.Item) -> float:
    marker = item.get_closest_marker("timeout")
    return float(marker.args[0]) if marker else 0.0


@cache
def _rasa_is_ready() -> str:
    """Waits for whoever makes environment and model, or makes them; what went wrong, "" when nothing did."""
    steps = ["scripts/prepare.py", "rasa"], ["-m", "bot.supervise.model"]
    for step in steps:
        done = subprocess.run([sys.executable, *step], cwd=ROOT, capture_output=True, text=True)
        if done.returncode:
            return f"{step} ended with {done.returncode}: {done.stderr[-2000:]}"
    return ""


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_runtest_protocol(item: pytest.Item) -> Generator[None, object, object]:
    """Waiting for a training is nobody's test: it happens before a test's time begins to count."""
    if item.get_closest_marker("rasa") and item.config.getoption("--with-rasa"):
        _rasa_is_ready()
    return (yield)


def pytest_runtest_setup(item: pytest.Item) -> None:
    if item.get_closest_marker("shared") and not SHARED.is_dir():
        pytest.skip("../shared is absent: evaluation files stay outside the project")
    if item.get_closest_marker("browser") and not any(map(shutil.which, CHROMIUM)):
        pytest.skip("no chromium on this machine")
    if item.get_closest_marker("rasa") and item.config.getoption("--with-rasa"):
        assert not _rasa_is_ready(), _rasa_is_ready()
    elif item.get_closest_marker("rasa") and not (ROOT / ".venv-rasa" / "bin" / "python").exists():
        pytest.skip("no Rasa environment: run scripts/test")


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    report = yield
    needed = any(item.get_closest_marker(name) for name in NEEDS)
    if report.skipped and not hasattr(report, "wasxfail") and needed and item.config.getoption("--no-skips"):
        report.outcome = "failed"
        report.longrepr = f"{item.nodeid} was skipped, and --no-skips is set: {report.longrepr}"
    return report


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of evaluation files beside the checkout; tests using it carry the marker ``shared``."""
    return SHARED
