"""Starts the system's Chromium."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

from tests.conftest import CHROMIUM

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Playwright

FLAGS = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
    "--disable-quic",
)


def path() -> str:
    """Where it is, "" where there is none. The engine and its version are the same in both packages."""
    return next(filter(None, map(shutil.which, CHROMIUM)), "")


def launched(playwright: Playwright, *flags: str) -> Browser:
    """A browser; the caller closes it."""
    return playwright.chromium.launch(executable_path=path(), args=[*FLAGS, *flags])
