"""A figure is put into an answer by its name, at the cursor, with a keyboard alone."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from content.find import Library
from content.load import load_library
from content.model import Fact
from tests.journeys.conftest import ROOT
from tests.support.axe import faults
from tests.support.console_people import Office
from tests.support.full_office import FullOffice
from tests.support.keyboard import arrive, tab_to
from tests.support.pages import comes

pytestmark = [pytest.mark.browser, pytest.mark.shared, pytest.mark.timeout(900)]
KEY = "housing_fund.rent_withdrawal@chengdu"


@pytest.fixture
def office_url(office: FullOffice) -> str:
    return office.base


@pytest.fixture(scope="module")
def library() -> Library:
    return load_library(ROOT / "content")


@pytest.fixture(scope="module")
def figure(library: Library) -> Fact:
    """A figure of the city whose name finds it alone."""
    names = [fact.name for fact in library.facts.values()]
    local = (fact for fact in library.facts.values() if fact.scope == "chengdu")
    return next(fact for fact in local if sum(fact.name in name for name in names) == 1)


@pytest.fixture
def editor(enter: Office, office: FullOffice) -> Page:
    page = enter("bianji")
    page.goto(office.base + office.post(page, "/console/edit", kind="answers", key=KEY))
    return page


def test_a_figure_chosen_by_name_stands_where_the_cursor_was_and_is_saved(editor: Page, figure: Fact) -> None:
    field = editor.locator("[name='aspects.time']")
    field.fill("前面，后面。")
    field.press("Home")
    for _ in "前面":
        field.press("ArrowRight")
    tab_to(editor, "在“时间”里插入数字")
    editor.keyboard.press("Enter")
    dialog = editor.get_by_role("dialog", name="插入哪个数字")
    expect(dialog).to_be_visible()
    arrive(editor, "查找")
    editor.keyboard.insert_text(figure.name)
    expect(dialog.get_by_role("status")).to_contain_text("有 1 个")
    editor.keyboard.press("Tab")
    arrive(editor, f".*{re.escape(figure.name)}")
    editor.keyboard.press("Enter")
    expect(dialog).to_be_hidden()
    expect(field).to_be_focused()
    expect(field).to_have_value(f"前面{{{figure.id}}}，后面。")
    expect(editor.locator("#live")).to_have_text(re.compile(f"已插入：{figure.name}"))
    expect(editor.locator("#saved")).to_contain_text("已保存")
    editor.keyboard.type("再写")
    expect(field).to_have_value(f"前面{{{figure.id}}}再写，后面。")
    editor.reload()
    expect(field).to_have_value(f"前面{{{figure.id}}}再写，后面。")


FIGURE_AT = "() => document.activeElement.closest('li') && document.activeElement.value"
"""The figure whose choice has the keyboard: Enter on a list of many picks none by itself."""


def test_who_looks_and_leaves_finds_the_text_as_it_was(editor: Page) -> None:
    field = editor.get_by_label(re.compile("^结论"))
    before = field.input_value()
    opener = editor.get_by_role("button", name="在“结论”里插入数字")
    search = editor.get_by_role("dialog").get_by_label("查找")
    opener.press("Enter")
    expect(search).to_be_focused()
    assert faults(editor) == []
    editor.keyboard.press("Enter")
    comes(editor, FIGURE_AT)
    editor.keyboard.press("Escape")
    expect(editor.get_by_role("dialog")).to_be_hidden()
    expect(opener).to_be_focused()
    expect(field).to_have_value(before)
    opener.press("Enter")
    expect(search).to_be_focused()
    editor.keyboard.insert_text("没有叫这个的")
    expect(editor.get_by_role("dialog").get_by_role("status")).to_have_text("没有这样的数字。")
    editor.keyboard.press("Enter")
    expect(editor.get_by_role("dialog")).to_be_visible()
    expect(field).to_have_value(before)


def test_a_field_nobody_was_in_gets_the_figure_at_its_end(editor: Page, figure: Fact) -> None:
    field = editor.get_by_label(re.compile("^结论"))
    before = field.input_value()
    editor.get_by_role("button", name="在“结论”里插入数字").click()
    dialog = editor.get_by_role("dialog")
    dialog.get_by_label("查找").fill(figure.name)
    editor.keyboard.press("Enter")
    expect(field).to_have_value(f"{before}{{{figure.id}}}")
