"""Staff at work without a mouse: every stop is seen, nothing traps, and all of it can be done."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.support.chromium import opened
from tests.support.desk_rig import until
from tests.support.full_office import ANSWER, OPENID, FullOffice
from tests.support.keyboard import arrive, go, missed, skip, tab_to
from tests.support.pages import heard
from tests.support.staff import PASSWORD

pytestmark = [pytest.mark.browser, pytest.mark.shared, pytest.mark.timeout(600)]
ROW = "() => (document.activeElement.closest('[data-ticket-row]') || {dataset: {}}).dataset.ticketRow"
INSIDE = "() => document.activeElement === document.body || !!document.activeElement.closest('dialog')"
CHARGED = "banking_basics.fee_waiver"
Enter = Callable[[str, str], Page]


@pytest.fixture
def enter(browser: Browser, office: FullOffice) -> Iterator[Enter]:
    """Opens a page and signs in as a person does who has only keys."""
    contexts = []

    def sign_in(login: str, path: str) -> Page:
        contexts.append(opened(browser, permissions=["clipboard-read", "clipboard-write"]))
        page = contexts[-1].new_page()
        page.goto(office.base + path)
        arrive(page, "登录名$")
        page.keyboard.type(login)
        tab_to(page, "密码")
        page.keyboard.type(PASSWORD)
        page.keyboard.press("Enter")
        page.wait_for_url(office.base + path)
        return page

    yield sign_in
    for context in contexts:
        context.close()


def test_an_answer_is_changed_sent_in_and_approved(enter: Enter) -> None:
    new = "押金能不能退，先看合同怎么写。"
    editor = enter("bianji", "/console")
    go(editor, "答复")
    editor.wait_for_url("**/console/answers")
    expect(editor.get_by_role("heading", name="答复")).to_be_visible()
    skip(editor)
    tab_to(editor, "查找")
    editor.keyboard.type("押金退还")
    editor.keyboard.press("Enter")
    editor.wait_for_url("**&q=*")
    go(editor, "修改押金退还")
    editor.wait_for_url("**/drafts/*")
    skip(editor)
    tab_to(editor, "结论")
    editor.keyboard.press("Control+A")
    editor.keyboard.type(new)
    expect(editor.locator("#saved")).to_contain_text("已保存")
    expect(editor.locator("#preview .bubble").first).to_contain_text(new)
    go(editor, "看对照、检查和提交")
    editor.wait_for_url("**/review")
    expect(editor.locator("#gate")).to_contain_text("检查通过")
    go(editor, "提交审核")
    expect(editor.get_by_text("等审核")).to_be_visible()

    reviewer = enter("shenhe", "/console")
    go(reviewer, "待办与审核")
    reviewer.wait_for_url("**/console/reviews")
    expect(reviewer.get_by_role("heading", name="待办与审核")).to_be_visible()
    go(reviewer, "押金退还")
    reviewer.wait_for_url("**/review")
    expect(reviewer.locator("#gate")).to_be_visible()
    go(reviewer, "批准并发布")
    expect(reviewer.get_by_text("已发布")).to_be_visible()


def test_what_is_picked_from_a_list_leaves_the_keyboard_there(enter: Enter) -> None:
    page = enter("bianji", "/console/answers?q=deposit_refund")
    skip(page)
    go(page, "修改押金退还")
    page.wait_for_url("**/drafts/*")
    field = page.locator("#pick-contacts input[list]")
    chosen = page.locator("#pick-contacts input:checked")
    before = chosen.count()
    known = page.locator("#list-contacts option").first.get_attribute("value")
    assert known
    field.focus()
    page.keyboard.insert_text(known)
    page.keyboard.press("Enter")
    expect(chosen).to_have_count(before + 1)
    expect(field).to_be_focused()
    picked = page.locator("#pick-contacts label.check").last.inner_text().split()[0]
    tab_to(page, re.escape(picked), back=True)
    page.keyboard.press("Space")
    expect(chosen).to_have_count(before)
    arrive(page, re.escape(picked))


def test_a_caller_is_answered_and_a_fault_reported_once(enter: Enter, office: FullOffice) -> None:
    reports = "SELECT sentence FROM wrong_reports WHERE author = 'lan'"
    page = enter("lan", "/desk")
    arrive(page, "来电人问什么")
    page.keyboard.type("yajin")
    expect(page.locator("#results")).to_have_attribute("data-done", "yajin|")
    expect(page.locator(".hits li[aria-selected=true]")).to_contain_text("押金退还")
    box = page.get_by_role("combobox", name=re.compile("来电人问什么"))
    for key, hit in (("ArrowDown", 1), ("ArrowUp", 0)):
        page.keyboard.press(key)
        expect(box).to_have_attribute("aria-activedescendant", f"hit-{hit}")
        expect(page.locator(f"#hit-{hit}")).to_have_attribute("aria-selected", "true")
    page.keyboard.press("Enter")
    arrive(page, "押金退还")
    page.keyboard.press("c")
    heard(page, "已复制，带依据和链接")
    assert ANSWER in page.evaluate("() => navigator.clipboard.readText()")
    page.keyboard.press("k")
    expect(page.locator("[data-voice=spoken]:visible")).to_be_visible()

    page.keyboard.press("x")
    page.keyboard.type("期限不对")
    page.keyboard.press("Enter")
    heard(page, "已经报给内容后台")
    page.keyboard.press("x")
    page.keyboard.type("其实没有错")
    dialog = page.get_by_role("dialog")
    for _ in range(6):
        page.keyboard.press("Tab")
        assert page.evaluate(INSIDE)
    page.keyboard.press("Escape")
    expect(dialog).to_be_hidden()
    arrive(page, "押金退还")
    page.keyboard.press("d")
    heard(page, "已复制全文")
    assert office.rig.rows(reports) == [("期限不对",)]
    page.keyboard.press("/")
    expect(box).to_be_focused()
    page.keyboard.press("Escape")
    expect(box).to_have_value("")


def test_single_keys_can_be_switched_off_and_stay_off(enter: Enter, office: FullOffice) -> None:
    copied = "SELECT count(*) FROM copies WHERE user = 'mei'"
    page = enter("mei", "/desk")
    before = office.rig.rows(copied)
    page.goto(office.base + "/desk?q=yajin")
    tab_to(page, "用单键快捷键")
    page.keyboard.press("Space")
    for _ in range(2):
        expect(page.get_by_role("checkbox", name="用单键快捷键")).not_to_be_checked()
        page.locator("#hits").focus()
        page.keyboard.press("Enter")
        arrive(page, "押金退还")
        for key in "ckdx/":
            page.keyboard.press(key)
        arrive(page, "押金退还")
        expect(page.get_by_role("dialog")).to_be_hidden()
        expect(page.locator("[data-voice=spoken]:visible")).to_have_count(0)
        expect(page.locator(".single:visible")).to_have_count(0)
        assert office.rig.rows(copied) == before
        page.reload()
    tab_to(page, "用单键快捷键")
    page.keyboard.press("Space")
    page.locator("#whole-0").focus()
    page.keyboard.press("c")
    heard(page, "已复制")
    assert office.rig.rows(copied) == [(before[0][0] + 1,)]


def test_a_citizen_is_taken_over_answered_and_given_back(enter: Enter, office: FullOffice) -> None:
    first, second = OPENID.format(11), OPENID.format(12)
    page = enter("mei", "/desk/queue")
    waiting = page.locator("[data-ticket-row]", has=page.get_by_role("button", name="接单"))
    before = waiting.count()
    office.rig.writes(first, "人工")
    expect(waiting).to_have_count(before + 1)
    for _ in range(before + 1):
        tab_to(page, "接单")
    row = page.evaluate(ROW)
    office.rig.writes(second, "人工")
    expect(waiting).to_have_count(before + 2)
    assert page.evaluate(ROW) == row, "the keyboard went astray when somebody else came"
    page.keyboard.press("Enter")
    page.wait_for_url("**/desk/tickets/*")  # the queue is connected too
    expect(page.locator("[data-connected=yes]")).to_be_visible()
    skip(page)
    tab_to(page, "回复市民")
    page.keyboard.type("您好，合同带了吗？")
    page.keyboard.press("Enter")
    expect(page.locator("#lines li.operator").last).to_contain_text("合同带了吗")
    until(lambda: "您好，合同带了吗？" in office.rig.got(first))
    arrive(page, "回复市民")
    tab_to(page, "插入现成答复")
    page.keyboard.insert_text("yajin")  # at once: what each letter finds would be drawn under the Tab key
    expect(page.locator("#canned button").first).to_be_visible()
    go(page, "押金退还")
    arrive(page, "回复市民")
    expect(page.locator("#words")).to_have_value(re.compile("依据"))
    page.keyboard.press("Control+A")
    page.keyboard.press("Delete")
    go(page, "结束，交还助手")
    page.wait_for_url("**/desk/queue")
    expect(page.get_by_role("heading", name="转人工")).to_be_visible()


def test_the_log_of_a_training_stays_open_while_it_grows(enter: Enter, office: FullOffice) -> None:
    with office.training() as tell:
        tell(0.2, "读取例句")
        page = enter("bianji", "/console/training")
        skip(page)
        go(page, "日志")
        expect(page.locator("#job-log")).to_have_text("读取例句")
        tell(0.6, "学到一半")
        expect(page.locator("#job-log")).to_contain_text("学到一半")
        expect(page.locator("#job progress")).to_have_attribute("value", "0.6")
        expect(page.locator("#job-log")).to_be_visible()
        arrive(page, "日志$")
    heard(page, "训练完成")


def test_who_hears_the_page_is_told_that_the_checks_are_done(enter: Enter, office: FullOffice) -> None:
    page = enter("everybody", "/console/answers?q=card_activation")
    skip(page)
    go(page, "修改")
    page.wait_for_url("**/drafts/*")
    skip(page)
    go(page, "看对照、检查和提交")
    page.wait_for_url("**/review")
    heard(page, "^检查(没有)?通过")


PAGES = ["/console", "/console/answers?q=押金", "/console/questions", "/console/emergency"]
PAGES += ["/console/transfer", "/desk?q=押金", "/desk/queue", "/desk/check?id=chengdu_rent_withdrawal"]
PAGES += ["/try"]


def test_tab_reaches_everything_on_a_page_and_shows_it(enter: Enter, office: FullOffice) -> None:
    page = enter("everybody", "/staff")
    page.route("**/desk/queue/rows", lambda route: route.abort())  # what is counted stays the same thing
    draft = office.post(page, "/console/edit", kind="answers", key=CHARGED)
    for path in [*PAGES, draft, f"{draft}/review?wait=1"]:
        page.goto(office.base + path)
        if path == "/try":
            expect(page.locator(".theirs .meta")).to_have_count(1)
        assert missed(page) == [], path
