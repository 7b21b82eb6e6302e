"""Takes the pictures of the help pages from the console itself, on test data.

Run as ``.venv/bin/python -m tests.journeys.help_pictures``; writes ``bot/console/static/help/*.webp`` and
says how large they are. Nobody's data is on them: questions and people are made up here.
"""

from __future__ import annotations

import base64
import re
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from playwright.sync_api import Page, expect, sync_playwright

from bot.settings import load_settings
from bot.supervise import run
from bot.supervise.secrets import complete
from store.database import Database
from tests.journeys.conftest import ROOT
from tests.support.boards import KEY, furnish
from tests.support.chromium import launched
from tests.support.console_people import Office, hire
from tests.support.environment import clean_environment

TARGET = ROOT / "bot" / "console" / "static" / "help"
SIZE = (1100, 700)
SCALE = 0.8
QUALITY = 60
CLOCK = "2026-11-20T10:30:00+08:00"


def take(page: Page, name: str, top: str = "") -> None:
    """A picture of what the window shows, from the first element matching ``top`` down."""
    if top:
        page.locator(top).first.evaluate(
            "e => window.scrollTo(0, window.scrollY + e.getBoundingClientRect().top - 12)"
        )
    page.wait_for_timeout(300)
    clip = {"x": 0, "y": page.evaluate("window.scrollY"), "width": SIZE[0], "height": SIZE[1], "scale": SCALE}
    session = page.context.new_cdp_session(page)
    shot = session.send(
        "Page.captureScreenshot",
        {"format": "webp", "quality": QUALITY, "clip": clip, "captureBeyondViewport": True},
    )
    data = base64.b64decode(shot["data"])
    (TARGET / f"{name}.webp").write_bytes(data)
    print(f"{name}.webp {len(data) / 1000:.0f} kB")


def answers(office: Office, url: str) -> None:
    """Editing, reviewing and going back."""
    editor, reviewer = office("bianji", SIZE), office("shenhe", SIZE)
    editor.goto(f"{url}/console/records/answers/{KEY}")
    editor.get_by_role("button", name="修改").click()
    editor.get_by_label(re.compile("^结论")).fill("可以提，租房的先看这几条。")
    expect(editor.locator("#saved")).to_contain_text("已保存")
    take(editor, "editor")
    editor.get_by_role("button", name="在“数额”里插入数字").click()
    editor.get_by_role("dialog").get_by_label("查找").fill("租房提取")
    take(editor, "figures")
    editor.keyboard.press("Escape")
    place = editor.url
    editor.goto(f"{place}/review")
    expect(editor.locator("#gate")).to_be_visible()
    editor.locator("details.card").first.locator("summary").click()
    take(editor, "review-start")
    editor.get_by_role("button", name="提交审核").click()
    reviewer.goto(f"{place}/review")
    expect(reviewer.locator("#gate")).to_be_visible()
    take(reviewer, "checks", "#checks")
    reviewer.locator("details", has_text="会变").last.locator("summary").click()
    take(reviewer, "stored", "h2:has-text('存着的问题')")
    reviewer.get_by_role("button", name="批准并发布").click()
    expect(reviewer.get_by_text("已发布")).to_be_visible()
    reviewer.goto(f"{url}/console/records/answers/{KEY}")
    reviewer.get_by_text("第 1 版").click()
    take(reviewer, "history", "h2:has-text('历史')")


def boards(office: Office, url: str) -> None:
    """Every other page."""
    page = office("guanli", SIZE)
    page.goto(f"{url}/console/questions")
    page.locator("details.card summary").first.click()
    take(page, "questions")
    for path in ("emergency", "training", "due", "coverage"):
        page.goto(f"{url}/console/{path}")
        take(page, path)
    page.goto(f"{url}/console/examples?need={KEY.split('@')[0]}")
    take(page, "examples")
    bad = "bank,branch,city,address,source,checked_on\n某银行,一支行,成都,,名单,上周\n".encode()
    page.goto(f"{url}/console/transfer")
    page.get_by_label("导入什么").select_option("branches")
    file = {"name": "网点.csv", "mimeType": "text/csv", "buffer": bad}
    page.get_by_label(re.compile("^文件")).set_input_files(files=[file])  # type: ignore[list-item]
    page.get_by_role("button", name="先试一遍").click()
    take(page, "import")


def main() -> None:
    TARGET.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        named = {"NEWCITIZEN_STATE": folder, "NEWCITIZEN_CLOCK": CLOCK}
        environment = clean_environment(PYTHONPATH=str(ROOT), **named)
        settings = run.addressed(complete(load_settings(named, None)))
        url = f"http://127.0.0.1:{settings.port}"
        hire(ROOT, environment)
        log = (Path(folder) / "app.log").open("w")
        command, env = [sys.executable, "-m", "bot.app"], run.child_environment(settings)
        with subprocess.Popen(command, cwd=ROOT, env=env, stdout=log, stderr=log) as app:
            try:
                while not run.fetch(f"{url}/staff/login"):
                    assert app.poll() is None, (Path(folder) / "app.log").read_text()
                    time.sleep(0.2)
                furnish(Database(settings.database))
                with sync_playwright() as playwright:
                    chromium = launched(playwright, "--lang=zh-CN")
                    office = Office(chromium, url)
                    answers(office, url)
                    boards(office, url)
                    chromium.close()
            finally:
                app.terminate()


if __name__ == "__main__":
    main()
