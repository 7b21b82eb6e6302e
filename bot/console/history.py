"""A record with its history: every version, what changed between them, and the way back.

Why this file exists: a mistake that got through is undone with one click and a reason.
"""

from __future__ import annotations

from itertools import pairwise
from typing import Any

from starlette.responses import RedirectResponse, Response

from bot.console import preview, records
from bot.console.outline import difference, outline, outline_of
from bot.console.publishing import judge_for, why
from bot.console.records import Subject
from bot.console.retiring import WAYS
from bot.console.site import SITE, STATES, live_of
from bot.live.publish import Blocked, Wanted, publish
from bot.staff.access import Call, Page, missing
from bot.staff.common import day_asked, library_of, scope_name, today
from bot.staff.roles import READERS, REVIEWERS, WRITERS
from content.yamltext import read
from store import content_records, drafts
from store.database import Connection
from store.errors import Conflict


def _subject(call: Call) -> Subject:
    params = call.request.path_params
    found = records.subject(library_of(call), params["kind"], params["key"])
    if found is None:
        raise missing("这条内容")
    return found


def show(call: Call) -> Response:
    """One record: what it says today, its edits and versions."""
    return _page(call, _subject(call))


def _page(call: Call, found: Subject, fault: str = "", status: int = 200) -> Response:
    library, on = library_of(call), day_asked(call)
    with call.database.read() as connection:
        known = content_records.record(connection, found.kind, found.key)
        versions = content_records.versions(connection, known.id) if known else []
        edits = drafts.of_record(connection, found.name)
    seen = preview.preview(library, found, on)
    values: dict[str, Any] = {
        "record": found, "place": scope_name(library, found.scope), "versions": versions, "edits": edits,
        "states": STATES, "fault": fault, "on": on, "reviewer": call.me.may(REVIEWERS),
        "retirable": found.kind in WAYS and call.me.may(WRITERS),
        "bubbles": seen.bubbles, "text": outline(library, found.kind, found.value), "seen": seen,
        "diffs": {
            new.version: difference(library, found.kind, old.yaml, new.yaml)
            for new, old in pairwise(versions)
        },
        "texts": {v.version: outline_of(library, found.kind, v.yaml) for v in versions[-1:]},
    }  # fmt: skip
    return SITE.page(call, "console/record.html", values, status)


def roll_back(call: Call) -> Response:
    """Publish an earlier version again, at once; it was approved by a second person when it was new."""
    found, reason = _subject(call), call.text("reason", 500)
    number = int(call.text("version")) if call.text("version").isdecimal() else 0
    with call.database.read() as connection:
        known = content_records.record(connection, found.kind, found.key)
        old = content_records.version(connection, found.kind, found.key, number)
    if known is None or old is None or number == known.version:
        raise missing("这个旧版本")
    if not reason:
        return _page(call, found, "退回旧版本要写理由。", 422)
    wanted = Wanted(
        found.kind, found.key, found.path, found.scope, found.title, read(old.yaml), old.author,
        call.me.login, f"退回第 {number} 版：{reason}", known.version,
    )  # fmt: skip

    def also(connection: Connection, release: int) -> None:
        detail = {"version": number, "release": release}
        call.audit(connection, "rolled_back", found.name, reason=reason, detail=detail)

    live = live_of(call)
    try:
        publish(call.database, live, [wanted], judge_for(live, today(call)), call.now(), also)
    except Blocked as blocked:
        return _page(call, found, "没有退回：" + why(blocked), 422)
    except Conflict as conflict:
        return _page(call, _subject(call), f"没有退回：{conflict}", 409)
    return RedirectResponse(records.page_of(found.kind, found.key), 303)


_AT = "/console/records/{kind}/{key}"
PAGES = (Page(_AT, show, READERS), Page(f"{_AT}/rollback", roll_back, REVIEWERS, "POST"))
