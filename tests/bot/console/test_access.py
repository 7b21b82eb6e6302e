"""Every console route by every role, forms without their token, other people's ids, hostile words."""

from __future__ import annotations

import re

import pytest
from starlette.routing import Mount

from bot.console import door
from bot.console.schema import SCHEMAS
from bot.live.texts import all_of
from bot.staff.roles import ROLES
from tests.bot.console.support import DRAFT_FIELDS, KEY
from tests.support.staff import Browser

EVIL = '"><script>alert(1)</script><img src=x onerror=alert(2)>{{7*7}}'
IDS = {
    "draft:int": "1",
    "report:int": "1",
    "kind": "answers",
    "key": KEY,
    "job:int": "1",
    "model:int": "1",
    "sentence:int": "1",
    "task": "edit",
}


def path_of(page) -> str:
    return re.sub(r"\{([^}]*)\}", lambda found: IDS[found.group(1)], page.path)


def test_every_route_is_guarded(services, live) -> None:
    routes = door.routes(services)
    guarded = [r for r in routes if not isinstance(r, Mount)]
    assert len(guarded) == len(door.PAGES)
    assert all("page" in r.endpoint.keywords for r in guarded)


def test_no_route_is_open_to_everybody_who_is_signed_in() -> None:
    assert all(page.roles for page in door.PAGES)


@pytest.mark.parametrize("role", [*ROLES, "nobody"])
def test_each_role_enters_exactly_what_the_table_says(signed_in, role: str) -> None:
    browser = signed_in(role)
    for page in door.PAGES:
        response = browser.client.request(page.method, path_of(page))
        refused = "没有打开这一页的权限" in response.text
        assert refused == (role not in page.roles), (page.path, role)


def test_nobody_enters_without_a_session(app) -> None:
    for page in door.PAGES:
        response = Browser(app).client.request(page.method, path_of(page))
        assert response.status_code == 303, page.path
        assert response.headers["location"].startswith("/staff/login")


def test_no_form_does_anything_without_its_token(signed_in, database) -> None:
    browser = signed_in("admin")
    posts = [page for page in door.PAGES if page.method == "POST"]
    assert posts
    for page in posts:
        assert browser.client.post(path_of(page), data={"csrf": "x" * 43}).status_code == 403, page.path


def test_ids_that_are_not_there_are_not_found(signed_in) -> None:
    browser = signed_in("admin")
    for path in ("/console/drafts/999", "/console/drafts/999/review", "/console/records/answers/no.such",
                 "/console/records/users/1", "/console/records/answers/..%2f..%2fetc"):  # fmt: skip
        assert browser.get(path).status_code == 404, path


@pytest.mark.parametrize("kind", sorted(SCHEMAS))
def test_hostile_words_in_any_field_are_shown_as_words(editor, live, kind: str) -> None:
    key = KEY if kind == "answers" else next(iter(all_of(live.library, kind)))
    place = editor.post("/console/edit", {"kind": kind, "key": key}).headers["location"]
    names = DRAFT_FIELDS[kind]
    fields = {"csrf": editor.csrf(), "revision": "1", **dict.fromkeys(names, EVIL)}
    saved = editor.client.post(place, data=fields, headers={"HX-Request": "true"})
    assert saved.status_code == 200
    for text in (saved.text, editor.get(place).text, editor.get(f"{place}/review?wait=1").text):
        assert "<script>alert" not in text
        assert "<img src=x" not in text
    assert "{{7*7}}" in editor.get(place).text


def test_hostile_remarks_and_searches_are_shown_as_words(editor) -> None:
    place = editor.post("/console/edit", {"kind": "answers", "key": KEY}).headers["location"]
    editor.post(f"{place}/comment", {"text": EVIL})
    for path in (
        f"{place}/review?wait=1",
        f"/console/answers?q={EVIL}",
        f"/console/records?q={EVIL}&kind={EVIL}",
    ):
        text = editor.get(path).text
        assert "<script>alert" not in text
        assert "<img src=x" not in text


def test_yaml_of_staff_cannot_make_objects(editor, live) -> None:
    key = next(iter(live.library.checks))
    place = editor.post("/console/edit", {"kind": "checks", "key": key}).headers["location"]
    fields = {"csrf": editor.csrf(), "revision": "1", "yaml": "!!python/object/apply:os.system ['id']"}
    editor.client.post(place, data=fields)
    page = editor.get(f"{place}/review?wait=1").text
    assert "没有通过，不能发布" in page


def test_no_page_asks_another_site_for_anything_or_holds_inline_code(signed_in) -> None:
    browser = signed_in("admin")
    for page in door.PAGES:
        if page.method == "GET" and "{" not in page.path:
            text = browser.get(page.path).text
            assert not re.search(r"(?:src|href|action)=[\"'](?:https?:)?//", text), page.path
            assert not re.search(r"<script(?![^>]*src=)", text), page.path
            assert not re.search(r"\s(?:style|on\w+)=", text), page.path
