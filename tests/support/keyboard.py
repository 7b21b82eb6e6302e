"""A person without a mouse: Tab to what has a name, always seeing where they are."""

from __future__ import annotations

import re
import time
from collections.abc import Callable
from typing import Any

from playwright.sync_api import Page

from tests.support.chromium import SLOW_MS
from tests.support.pages import PAUSE_MS, begun, comes, looked, settled

LOOK = """() => {
  const e = document.activeElement, r = e.getBoundingClientRect(), s = getComputedStyle(e);
  const ring = (s.outlineStyle !== 'none' && parseFloat(s.outlineWidth) > 0) || s.boxShadow !== 'none';
  const named = e.getAttribute('aria-label') || (e.labels && e.labels.length && e.labels[0].innerText)
    || (e.innerText || '').trim() || e.title || '';
  return {tag: e.tagName, name: named.replace(/\\s+/g, ' ').trim(), ring, html: e.outerHTML.slice(0, 160),
    seen: r.bottom > 0 && r.top < innerHeight && r.right > 0 && r.left < innerWidth
      && r.width * r.height > 0};
}"""
STOPS = (
    f"() => {{ const look = {LOOK};"
    + """
  const all = 'a[href], button, input:not([type=hidden]), select, textarea, summary, [tabindex="0"]';
  const groups = new Set();
  const stops = [...document.querySelectorAll(all)].filter(e => {
    if (e.disabled || !e.checkVisibility({visibilityProperty: true})) return false;
    if (e.type !== 'radio') return true;
    const known = groups.has(e.name); groups.add(e.name);
    return !known;
  });
  window.walked = [];
  addEventListener('keydown', () => {
    const e = document.activeElement;
    const group = s => s.type === 'radio' && e.type === 'radio' && s.name === e.name;
    window.walked.push({stop: stops.findIndex(s => s === e || group(s)), ...look()});
  }, true);
  document.activeElement.blur();
  return stops.map(e => e.outerHTML.slice(0, 160));
}"""
)
"""Names the stops of a page, and notes where the keyboard is whenever a key goes down: one call for all."""
FAR = 150
"""More stops than this on the way are no way."""
PARTS = 7
"""A field for a date and a time has one stop for each of its parts, and one for its calendar."""


def arrive(page: Page, name: str) -> str:
    """Wait until what has the keyboard begins with ``name`` (a pattern) and is seen; gives its whole name.

    Focus comes when the browser draws, or with an answer: right after something was done it may be elsewhere.
    """
    return _watched(page, lambda at: bool(re.match(name, at["name"])), f"the keyboard never came to {name}")


def visible(page: Page) -> str:
    """The name of what has the keyboard; fails when it does not come to be seen."""
    return _watched(page, lambda _: True, "the keyboard is out of sight")


def _watched(page: Page, right: Callable[[dict[str, Any]], bool], wrong: str) -> str:
    end = time.monotonic() + SLOW_MS / 1000
    while True:
        at = looked(page, LOOK)
        if at and right(at) and at["seen"] and at["ring"]:
            return str(at["name"])
        assert time.monotonic() < end, f"{wrong}: {at}"
        page.wait_for_timeout(PAUSE_MS)


def _shown(at: dict[str, Any]) -> str:
    assert at["seen"], f"the keyboard is somewhere out of sight: {at}"
    assert at["ring"], f"nothing shows where the keyboard is: {at}"
    return str(at["name"])


def tab_to(page: Page, name: str, back: bool = False) -> None:
    """Tab until what has the keyboard begins with ``name`` (a pattern), seeing every stop on the way."""
    passed = []
    for _ in range(FAR):
        page.keyboard.press("Shift+Tab" if back else "Tab")
        if page.evaluate("() => document.activeElement === document.body"):
            continue  # the browser's own stop between the end and the beginning
        passed.append(visible(page))
        if re.match(name, passed[-1]):
            return
    raise AssertionError(f"Tab never came to {name}: {passed}")


def go(page: Page, name: str) -> None:
    """Tab to a link or button and press Enter."""
    tab_to(page, name)
    page.keyboard.press("Enter")


def skip(page: Page) -> None:
    """The first stop of a page leads past what every page has."""
    page.keyboard.press("Tab")
    arrive(page, "跳到正文$")
    page.keyboard.press("Enter")
    comes(page, "() => document.activeElement.id", lambda name: name == "main")


def missed(page: Page) -> list[str]:
    """What Tab does not reach in one round from the top of the page; fails where a stop cannot be seen."""
    begun(page)
    settled(page)
    stops, walked = page.evaluate(STOPS), []
    for _ in range(PARTS):
        for _ in stops:
            page.keyboard.press("Tab")
        walked = [at for at in page.evaluate("() => window.walked") if at["stop"] >= 0]
        if [at["stop"] for at in walked].count(0) > 1:
            break
    for at in walked:
        _shown(at)
    reached = {at["stop"] for at in walked}
    return [stop for number, stop in enumerate(stops) if number not in reached]
