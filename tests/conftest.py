"""What all tests share: skips that say why, and ``--no-skips`` for continuous integration."""

from __future__ import annotations

import shutil
from collections.abc import Generator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
SHARED = ROOT.parent / "shared"
NEEDS = ("rasa", "browser", "server", "shared")
"""Markers of tests that need something a machine may lack."""


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--no-skips", action="store_true", help=f"a skipped test marked {', '.join(NEEDS)} fails"
    )


def pytest_runtest_setup(item: pytest.Item) -> None:
    if item.get_closest_marker("shared") and not SHARED.is_dir():
        pytest.skip("../shared is absent: evaluation files stay outside the project")
    if item.get_closest_marker("browser") and not shutil.which("chromium"):
        pytest.skip("no chromium on this machine")
    if item.get_closest_marker("rasa") and not (ROOT / ".venv-rasa" / "bin" / "python").exists():
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
