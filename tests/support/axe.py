"""axe-core over a page that is open in a browser, by the script its package carries: no network."""

from __future__ import annotations

from typing import Any

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

_AXE = Axe()
OPTIONS = {"resultTypes": ["violations"], "rules": {"target-size": {"enabled": True}}}
"""Only what is wrong; targets' size belongs to WCAG 2.2 AA and is off unless asked for."""
OPEN_ALL = """() => {
  document.querySelectorAll('details').forEach(each => { each.open = true; });
  document.querySelectorAll('.bar').forEach(each => { each.style.position = 'static'; });
}"""
"""What stays at the edge of the window hides something only until one scrolls."""


def faults(page: Page) -> list[str]:
    """One line per fault and element, of whatever impact, with everything that can be unfolded unfolded."""
    page.evaluate(OPEN_ALL)
    return [
        f"{found['impact']} {found['id']} {node['target']} {node['html'][:160]}: {_why(node)}"
        for found in _AXE.run(page, options=OPTIONS).response["violations"]
        for node in found["nodes"]
    ]


def _why(node: dict[str, Any]) -> str:
    return "；".join(each["message"] for each in (*node["any"], *node["all"], *node["none"]))[:240]
