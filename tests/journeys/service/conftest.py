"""The one service that all journeys of this folder go through; one process runs them (``together``)."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.journeys.conftest import ROOT, Up, a_browser, start_up
from tests.support.environment import clean_environment


def newcitizen(state: Path, *args: str, **environ: str) -> subprocess.CompletedProcess[str]:
    """``scripts/newcitizen`` on a state folder, as a person calls it."""
    env = clean_environment(NEWCITIZEN_STATE=str(state), **environ)
    command = [str(ROOT / "scripts" / "newcitizen"), *args]
    return subprocess.run(command, env=env, cwd=state, capture_output=True, text=True, timeout=600)


@pytest.fixture(scope="package")
def browser() -> Iterator[Browser]:
    """Playwright's loop ends with it, before other tests start theirs."""
    yield from a_browser()


@pytest.fixture(scope="package")
def service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Up]:
    """One service for all journeys, on a Friday morning."""
    up = start_up(
        tmp_path_factory.mktemp("state"), "--port", "0", NEWCITIZEN_CLOCK="2026-11-20T10:30:00+08:00"
    )
    try:
        up.wait_ready()
        yield up
    finally:
        up.end()
