"""A person teaches the assistant a new way to ask, compares, puts the model in place, and takes it back."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.journeys.conftest import Up, start_up
from tests.support.console_people import hire, reply
from tests.support.environment import clean_environment
from tests.support.small_checkout import small_checkout

pytestmark = [pytest.mark.browser, pytest.mark.rasa, pytest.mark.timeout(1500)]
NEED = "housing_fund.rent_withdrawal"
ASKED = "押一付三的钱公积金给报不"
LEARNED = ("押一付三的钱公积金给报不", "押一付三公积金给报不给报", "房东要押一付三，公积金给报不")
UNDERSTOOD = "请问您说的是哪个城市"
TRAINED_MS = 900_000
"""How long a training of a small checkout may take on a machine that does other things too."""
SERVED_S = 480.0


@pytest.fixture(scope="module")
def school(tmp_path_factory) -> Iterator[Up]:
    """A service whose model is trained from few examples."""
    root = small_checkout(tmp_path_factory.mktemp("checkout"))
    up = start_up(
        tmp_path_factory.mktemp("state"), "--port", "0", root=root,
        NEWCITIZEN_CLOCK="2026-11-20T10:30:00+08:00", NEWCITIZEN_TRY="true",
    )  # fmt: skip
    try:
        up.wait_ready()
        hire(root, clean_environment(NEWCITIZEN_STATE=str(up.state), PYTHONPATH=str(root)))
        yield up
    finally:
        up.end()


@pytest.fixture
def office_url(school: Up) -> str:
    return school.url


def until(browser: Browser, school: Up, wanted: Callable[[str], bool]) -> None:
    """Ask again and again until the reply is as wanted; none in between may be missing."""
    end = time.monotonic() + SERVED_S
    while True:
        said = reply(browser, school.url, ASKED)
        assert said.strip(), "a citizen got no reply"
        if wanted(said):
            return
        assert time.monotonic() < end, f"still answered: {said}"


def put_in_place(page: Page, school: Up, button: str) -> None:
    page.goto(f"{school.url}/console/training")
    page.once("dialog", lambda dialog: dialog.accept())
    with page.expect_navigation():
        page.get_by_role("button", name=button).first.click()
    expect(page.locator("summary", has_text="正在用")).to_have_count(1)


def test_train_compare_promote_and_take_back(enter, browser, school) -> None:
    assert UNDERSTOOD not in reply(browser, school.url, ASKED)
    editor, reviewer = enter("bianji"), enter("shenhe")
    editor.goto(f"{school.url}/console/examples?need={NEED}")
    editor.get_by_label("市民会怎么说").fill("\n".join(LEARNED))
    editor.get_by_role("button", name="加上").click()
    expect(editor.get_by_role("cell", name=ASKED, exact=True)).to_be_visible()
    editor.goto(f"{school.url}/console/training")
    editor.get_by_role("button", name="开始训练").click()
    expect(editor.locator("#job strong")).to_have_text("完成", timeout=TRAINED_MS)
    assert UNDERSTOOD not in reply(browser, school.url, ASKED)

    reviewer.goto(f"{school.url}/console/training")
    figures = reviewer.locator("details", has_text="候选").locator("td.number")
    expect(figures.first).to_contain_text("%")
    put_in_place(reviewer, school, "换上这个模型")
    until(browser, school, lambda said: UNDERSTOOD in said)
    put_in_place(reviewer, school, "换回这个模型")
    until(browser, school, lambda said: UNDERSTOOD not in said)
