"""Waits for what a page comes to: a browser draws, focuses and hears answers when it gets to it."""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from playwright.sync_api import Error, Page, Route, expect

from tests.support.chromium import SLOW_MS

PAUSE_MS = 50
WIDER = "() => document.documentElement.scrollWidth - window.innerWidth"
AUTOFOCUS = """() => {
  const wants = document.querySelector('[autofocus]');
  return !wants || document.activeElement === wants;
}"""


def comes(page: Page, look: str, wanted: Callable[[Any], bool] = bool) -> Any:
    """Look with a script until what it gives is as ``wanted``; gives that.

    Unlike ``time.sleep``, waiting lets the page's routes and dialogs be answered.
    """
    end = time.monotonic() + SLOW_MS / 1000
    while True:
        seen = looked(page, look)
        if wanted(seen):
            return seen
        assert time.monotonic() < end, f"it did not come to what was waited for: {seen}"
        page.wait_for_timeout(PAUSE_MS)


def looked(page: Page, look: str) -> Any:
    """What a script gives; None while the page is just being left for another."""
    try:
        return page.evaluate(look)
    except Error as error:
        if "Execution context was destroyed" not in error.message:
            raise
        return None


def heard(page: Page, words: str) -> None:
    """Wait until the page has said (``#live``) ``words``, a pattern, at any time since it was opened."""
    comes(page, "() => window.heard", lambda said: any(re.search(words, each) for each in said or ()))


def fits(page: Page) -> None:
    """Wait until nothing is wider than the window: charts are drawn anew a moment after it changed."""
    comes(page, WIDER, lambda wider: wider is not None and wider <= 0)


@contextmanager
def scripts_held(page: Page) -> Iterator[None]:
    """No script reaches the page until the end, as on a slow line; one at least was asked for."""
    held, holds = list[Route](), [True]
    page.route("**/*.js", lambda route: held.append(route) if holds else route.continue_())
    yield
    while not held:
        page.wait_for_timeout(PAUSE_MS)
    holds.clear()
    for route in held:
        route.continue_()
    page.unroute("**/*.js")


def begun(page: Page) -> None:
    """Wait until a page that was just opened has the keyboard where it wants it.

    Browsers give the focus of ``autofocus`` when they first draw, which may be after all is loaded.
    """
    comes(page, AUTOFOCUS)


def settled(page: Page) -> None:
    """Wait until the page asks for no part of itself any more."""
    expect(page.locator("[aria-busy=true], .htmx-request")).to_have_count(0)
