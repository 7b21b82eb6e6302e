"""The try page in a real browser: a citizen asks, sees the answer and its grounds, taps on."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.support.pages import fits

pytestmark = [pytest.mark.browser, pytest.mark.rasa, pytest.mark.timeout(900)]
SIZES = [pytest.param((1366, 768), id="desk"), pytest.param((390, 844), id="phone")]
CITIES = ["成都", "北京", "上海", "重庆", "新乡"]


def open_try(visit, service) -> Page:
    page = visit.page
    page.goto(f"{service.url}/try")
    expect(page.locator(".theirs .meta")).to_have_count(1)
    return page


def ask(page: Page, text: str) -> Locator:
    """Type a question and send it; gives the reply."""
    before = page.locator(".theirs .meta").count()
    page.get_by_label("要问的话").fill(text)
    page.get_by_role("button", name="发送").click()
    expect(page.locator(".theirs .meta")).to_have_count(before + 1)
    return page.locator(".theirs").last


@pytest.mark.parametrize("visit", SIZES, indirect=True)
def test_a_citizen_asks_and_gets_a_cited_answer(visit, service, tmp_path: Path) -> None:
    page = open_try(visit, service)
    reply = ask(page, "在成都租房，公积金能提吗")
    expect(reply).to_contain_text("成都")
    expect(reply).to_contain_text("成金发〔2022〕75号")
    expect(reply).to_contain_text("核验")
    expect(reply).to_contain_text("12329")
    expect(reply.locator(".outcome")).to_have_text("已答复")
    picture = tmp_path / "try.png"
    page.screenshot(path=picture)
    assert picture.stat().st_size > 20_000
    fits(page)
    for part in (
        page.get_by_role("heading", name="新市民助手"),
        page.get_by_label("要问的话"),
        reply.locator(".meta"),
    ):
        expect(part).to_be_in_viewport()
    assert visit.complaints == []


@pytest.mark.parametrize("visit", SIZES, indirect=True)
def test_nothing_is_asked_of_anybody_else(visit, service) -> None:
    page = open_try(visit, service)
    ask(page, "公积金是什么")
    assert {urlsplit(url).netloc for url in visit.requested} == {urlsplit(service.url).netloc}


@pytest.mark.parametrize("visit", SIZES, indirect=True)
def test_every_control_is_big_enough_and_has_a_name(visit, service) -> None:
    page = open_try(visit, service)
    for control in page.locator("button:visible, select:visible, input:visible, textarea:visible").all():
        box = control.bounding_box()
        assert box
        assert box["height"] >= 24
        assert control.evaluate("e => (e.labels && e.labels.length) || e.textContent.trim().length") > 0


@pytest.mark.parametrize("city", CITIES)
def test_choosing_a_city_answers_for_it(visit, service, city: str) -> None:
    page = open_try(visit, service)
    page.get_by_label("我在哪个城市").select_option(city)
    expect(page.locator(".theirs .meta")).to_have_count(2)
    reply = ask(page, "租房能提公积金吗")
    expect(reply).to_contain_text(city)
    for other in set(CITIES) - {city}:
        expect(reply).not_to_contain_text(other)
    expect(reply).to_contain_text("依据")


def test_without_a_city_it_asks_and_a_tap_answers(visit, service) -> None:
    page = open_try(visit, service)
    reply = ask(page, "租房能提公积金吗")
    expect(reply.locator(".outcome")).to_have_text("问城市")
    reply.get_by_role("button", name="上海").click()
    expect(page.locator(".theirs .meta")).to_have_count(3)
    expect(page.locator(".mine .bubble").last).to_have_text("上海")
    expect(page.locator(".theirs").last).to_contain_text("上海")


def test_the_chosen_day_changes_the_answer(visit, service) -> None:
    page = open_try(visit, service)
    today = ask(page, "在成都租房，公积金能提吗")
    expect(today.locator(".outcome")).to_have_text("已答复")
    page.get_by_label("当作哪一天来答").fill("2036-01-01")
    later = ask(page, "在成都租房，公积金能提吗")
    expect(later.locator(".outcome")).not_to_have_text("已答复")


def test_the_whole_answer_is_a_page_of_its_own(visit, service) -> None:
    page = open_try(visit, service)
    ask(page, "在成都租房，公积金能提吗").get_by_role("link", name="看全文").click()
    expect(page.get_by_role("heading", name="租房提取")).to_be_visible()
    expect(page.get_by_role("heading", name="依据")).to_be_visible()
    fits(page)


def test_another_citizen_starts_with_nothing_remembered(visit, service) -> None:
    page = open_try(visit, service)
    ask(page, "我在成都")
    page.get_by_role("button", name="换一位市民").click()
    expect(page.locator(".theirs .meta")).to_have_count(1)
    expect(page.locator(".mine")).to_have_count(0)
    expect(ask(page, "租房能提公积金吗").locator(".outcome")).to_have_text("问城市")


def test_the_keyboard_is_enough(visit, service) -> None:
    page = open_try(visit, service)
    page.get_by_label("要问的话").focus()
    page.keyboard.type("公积金是什么")
    page.keyboard.press("Enter")
    expect(page.locator(".theirs .meta")).to_have_count(2)
    expect(page.get_by_label("要问的话")).to_be_focused()


def test_what_is_out_of_scope_is_declined_with_what_can_be_asked(visit, service) -> None:
    page = open_try(visit, service)
    reply = ask(page, "今天天气怎么样")
    expect(reply).to_contain_text("公积金")
    expect(reply.locator(".outcome")).to_have_text("不在范围内")


def test_markup_in_a_message_stays_text(visit, service) -> None:
    page = open_try(visit, service)
    ask(page, "<img src=x onerror=alert(1)> ]]> 公积金")
    expect(page.locator(".mine .bubble").last).to_have_text("<img src=x onerror=alert(1)> ]]> 公积金")
    assert page.locator(".log img").count() == 0
    assert visit.complaints == []


def test_messages_sent_quickly_are_answered_in_order(visit, service) -> None:
    page = open_try(visit, service)
    for text in ("我在成都", "我在北京", "租房能提公积金吗"):
        page.get_by_label("要问的话").fill(text)
        page.keyboard.press("Enter")
    expect(page.locator(".theirs .meta")).to_have_count(4)
    expect(page.locator(".theirs").last).to_contain_text("北京")
