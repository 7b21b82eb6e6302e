"""What staff type is never lost: the session ends, the page is left at once, somebody else saves first."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from store.database import Database
from tests.support.console_people import Office, fill_sign_in
from tests.support.desk_rig import DeskRig, desk_rig, until
from tests.support.pages import scripts_held
from tests.support.staff import add_account

pytestmark = [pytest.mark.browser, pytest.mark.shared, pytest.mark.timeout(900)]
KEY = "rental.deposit_refund"
CONCLUSION = re.compile("^结论")


@pytest.fixture(scope="module")
def rig(tmp_path_factory: pytest.TempPathFactory) -> Iterator[DeskRig]:
    with desk_rig(tmp_path_factory.mktemp("kept")) as rig:
        database = Database(f"sqlite:///{rig.folder / 'newcitizen.db'}")
        for login in ("jia", "yi"):
            add_account(database, login, ["editor", "operator"])
        database.close()
        yield rig


@pytest.fixture
def office_url(rig: DeskRig) -> str:
    return rig.base


@pytest.fixture
def editor(enter: Office, rig: DeskRig) -> Page:
    page = enter("jia")
    page.goto(f"{rig.base}/console/records/answers/{KEY}")
    page.get_by_role("button", name="修改").click()
    page.wait_for_url("**/drafts/*")  # with its scripts: what comes before them has a test of its own
    expect(page.get_by_label(CONCLUSION)).to_be_visible()
    return page


def add(page: Page, words: str) -> None:
    """Write at the end of the conclusion; at once, as an input method does, so that no pause saves a half."""
    page.get_by_label(CONCLUSION).click()
    page.keyboard.press("Control+End")
    page.keyboard.insert_text(words)


def write_after_the_end(page: Page, words: str, login: str) -> None:
    """Type when the session has ended, and let somebody sign in on the page that comes up."""
    place = page.url
    page.context.clear_cookies()
    add(page, words)
    expect(page.get_by_label("登录名")).to_be_visible()
    fill_sign_in(page, login)
    page.wait_for_url(place)


def stored(rig: DeskRig) -> list[str]:
    return [row[0] for row in rig.rows("SELECT yaml FROM drafts ORDER BY id")]


def saved(rig: DeskRig, words: str) -> None:
    """Wait until a draft has the words."""
    until(lambda: any(words in yaml for yaml in stored(rig)))


def test_the_last_word_is_saved_when_the_checks_are_opened_at_once(editor: Page) -> None:
    add(editor, "最后一句。")
    editor.get_by_role("button", name="看对照、检查和提交").click()
    editor.wait_for_url("**/review")
    expect(editor.get_by_text("最后一句。").first).to_be_visible()


def test_the_last_word_is_saved_when_the_tab_is_closed_or_left_at_once(
    editor: Page, enter: Office, rig: DeskRig
) -> None:
    before = len(stored(rig))
    for words, leave in (
        ("马上就走的。", lambda page: page.get_by_role("link", name="总览").click()),
        ("马上就关的。", lambda page: page.close(run_before_unload=True)),
    ):
        page = editor.context.new_page()
        page.goto(editor.url)
        add(page, words)
        leave(page)
        saved(rig, words)
    assert len(stored(rig)) == before, "the same words were kept as a second draft"


def test_words_typed_before_the_scripts_came_are_saved(editor: Page, rig: DeskRig) -> None:
    page = editor.context.new_page()
    with scripts_held(page):
        page.goto(editor.url, wait_until="commit")
        add(page, "脚本来之前写的。")
    saved(rig, "脚本来之前写的。")


def test_a_page_put_aside_is_saved_at_once_and_goes_on_in_the_same_draft(editor: Page, rig: DeskRig) -> None:
    before = len(stored(rig))
    add(editor, "放到一边的。")
    with editor.expect_response(lambda answer: answer.request.method == "POST"):
        editor.evaluate(
            "Object.defineProperty(document, 'visibilityState', {value: 'hidden', configurable: true});"
            "document.dispatchEvent(new Event('visibilitychange'))"
        )
    add(editor, "回来再写的。")
    saved(rig, "放到一边的。回来再写的。")
    assert len(stored(rig)) == before


def test_a_session_that_ended_gives_the_words_back_after_signing_in(editor: Page, rig: DeskRig) -> None:
    write_after_the_end(editor, "过期以后写的。", "jia")
    expect(editor.get_by_label(CONCLUSION)).to_have_value(re.compile("过期以后写的。$"))
    expect(editor.locator("#saved")).to_contain_text("已保存")
    saved(rig, "过期以后写的。")


def test_the_next_person_at_the_same_computer_does_not_get_them(editor: Page, rig: DeskRig) -> None:
    write_after_the_end(editor, "不是给您看的。", "yi")
    assert "不是给您看的。" not in editor.get_by_label(CONCLUSION).input_value()


def test_signing_in_again_in_a_second_tab_does_not_cost_the_first_its_words(
    editor: Page, rig: DeskRig
) -> None:
    second = editor.context.new_page()
    second.goto(f"{rig.base}/staff/login")
    fill_sign_in(second, "jia")
    second.wait_for_url("**/staff")
    add(editor, "旧的一页写的。")
    expect(editor.locator("#saved")).to_contain_text("已保存")
    expect(editor.get_by_label(CONCLUSION)).to_have_value(re.compile("旧的一页写的。$"))


def test_a_broken_line_is_said_and_saved_when_it_is_back(editor: Page, rig: DeskRig) -> None:
    editor.context.set_offline(True)
    add(editor, "断网时写的。")
    expect(editor.locator("#saved")).to_contain_text("还没有保存")
    editor.context.set_offline(False)
    expect(editor.locator("#saved")).to_contain_text("已保存")
    saved(rig, "断网时写的。")


def test_who_is_second_goes_on_in_one_draft_of_their_own(editor: Page, enter: Office, rig: DeskRig) -> None:
    place = editor.url
    late = enter("yi")
    late.goto(place)
    add(editor, "甲先写的。")
    expect(editor.locator("#saved")).to_contain_text("已保存")
    before = len(stored(rig))
    for words in ("乙写的第一句。", "乙写的第二句。"):
        with late.expect_response(lambda answer: answer.request.method == "POST"):
            add(late, words)
        expect(late.get_by_label(CONCLUSION)).to_have_value(re.compile(f"{words}$"))
    expect(late.locator("#saved")).to_contain_text("已保存")
    saved(rig, "乙写的第一句。乙写的第二句。")
    assert late.url != place
    kept = stored(rig)
    assert len(kept) == before + 1
    assert "乙写的第一句。乙写的第二句。" in kept[-1]
    late.reload()
    expect(late.get_by_label(CONCLUSION)).to_have_value(re.compile("乙写的第二句。$"))


def test_a_remark_written_in_an_ended_session_comes_back(editor: Page) -> None:
    editor.goto(f"{editor.url}/review")
    remark = editor.get_by_label("写意见")
    remark.fill("这一条我核对过原文。")
    place = editor.url
    editor.context.clear_cookies()
    with scripts_held(editor):
        editor.get_by_role("button", name="留言").click()
        expect(editor.locator("[data-unsent]")).to_be_attached()
        expect(editor.get_by_label("登录名")).to_have_count(0)  # nobody signs in before they are safe
    fill_sign_in(editor, "jia")
    editor.wait_for_url("**/staff")
    editor.go_back()
    editor.go_back()
    editor.goto(place)
    expect(remark).to_have_value("这一条我核对过原文。")
    editor.get_by_role("button", name="留言").click()
    expect(editor.locator("p.card", has_text="这一条我核对过原文。")).to_be_visible()
    expect(remark).to_have_value("")


def test_an_operator_gets_words_and_question_back_after_signing_in(enter: Office, rig: DeskRig) -> None:
    openid = "oKept0000000000000000000001"
    rig.writes(openid, "押金不退怎么办")
    rig.writes(openid, "人工")
    page = enter("jia")
    page.goto(f"{rig.base}/desk/queue")
    page.get_by_role("button", name="接单").first.click()
    page.wait_for_url("**/desk/tickets/*")
    place = page.url
    words = page.locator("#words")
    words.fill("您好，合同里写了什么时候退吗？")
    page.context.clear_cookies()
    words.press("Enter")
    fill_sign_in(page, "jia")
    page.wait_for_url(place)
    expect(words).to_have_value("您好，合同里写了什么时候退吗？")
    words.press("Enter")
    expect(page.locator("li.operator")).to_contain_text("合同里写了什么时候退吗")
    until(lambda: any("什么时候退" in text for text in rig.got(openid)))

    page.goto(f"{rig.base}/desk?city=chengdu")
    page.locator("#typed").fill("押金")
    expect(page.locator("#whole-0")).to_be_visible()
    page.context.clear_cookies()
    page.locator("#whole-0").get_by_role("button", name="口播").click()
    fill_sign_in(page, "jia")
    page.wait_for_url("**/desk?*")
    expect(page.locator("#typed")).to_have_value("押金")
    expect(page.locator("#city")).to_have_value("chengdu")
    expect(page.locator("#whole-0")).to_be_visible()


def test_an_operator_whose_line_broke_sees_it_and_sees_it_come_back(enter: Office, rig: DeskRig) -> None:
    page = enter("jia")
    page.goto(f"{rig.base}/desk/queue")
    expect(page.locator("[data-connected=yes]")).to_be_visible()
    expect(page.locator("#off")).to_be_hidden()
    rig.kill("app")
    expect(page.locator("#off")).to_contain_text("连线断了")
    rig.restart("app")
    expect(page.locator("[data-connected=yes]")).to_be_visible()
    expect(page.locator("#off")).to_be_hidden()
