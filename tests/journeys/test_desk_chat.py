"""A conversation taken over, in a real browser, with WeChat's simulator on the other side."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.support.chromium import opened
from tests.support.console_people import fill_sign_in
from tests.support.desk_rig import EVENING, DeskRig, desk_rig, until
from tests.support.pages import heard, scripts_held

pytestmark = [pytest.mark.browser, pytest.mark.shared, pytest.mark.timeout(900)]
OPENID = "oDesk{:024d}"


@pytest.fixture(scope="module")
def rig(tmp_path_factory: pytest.TempPathFactory) -> Iterator[DeskRig]:
    with desk_rig(tmp_path_factory.mktemp("desk")) as rig:
        yield rig


@pytest.fixture
def citizen(request: pytest.FixtureRequest) -> str:
    return OPENID.format(abs(hash(request.node.name)) % 10**20)


@pytest.fixture
def desk(browser: Browser) -> Iterator:
    contexts = []

    def sign_in(rig: DeskRig, login: str = "lan", size: tuple[int, int] = (1366, 768)) -> Page:
        contexts.append(opened(browser, size))
        page = contexts[-1].new_page()
        page.goto(f"{rig.base}/staff/login?next=/desk/queue")
        fill_sign_in(page, login)
        expect(page.get_by_role("heading", name="转人工")).to_be_visible()
        return page

    yield sign_in
    for context in contexts:
        context.close()


def take(page: Page) -> None:
    """Claim the ticket that has just appeared."""
    page.get_by_role("button", name="接单").first.click()
    joined(page)


def joined(page: Page) -> None:
    """Wait until the page of a conversation can send and hears what comes."""
    expect(page.locator("#say")).to_be_visible()
    expect(page.locator("[data-connected=yes]")).to_be_visible()


def say(page: Page, text: str) -> None:
    page.locator("#words").fill(text)
    page.keyboard.press("Enter")
    expect(page.locator("#lines li.operator").last).to_contain_text(text)


def close(page: Page) -> None:
    page.get_by_role("button", name="结束，交还助手").click()
    page.wait_for_url("**/desk/queue")
    expect(page.get_by_role("heading", name="转人工")).to_be_visible()


def test_handed_over_chatted_both_ways_and_given_back(rig, desk, citizen) -> None:
    page = desk(rig)
    expect(page.get_by_role("button", name="接单")).to_have_count(0)
    assert "已为您转给人工" in rig.hears(citizen, "人工")
    expect(page.get_by_role("button", name="接单")).to_have_count(1)
    take(page)
    assert rig.writes(citizen, "押金不退怎么办") == ""
    expect(page.locator("#lines li.citizen")).to_have_text("市民押金不退怎么办")
    say(page, "您好，合同带了吗？")
    until(lambda: "您好，合同带了吗？" in rig.got(citizen))
    expect(page.locator("#lines .fate").last).to_have_text("已送达微信")
    assert rig.writes(citizen, "带了") == ""
    expect(page.locator("#lines li.citizen")).to_have_count(2)
    close(page)
    assert "公积金" in rig.hears(citizen, "公积金是什么")


def test_what_comes_while_the_operator_looks_elsewhere_is_counted_in_the_title(rig, desk, citizen) -> None:
    rig.writes(citizen, "人工")
    page = desk(rig)
    take(page)
    page.evaluate("() => { document.hasFocus = () => false; }")
    title = re.sub(r"^（\d+）", "", page.title())  # what came before may be counted already
    for number in (1, 2):
        assert rig.writes(citizen, f"第{number}句") == ""
        expect(page).to_have_title(re.compile(rf"^（[{number}-9]）{re.escape(title)}$"))
    page.evaluate("() => window.dispatchEvent(new Event('focus'))")
    expect(page).to_have_title(title)
    close(page)


def test_the_room_wechat_leaves_is_shown_and_shrinks_with_each_text(rig, desk, citizen) -> None:
    rig.writes(citizen, "人工")
    page = desk(rig)
    take(page)
    before = page.locator("#room").inner_text()
    assert "还能发" in before
    assert "截止" in before
    say(page, "您好")
    expect(page.locator("#room")).not_to_have_text(before)
    close(page)


def test_canned_answers_are_put_in_by_search(rig, desk, citizen) -> None:
    rig.writes(citizen, "人工")
    page = desk(rig)
    take(page)
    page.locator("#canned-query").fill("yajin")
    page.locator("#canned button").first.click()
    expect(page.locator("#words")).to_have_value(re.compile("依据"))
    close(page)


def test_two_operators_cannot_have_one_citizen(rig, desk, citizen) -> None:
    rig.writes(citizen, "人工")
    first, second = desk(rig, "lan"), desk(rig, "mei")
    second.route("**/desk/queue/rows", lambda route: route.abort())
    expect(second.get_by_role("button", name="接单")).to_have_count(1)
    take(first)
    second.get_by_role("button", name="接单").first.click()
    expect(second.get_by_role("alert")).to_contain_text("已经被别人接走")
    close(first)


def test_nothing_is_lost_when_the_operators_browser_dies(rig, desk, citizen) -> None:
    rig.writes(citizen, "人工")
    page = desk(rig)
    take(page)
    address = page.url
    say(page, "请稍等")
    page.context.close()
    assert rig.writes(citizen, "您还在吗") == ""
    again = desk(rig)
    again.goto(address)
    expect(again.locator("#lines li.operator")).to_contain_text("请稍等")
    expect(again.locator("#lines li.citizen")).to_contain_text("您还在吗")
    close(again)


def test_a_broken_line_comes_back_with_what_was_missed(rig, desk, citizen) -> None:
    rig.writes(citizen, "人工")
    page = desk(rig)
    take(page)
    page.context.set_offline(True)
    for number in range(3):
        assert rig.writes(citizen, f"断线时第{number}句") == ""
    page.context.set_offline(False)
    for number in range(3):
        expect(page.locator("#lines li.citizen").nth(number)).to_contain_text(f"断线时第{number}句")
    close(page)


def test_an_app_killed_and_restarted_loses_no_line(rig, desk, citizen) -> None:
    rig.writes(citizen, "人工")
    page = desk(rig)
    take(page)
    rig.kill("app")
    rig.start_app()
    assert rig.writes(citizen, "重启以后") == ""
    expect(page.locator("#lines li.citizen")).to_contain_text("重启以后")
    say(page, "我还在")
    until(lambda: "我还在" in rig.got(citizen))
    close(page)


def test_words_written_before_the_scripts_came_outlive_the_session(rig, desk, citizen) -> None:
    rig.writes(citizen, "人工")
    page = desk(rig)
    take(page)
    place = page.url
    with scripts_held(page):
        page.goto(place, wait_until="commit")
        page.locator("#words").fill("您好，请稍等。")
    joined(page)
    page.context.clear_cookies()
    page.locator("#words").press("Enter")
    fill_sign_in(page, "lan")
    page.wait_for_url(place)
    expect(page.locator("#words")).to_have_value("您好，请稍等。")
    close(page)


def test_a_citizen_who_unsubscribes_is_gone_from_the_desk(rig, desk, citizen) -> None:
    rig.writes(citizen, "人工")
    page = desk(rig)
    take(page)
    rig.leaves(citizen)
    expect(page.locator('[data-state="gone"]')).to_be_visible()
    page.locator("#words").fill("还在吗")
    page.keyboard.press("Enter")
    heard(page, "没有发送")
    assert "还在吗" not in rig.got(citizen)


def test_out_of_hours_a_wish_is_left_and_kept(browser, desk, citizen, tmp_path) -> None:
    with desk_rig(tmp_path, EVENING) as rig:
        assert "不在人工服务时间" in rig.hears(citizen, "人工")
        assert "记下了" in rig.hears(citizen, "要回电")
        page = desk(rig)
        page.goto(f"{rig.base}/desk/callbacks")
        page.get_by_role("button", name="去联系").click()
        joined(page)
        say(page, "您昨晚留了话，我来帮您。")
        until(lambda: "您昨晚留了话，我来帮您。" in rig.got(citizen))
        close(page)
        page.goto(f"{rig.base}/desk/callbacks")
        page.locator('select[name="result"]').select_option("reached")
        page.get_by_role("button", name="记下").click()
        expect(page.get_by_text("没有待回电的。")).to_be_visible()
        expect(page.get_by_text("联系上了")).to_be_visible()
