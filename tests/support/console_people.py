"""Content staff in real browsers: accounts made as an operator makes them, one signed-in page each."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.support.chromium import opened
from tests.support.staff import PASSWORD

PEOPLE = (("bianji", "editor"), ("shenhe", "reviewer"), ("guanli", "admin"))


def hire(root: Path, environment: dict[str, str]) -> None:
    """Accounts for an editor, a reviewer and an administrator, by the command line of the checkout."""
    for login, role in PEOPLE:
        done = subprocess.run(
            [sys.executable, "-m", "bot.cli", "staff", "add", login, "--role", role],
            cwd=root, env=environment, input=f"{PASSWORD}\n", capture_output=True, text=True,
        )  # fmt: skip
        assert done.returncode == 0, done.stderr


def fill_sign_in(page: Page, login: str) -> None:
    """Fill in the sign-in form that is open, and send it."""
    page.get_by_label("登录名").fill(login)
    page.get_by_label("密码").fill(PASSWORD)
    page.get_by_role("button", name="登录").click()


class Office:
    """Opens signed-in pages of a service; ``close`` ends them all."""

    def __init__(self, browser: Browser, url: str) -> None:
        self._browser = browser
        self._url = url
        self._contexts: list[BrowserContext] = []

    def __call__(self, login: str, size: tuple[int, int] = (1366, 768)) -> Page:
        context = opened(self._browser, size)
        self._contexts.append(context)
        page = context.new_page()
        page.goto(f"{self._url}/console")
        fill_sign_in(page, login)
        expect(page.get_by_role("heading", name="今天要看的")).to_be_visible()
        return page

    def close(self) -> None:
        for context in self._contexts:
            context.close()


def reply(browser: Browser, url: str, text: str) -> str:
    """What a new citizen gets in the try page."""
    context = opened(browser)
    page = context.new_page()
    page.goto(f"{url}/try")
    expect(page.locator(".theirs .meta")).to_have_count(1)
    page.get_by_label("要问的话").fill(text)
    page.get_by_role("button", name="发送").click()
    expect(page.locator(".theirs .meta")).to_have_count(2)
    said = page.locator(".theirs").last.inner_text()
    context.close()
    return said
