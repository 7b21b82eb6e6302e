"""Search with the keyboard alone, in a real browser, at an office screen and on a phone."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.support.chromium import opened
from tests.support.console_people import fill_sign_in
from tests.support.desk_rig import DeskRig, desk_rig
from tests.support.pages import fits, heard, scripts_held

pytestmark = [pytest.mark.browser, pytest.mark.shared, pytest.mark.timeout(900)]


@pytest.fixture(scope="module")
def rig(tmp_path_factory: pytest.TempPathFactory) -> Iterator[DeskRig]:
    with desk_rig(tmp_path_factory.mktemp("find")) as rig:
        yield rig


@pytest.fixture(params=[(1366, 768), (390, 844)], ids=["office", "phone"])
def page(request: pytest.FixtureRequest, browser: Browser, rig: DeskRig) -> Iterator[Page]:
    context = opened(browser, request.param, permissions=["clipboard-read", "clipboard-write"])
    page = context.new_page()
    page.goto(f"{rig.base}/staff/login?next=/desk")
    fill_sign_in(page, "lan")
    page.wait_for_url("**/desk")
    expect(page.locator("#typed")).to_be_focused()
    yield page
    context.close()


def test_found_copied_read_and_reported_without_a_mouse(page: Page) -> None:
    complaints: list[str] = []
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.keyboard.type("yajin")
    expect(page.locator("#results")).to_have_attribute("data-done", "yajin|")
    expect(page.locator(".hits li[aria-selected=true]")).to_contain_text("押金退还")
    expect(page.locator("article.whole:visible")).to_contain_text("依据：")
    page.keyboard.press("Enter")
    page.keyboard.press("c")
    heard(page, "已复制")
    copied = page.evaluate("() => navigator.clipboard.readText()")
    assert "链接：" in copied
    assert "rental.deposit_refund" in copied
    page.keyboard.press("k")
    expect(page.locator("[data-voice=spoken]:visible")).to_be_visible()
    page.keyboard.press("x")
    page.keyboard.type("来电人说期限不对")
    page.keyboard.press("Enter")
    heard(page, "已经报给内容后台")
    page.keyboard.press("/")
    expect(page.locator("#typed")).to_be_focused()
    page.keyboard.press("ArrowDown")
    expect(page.locator("#hit-1")).to_have_attribute("aria-selected", "true")
    assert complaints == []


def test_what_was_typed_before_the_scripts_came_is_searched(page: Page, rig: DeskRig) -> None:
    with scripts_held(page):
        page.goto(f"{rig.base}/desk", wait_until="commit")
        expect(page.locator("#typed")).to_be_focused()
        page.keyboard.type("yajin")
    expect(page.locator(".hits li[aria-selected=true]")).to_contain_text("押金退还")


def test_the_city_sticks(page: Page, rig: DeskRig) -> None:
    page.locator("#city").select_option("chengdu")
    page.locator("#typed").fill("公积金租房")
    expect(page.locator(".hits li").first).to_contain_text("成都")
    page.goto(f"{rig.base}/desk")
    expect(page.locator("#city")).to_have_value("chengdu")


@pytest.mark.parametrize(
    "path", ["/desk?q=押金", "/desk/queue", "/desk/callbacks", "/desk/check", "/desk/copies"]
)
def test_no_page_is_wider_than_the_window(page: Page, rig: DeskRig, path: str) -> None:
    page.goto(f"{rig.base}{path}")
    fits(page)


def test_a_caller_is_checked_in_one_page(page: Page, rig: DeskRig) -> None:
    page.goto(f"{rig.base}/desk/check")
    page.locator("main section a").first.click()
    page.wait_for_url("**/desk/check?id=*")
    expect(page.locator("[data-verdict=unclear]")).to_be_visible()
    for group in page.locator("fieldset").all():
        group.locator("input").first.check()
    expect(page.locator("#verdict")).to_contain_text("口播")
    expect(page.locator("#verdict")).to_contain_text("依据")
