"""Content staff in a real browser: change, review, publish, go back, stop; the citizen's reply follows."""

from __future__ import annotations

import io
import os
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from openpyxl import load_workbook
from playwright.sync_api import Browser, Page, expect

from tests.journeys.conftest import ROOT
from tests.support import console_people
from tests.support.console_people import hire
from tests.support.desk_rig import until
from tests.support.environment import clean_environment
from tests.support.pages import fits

pytestmark = [pytest.mark.browser, pytest.mark.rasa, pytest.mark.timeout(900)]
KEY = "housing_fund.rent_withdrawal@chengdu"
ASKED = "成都租房提公积金"
PICTURES = os.environ.get("CONSOLE_PICTURES", "")


@pytest.fixture(scope="module")
def staff(service) -> None:
    hire(ROOT, clean_environment(NEWCITIZEN_STATE=str(service.state), PYTHONPATH=str(ROOT)))


@pytest.fixture
def office_url(service, staff) -> str:
    return service.url


def picture(page: Page, name: str) -> None:
    if PICTURES:
        page.screenshot(path=Path(PICTURES) / f"{name}.png", full_page=True)


def reply(browser: Browser, service, text: str = ASKED) -> str:
    return console_people.reply(browser, service.url, text)


def answers(browser: Browser, service, right: Callable[[str], bool], text: str = ASKED) -> None:
    """A citizen asks until the reply is right: what is published is served a moment later."""
    until(lambda: right(reply(browser, service, text)))


def draft_of(page: Page, service, conclusion: str) -> str:
    """Change the conclusion; wait until it is saved and shown; gives the draft's address."""
    page.goto(f"{service.url}/console/records/answers/{KEY}")
    page.get_by_role("button", name="修改").click()
    page.get_by_label(re.compile("^结论")).fill(conclusion)
    expect(page.locator("#saved")).to_contain_text("已保存")
    expect(page.locator("#preview .bubble").first).to_contain_text(conclusion)
    picture(page, "editor")
    return page.url


def test_a_change_is_reviewed_published_and_taken_back(enter, browser, service) -> None:
    new = "可以提，租房的先看这几条。"
    assert new not in reply(browser, service)
    editor, reviewer = enter("bianji"), enter("shenhe")
    place = draft_of(editor, service, new)
    editor.get_by_role("button", name="看对照、检查和提交").click()
    expect(editor.locator("#gate")).to_contain_text("检查通过")
    changed = editor.locator("details", has_text="会变").filter(has_text="成都")
    changed.locator("summary").last.click()
    expect(changed.last.locator(".bubble").last).to_contain_text(new)
    picture(editor, "review")
    editor.get_by_role("button", name="提交审核").click()
    expect(editor.get_by_text("等审核")).to_be_visible()
    reviewer.goto(f"{place}/review")
    reviewer.get_by_role("button", name="批准并发布").click()
    expect(reviewer.get_by_text("已发布")).to_be_visible()
    answers(browser, service, lambda said: new in said)

    reviewer.goto(f"{service.url}/console/records/answers/{KEY}")
    reviewer.get_by_text("第 1 版").click()
    reviewer.on("dialog", lambda dialog: dialog.accept())
    reviewer.get_by_label("理由").first.fill("演练退回")
    picture(reviewer, "record")
    reviewer.get_by_role("button", name="退回到这一版").first.click()
    expect(reviewer.get_by_text("演练退回")).to_be_visible()
    answers(browser, service, lambda said: new not in said)


def test_the_first_words_to_a_victim_are_moved_reworded_and_live(enter, browser, service) -> None:
    new, asked = "先停手，一分钱都不要再转出去。", "我刚把两万块打给骗子了"
    assert new not in reply(browser, service, asked)
    editor, reviewer = enter("bianji"), enter("shenhe")
    editor.goto(f"{service.url}/console/records/steps/steps")
    editor.get_by_role("button", name="修改").click()
    editor.locator("textarea[name='blocks.stop_paid']").fill(new)
    first = editor.locator("#preview .bubble").first
    expect(first).to_contain_text(new)
    editor.get_by_role("button", name="下移：已经把钱转给骗子第 1 句").click()
    expect(first).to_contain_text(re.compile(rf"^①.*{new}", re.DOTALL))
    expect(editor.locator("[id='down.sequences.just_paid.stop_paid']")).to_be_focused()
    place = editor.url
    editor.get_by_role("button", name="看对照、检查和提交").click()
    editor.get_by_role("button", name="提交审核").click()
    expect(editor.get_by_text("等审核")).to_be_visible()
    reviewer.goto(f"{place}/review")
    reviewer.get_by_role("button", name="批准并发布").click(no_wait_after=True)
    expect(reviewer.get_by_text("已发布")).to_be_visible()
    answers(browser, service, lambda said: new in said, asked)


def test_a_red_gate_cannot_be_pressed(enter, service) -> None:
    editor, reviewer = enter("bianji"), enter("shenhe")
    place = draft_of(editor, service, "每月保证能提9876元。")
    editor.goto(f"{place}/review")
    expect(editor.locator("#gate")).to_contain_text("没有通过，不能发布")
    editor.get_by_role("button", name="提交审核").click()
    expect(editor.get_by_text("等审核")).to_be_visible()
    reviewer.goto(f"{place}/review")
    expect(reviewer.get_by_role("button", name="批准并发布")).to_be_disabled()
    picture(reviewer, "gate")
    editor.goto(f"{place}/review")
    editor.on("dialog", lambda dialog: dialog.accept())
    editor.get_by_role("button", name="放弃").click()
    expect(editor.get_by_text("已放弃")).to_be_visible()


def test_the_kill_switch_stops_answers_and_keeps_the_menu(enter, browser, service) -> None:
    page = enter("guanli")
    page.goto(f"{service.url}/console/emergency")
    page.on("dialog", lambda dialog: dialog.accept())
    card = page.locator("form.card", has_text="停用整个助手")
    card.get_by_label("理由").fill("演练")
    picture(page, "emergency")
    card.get_by_role("button", name="停用助手").click()
    expect(page.get_by_text("关掉，恢复正常")).to_be_visible()
    assert "助手正在检修" in reply(browser, service)
    assert "请选一个" in reply(browser, service, "菜单")
    page.get_by_role("button", name="关掉，恢复正常").click()
    expect(page.get_by_text("都关着")).to_be_visible()
    assert "助手正在检修" not in reply(browser, service)


PAGES = ["", "/answers", "/records", "/reviews", "/questions", "/coverage", "/due", "/charts", "/emergency"]
PAGES += ["/alarm", "/transfer", "/examples", "/training", "/stored", "/help"]
NAMELESS = """() => [...document.querySelectorAll(
    'input:not([type=hidden]), select, textarea, button, a[href]')]
  .filter(e => !(e.labels && e.labels.length) && !e.getAttribute('aria-label') && !e.textContent.trim())
  .map(e => e.outerHTML)"""


@pytest.mark.parametrize("size", [(1366, 768), (390, 844)], ids=["desk", "phone"])
def test_every_page_fits_speaks_and_can_be_used_by_keyboard(enter, service, size) -> None:
    page = enter("guanli", size)
    complaints: list[str] = []
    page.on("console", lambda said: complaints.append(said.text) if said.type == "error" else None)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    for path in PAGES:
        page.goto(f"{service.url}/console{path}")
        picture(page, f"page{path.replace('/', '-')}-{size[0]}")
        fits(page)
        assert page.locator("h1").count() == 1, path
        nameless = page.evaluate(NAMELESS)
        assert nameless == [], path
        page.keyboard.press("Tab")
        expect(page.locator("a.skip")).to_be_focused()
    assert complaints == []


def workbook(page: Page, **cells: str) -> tuple[str, dict]:
    """The exported contact points with cells of the first row changed: its key, and a file to upload."""
    with page.expect_download() as download:
        page.get_by_role("link", name="联系点（XLSX）").click()
    book = load_workbook(io.BytesIO(Path(download.value.path()).read_bytes()))
    sheet = book.worksheets[0]
    heads = [str(cell.value).split("（")[-1].rstrip("）") for cell in sheet[1]]
    for name, text in cells.items():
        sheet.cell(2, heads.index(name) + 1).value = text
    out = io.BytesIO()
    book.save(out)
    file = {"name": "联系点.xlsx", "mimeType": "application/octet-stream", "buffer": out.getvalue()}
    return str(sheet.cell(2, 1).value), file


def bring_in(page: Page, service, file: dict, button: str) -> None:
    page.goto(f"{service.url}/console/transfer")
    page.get_by_label("导入什么").select_option("contacts")
    page.get_by_label(re.compile("^文件")).set_input_files(files=[file])  # type: ignore[list-item]
    page.get_by_role("button", name=button).click()


def test_a_table_with_bad_rows_is_mended_and_brought_in(enter, service) -> None:
    editor, reviewer = enter("bianji"), enter("shenhe")
    editor.goto(f"{service.url}/console/transfer")
    _, bad = workbook(editor, confidence="大概", purpose="演练：问公积金的事")
    bring_in(editor, service, bad, "导入，交给审核")
    expect(editor.get_by_text("1 行有错")).to_be_visible()
    expect(editor.get_by_text("现在什么都没有动")).to_be_visible()
    picture(editor, "import-faults")
    editor.goto(f"{service.url}/console/transfer")
    key, good = workbook(editor, purpose="演练：问公积金的事")
    bring_in(editor, service, good, "先试一遍")
    expect(editor.get_by_text("1 行会改，0 行有错")).to_be_visible()
    bring_in(editor, service, good, "导入，交给审核")
    expect(editor.get_by_text("等审核")).to_be_visible()
    reviewer.goto(f"{service.url}/console/reviews")
    reviewer.locator("input[name=edits]").check()
    reviewer.on("dialog", lambda dialog: dialog.accept())
    reviewer.get_by_role("button", name=re.compile("批准")).click()
    expect(reviewer.locator("input[name=edits]")).to_have_count(0)
    reviewer.goto(f"{service.url}/console/records/contacts/{key}")
    expect(reviewer.get_by_text("第 2 版（现在）")).to_be_visible()
