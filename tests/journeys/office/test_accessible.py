"""Every page for people, opened in a browser, has no fault that axe-core finds; some on a phone too."""

from __future__ import annotations

import importlib
import re
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, Page, expect
from starlette.routing import BaseRoute

from bot import doors
from bot.console.door import PAGES as CONSOLE
from bot.console.manual import TASKS
from bot.desk.door import PAGES as DESK
from bot.services import Services
from bot.settings import load_settings
from bot.staff.door import PAGES as STAFF
from bot.supervise.secrets import complete
from tests.support.axe import faults
from tests.support.chromium import opened
from tests.support.full_office import ANSWER, KEY, FullOffice
from tests.support.pages import fits, settled

pytestmark = [pytest.mark.browser, pytest.mark.shared, pytest.mark.timeout(900)]
MACHINES = ("bot.wechat.door", "bot.pages.health")
FILES = {
    "/api/v1/answers/{answer_id}", "/api/v1/contacts", "/api/v1/eligibility", "/api/v1/openapi.json",
    "/api/v1/search", "/console/charts.csv", "/console/due.ics", "/console/export/content.zip",
    "/console/export/{kind}.xlsx", "/desk/canned", "/desk/overview.csv", "/desk/stream", "/staff/log.csv",
}  # fmt: skip
PARTS = {
    "/console/drafts/{draft:int}/checks", "/console/training/progress", "/desk/queue/rows", "/desk/search",
    "/desk/tickets/{ticket:int}/state",
}  # fmt: skip
"""Pieces of pages, seen in their pages."""
OPEN = ["/", "/try", "/staff/login", "/a/{answer_id}", "/api/v1/docs"]
GUARDED = [p.path for p in (*STAFF, *CONSOLE, *DESK) if p.method == "GET" and p.path not in FILES | PARTS]
PLACES: dict[str, Callable[[FullOffice], list[str]]] = {
    "/a/{answer_id}": lambda _: [f"/a/{ANSWER}", f"/a/{KEY}@v1", "/a/no.such"],
    "/console/coverage": lambda _: ["/console/coverage?city=chengdu"],
    "/console/drafts/{draft:int}": lambda full: [*full.drafts.values()],
    "/console/drafts/{draft:int}/review": lambda full: [full.red + "/review?wait=1"],
    "/console/examples": lambda _: [f"/console/examples?need={ANSWER}"],
    "/console/help/{task}": lambda _: [f"/console/help/{task}" for task in TASKS],
    "/console/records": lambda _: [f"/console/records?kind={k}" for k in ("facts", "notices", "clauses")],
    "/console/records/{kind}/{key}": lambda _: [
        f"/console/records/answers/{KEY}", "/console/records/answers/no.such",
    ],
    "/console/stored": lambda _: [f"/console/stored?need={ANSWER}"],
    "/desk": lambda _: ["/desk", "/desk?q=押金", "/desk?q=没有这回事"],
    "/desk/check": lambda _: ["/desk/check", "/desk/check?id=chengdu_rent_withdrawal"],
    "/desk/embed": lambda _: ["/desk/embed?q=押金&phone=12"],
    "/desk/tickets/{ticket:int}": lambda full: [*full.tickets, "/desk/tickets/999"],
}  # fmt: skip
"""Where to look for a route that has a parameter, or more faces than one."""
ON_A_PHONE = ["/", "/try", "/a/{answer_id}", "/staff", "/console", "/console/answers", "/console/questions"]
ON_A_PHONE += ["/console/records"]
ON_A_PHONE += ["/console/drafts/{draft:int}/review", "/desk", "/desk/queue", "/desk/tickets/{ticket:int}"]


def paths(routes: list[BaseRoute], before: str = "") -> Iterator[str]:
    """What a browser can open, with the parameters' names."""
    for route in routes:
        path = before + getattr(route, "path", "")
        yield from paths(getattr(route, "routes", None) or [], path)
        if "GET" in (getattr(route, "methods", None) or ()):
            yield path


def test_every_route_is_looked_at_or_said_to_be_no_page(tmp_path) -> None:
    services = Services(
        complete(load_settings({"NEWCITIZEN_STATE": str(tmp_path)}, None)),
        lambda: pytest.fail("a list of routes needs no content"),
    )
    served: set[str] = set()
    for door in doors.present():
        if door.module not in MACHINES:
            served |= {*paths(importlib.import_module(door.module).routes(services))}
    assert served == {*OPEN, *GUARDED} | FILES | PARTS
    assert {path for path in served - FILES - PARTS if "{" in path} <= set(PLACES)
    assert set(PLACES) | set(ON_A_PHONE) <= served


@pytest.fixture(scope="module")
def full(office: FullOffice, browser: Browser) -> FullOffice:
    office.fill(browser)
    return office


@pytest.fixture(scope="module")
def at_the_desk(browser: Browser, full: FullOffice) -> Iterator[Page]:
    context = opened(browser)
    yield full.enter(context.new_page(), "everybody")
    context.close()


@pytest.fixture(scope="module")
def on_a_phone(browser: Browser, full: FullOffice) -> Iterator[Page]:
    context = opened(browser, (390, 844))
    yield full.enter(context.new_page(), "everybody")
    context.close()


def fits_a_small_window(page: Page) -> None:
    """Nothing is wider than a window of 320 pixels: a screen of 1280 at 400 %, or a small phone."""
    had = page.viewport_size
    assert had
    page.set_viewport_size({"width": 320, "height": 640})
    fits(page)
    page.set_viewport_size(had)


def faults_at(page: Page, full: FullOffice, path: str) -> dict[str, list[str]]:
    """Address to what is wrong there."""
    found: dict[str, list[str]] = {}
    for place in PLACES[path](full) if path in PLACES else [path]:
        answer = page.goto(full.base + place)
        assert answer
        assert answer.ok or "such" in place or "999" in place, (place, answer.status)
        assert page.locator("h1").count() == 1, place
        settled(page)
        found[place] = faults(page)
        fits_a_small_window(page)
    return {place: wrong for place, wrong in found.items() if wrong}


@pytest.mark.parametrize("path", [*OPEN, *GUARDED])
def test_no_page_has_a_fault(at_the_desk: Page, full: FullOffice, path: str) -> None:
    assert faults_at(at_the_desk, full, path) == {}


@pytest.mark.parametrize("path", ON_A_PHONE)
def test_no_page_has_a_fault_on_a_phone(on_a_phone: Page, full: FullOffice, path: str) -> None:
    assert faults_at(on_a_phone, full, path) == {}


def refused(page: Page) -> None:
    page.context.clear_cookies()
    page.reload()
    page.get_by_label("登录名").fill("nobody")
    page.get_by_label("密码").fill("wrong")
    page.get_by_role("button", name="登录").click()
    expect(page.get_by_role("alert")).to_be_visible()


def answered(page: Page) -> None:
    page.get_by_label("要问的话").fill("成都租房提公积金")
    page.get_by_role("button", name="发送").click()
    expect(page.locator(".theirs .meta")).to_have_count(2)


def reporting(page: Page) -> None:
    page.locator("article.whole:visible").press("x")
    expect(page.get_by_role("dialog")).to_be_visible()


def imported(page: Page) -> None:
    page.get_by_label("导入什么").select_option("branches")
    table = "bank,branch,city,address,source,checked_on\n某银行,一支行,成都,,名单,上周\n"
    file = {"name": "网点.csv", "mimeType": "text/csv", "buffer": table.encode()}
    page.get_by_label(re.compile("^文件")).set_input_files(files=[file])  # type: ignore[list-item]
    page.get_by_role("button", name="先试一遍").click()
    expect(page.get_by_text("1 行有错")).to_be_visible()


def worked_out(page: Page) -> None:
    for group in page.locator("fieldset").all():
        group.locator("input").first.check()
    expect(page.locator("#verdict li.not_met").first).to_be_visible()


@pytest.mark.parametrize(
    ("path", "deed"),
    [
        ("/try", answered), ("/desk?q=押金", reporting), ("/console/transfer", imported),
        ("/desk/check?id=chengdu_rent_withdrawal", worked_out), ("/staff", refused),
    ],
    ids=lambda given: given.__name__ if callable(given) else "",
)  # fmt: skip
def test_no_page_has_a_fault_after_it_was_used(at_the_desk: Page, full: FullOffice, path: str, deed) -> None:
    at_the_desk.goto(full.base + path)
    deed(at_the_desk)
    settled(at_the_desk)
    assert faults(at_the_desk) == []
