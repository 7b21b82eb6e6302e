"""Starts the system's Chromium, and opens pages in it as a machine of any speed needs them."""

from __future__ import annotations

import itertools
import shutil
from typing import Any

from playwright.sync_api import Browser, BrowserContext, Playwright, expect

from tests.conftest import CHROMIUM

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
SLOW_MS = 120_000
"""A busy machine takes its time, the first search of a process most of all; what comes is what counts."""
HEARD = """
window.heard = [];
document.addEventListener('readystatechange', () => {
  const live = document.getElementById('live');
  if (document.readyState !== 'interactive' || !live) return;
  const note = () => { if (live.textContent) window.heard.push(live.textContent); };
  new MutationObserver(note).observe(live, {childList: true, characterData: true, subtree: true});
});
"""
"""Keeps what a page says, which it takes away some seconds later: see ``tests.support.pages.heard``."""
_offices = itertools.count(1)
expect.set_options(timeout=SLOW_MS)


def path() -> str:
    """Where it is, "" where there is none. The engine and its version are the same in both packages."""
    return next(filter(None, map(shutil.which, CHROMIUM)), "")


def launched(playwright: Playwright, *flags: str) -> Browser:
    """A browser; the caller closes it."""
    return playwright.chromium.launch(executable_path=path(), args=[*FLAGS, *flags])


def opened(browser: Browser, size: tuple[int, int] = (1366, 768), **more: Any) -> BrowserContext:
    """A fresh profile of a Chinese desk, or of another size; the caller closes it.

    Each comes from an address of its own, as people do: tests sign in more often than one address may.
    """
    number = next(_offices)
    address = f"10.{number >> 16 & 255}.{number >> 8 & 255}.{number & 255}"
    context = browser.new_context(
        viewport={"width": size[0], "height": size[1]}, locale="zh-CN",
        extra_http_headers={"X-Forwarded-For": address}, **more,
    )  # fmt: skip
    context.set_default_timeout(SLOW_MS)
    context.add_init_script(HEARD)
    return context
