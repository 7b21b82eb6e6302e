"""A second pair of eyes: difference, gate, remarks, and a decision by somebody who did not write it.

Why this file exists: nobody approves their own words, and what is approved is what was looked at.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from starlette.responses import RedirectResponse, Response

from bot.clock import CHINA
from bot.console import publishing, records
from bot.console.editor import edit_of
from bot.console.looking import looked
from bot.console.outline import difference
from bot.console.site import SITE, STATES, live_of
from bot.live.publish import Blocked
from bot.live.texts import KINDS
from bot.staff import cookies
from bot.staff.access import Call, Page
from bot.staff.common import library_of, scope_name, today
from bot.staff.roles import READERS, REVIEWERS, WRITERS
from content.dump import record_text
from content.shelf import scope_of
from content.yamltext import YamlError
from store import content_records, drafts
from store.drafts import Edit
from store.errors import Conflict

OWN = "您写过这份修改，不能自己批准，请另一位审核人来看。"
MOVED = "这份修改刚被别人动过，请看过最新的样子再决定。"


def listed(call: Call) -> Response:
    """Every edit that is not finished."""
    return _listed(call)


def approve_many(call: Call) -> Response:
    """Publish the chosen edits of others together: an import is one decision."""
    chosen = {int(each) for each in call.texts("edits") if each.isdecimal()}
    with call.database.read() as connection:
        waiting = [e for e in drafts.in_states(connection, ("submitted",)) if e.id in chosen]
    if not waiting or len(waiting) != len(chosen):
        return _listed(call, MOVED, 409)
    if any(call.me.login in edit.editors for edit in waiting):
        return _listed(call, OWN, 403)
    try:
        publishing.publish_many(
            call.database, live_of(call), waiting, call.me.login, call.now(), today(call)
        )  # fmt: skip
    except Blocked as blocked:
        return _listed(call, "没有发布：" + publishing.why(blocked), 422)
    except Conflict as conflict:
        return _listed(call, f"没有发布：{conflict}", 409)
    return RedirectResponse("/console/reviews", 303)


def _listed(call: Call, fault: str = "", status: int = 200) -> Response:
    with call.database.read() as connection:
        edits = drafts.in_states(connection)
    library = library_of(call)
    rows = [(e, records.title(library, e.kind, e.key), _place(call, e)) for e in edits]
    values = {
        "rows": rows,
        "states": STATES,
        "kinds": KINDS,
        "fault": fault,
        "reviewer": call.me.may(REVIEWERS),
    }
    return SITE.page(call, "console/reviews.html", values, status)


def _place(call: Call, edit: Edit) -> str:
    return scope_name(library_of(call), scope_of(edit.path))


def show(call: Call) -> Response:
    """The review page; ``wait`` in the query has the checks in it at once, for browsers without scripts."""
    return _page(call, edit_of(call), wait=bool(call.query("wait")))


def _page(
    call: Call, edit: Edit, fault: str = "", status: int = 200, wait: bool = False
) -> Response:  # fmt: skip
    library = library_of(call)
    now = records.subject(library, edit.kind, edit.key)
    before = record_text(now.value) if now else ""
    with call.database.read() as connection:
        remarks = drafts.comments(connection, edit.id)
        known = content_records.record(connection, edit.kind, edit.key)
    values = _checked(call, edit, wait) | {
        "states": STATES, "kinds": KINDS, "fault": fault, "remarks": remarks, "place": _place(call, edit),
        "title": records.title(library, edit.kind, edit.key),
        "diff": difference(library, edit.kind, before, edit.yaml),
        "behind": (known.version if known else 0) != edit.base_version and not _finished(edit),
    }  # fmt: skip
    return SITE.page(call, "console/review.html", values, status)


def _finished(edit: Edit) -> bool:
    return edit.state in ("published", "dropped")


def _checked(call: Call, edit: Edit, wait: bool) -> dict[str, Any]:
    """What the checks and the buttons below them are made of; ``found`` is None while not worked out."""
    library = library_of(call)
    return {
        "edit": edit, "found": None if _finished(edit) else looked(call, edit, wait),
        "finished": _finished(edit), "cities": library.cities, "needs": library.needs,
        "own": call.me.login in edit.editors, "reviewer": call.me.may(REVIEWERS),
    }  # fmt: skip


def checks(call: Call) -> Response:
    """The checks of an edit and what may be done with it: the part of the page that takes a moment."""
    return SITE.page(call, "console/checks.html", _checked(call, edit_of(call), wait=True))


def submit(call: Call) -> Response:
    """Hand an edit over for review."""
    return _moved(call, ("draft", "refused"), "submitted", "submitted")


def drop(call: Call) -> Response:
    """Give an edit up; it stays readable."""
    return _moved(call, ("draft", "refused", "submitted", "scheduled"), "dropped", "draft_dropped")


def refuse(call: Call) -> Response:
    """Send an edit back with a reason."""
    edit, reason = edit_of(call), call.text("reason", 2000)
    if not reason:
        return _page(call, edit, "退回要写理由，让对方知道改哪里。", 422)
    return _moved(call, ("submitted", "scheduled"), "refused", "refused", reason)


def _moved(call: Call, allowed: tuple[str, ...], state: str, deed: str, reason: str = "") -> Response:
    edit = edit_of(call)
    if edit.state not in allowed or call.text("revision") != str(edit.revision):
        return _page(call, edit, MOVED, 409)
    try:
        with call.database.write() as connection:
            drafts.move(connection, edit, state, call.now())
            if reason:
                drafts.comment(connection, edit.id, call.me.login, f"退回：{reason}", call.now())
            call.audit(connection, deed, edit.name, reason=reason, detail={"draft": edit.id})
    except Conflict:
        return _page(call, edit_of(call), MOVED, 409)
    return RedirectResponse(f"/console/drafts/{edit.id}/review", 303)


def comment(call: Call) -> Response:
    """Add a remark."""
    edit, text = edit_of(call), call.text("text", 2000)
    if text:
        with call.database.write() as connection:
            drafts.comment(connection, edit.id, call.me.login, text, call.now())
            call.audit(connection, "commented", edit.name, detail={"draft": edit.id})
    return RedirectResponse(f"/console/drafts/{edit.id}/review", 303)


def rebase(call: Call) -> Response:
    """Go on from the version that was published meanwhile, after having seen the difference."""
    edit = edit_of(call)
    try:
        with call.database.write() as connection:
            known = content_records.record(connection, edit.kind, edit.key)
            base = known.version if known else 0
            drafts.move(connection, edit, "draft", call.now(), base_version=base, approver="")
    except Conflict:
        return _page(call, edit_of(call), MOVED, 409)
    return RedirectResponse(f"/console/drafts/{edit.id}", 303)


def approve(call: Call) -> Response:
    """Publish at once, or at a time; only by somebody who did not write it."""
    edit = edit_of(call)
    if call.me.login in edit.editors:
        return _page(call, edit, OWN, 403)
    if edit.state != "submitted" or call.text("revision") != str(edit.revision):
        return _page(call, edit, MOVED, 409)
    when = _time(call.text("publish_at"))
    if call.text("publish_at") and when is None:
        return _page(call, edit, "发布时间没看懂，请重新选。", 422)
    try:
        if when and when > call.now():
            _schedule(call, edit, when)
        else:
            address = cookies.address(call.request)
            publishing.publish_edit(
                call.database, live_of(call), edit, call.me.login, call.now(), today(call), address
            )  # fmt: skip
    except Blocked as blocked:
        return _page(call, edit, "没有发布：" + publishing.why(blocked), 422)
    except (Conflict, YamlError) as conflict:
        return _page(call, edit_of(call), f"没有发布：{conflict}", 409)
    return RedirectResponse(f"/console/drafts/{edit.id}/review", 303)


def _schedule(call: Call, edit: Edit, when: float) -> None:
    gate = publishing.result(live_of(call), edit, datetime.fromtimestamp(when, CHINA).date())
    if gate.red:
        raise Blocked(gate.red)
    with call.database.write() as connection:
        drafts.move(connection, edit, "scheduled", call.now(), publish_at=when, approver=call.me.login)
        call.audit(connection, "scheduled", edit.name, detail={"draft": edit.id, "at": when})


def _time(text: str) -> float | None:
    try:
        return datetime.fromisoformat(text).replace(tzinfo=CHINA).timestamp() if text else None
    except ValueError:
        return None


_AT = "/console/drafts/{draft:int}"
PAGES = (
    Page("/console/reviews", listed, READERS),
    Page("/console/reviews/approve", approve_many, REVIEWERS, "POST"),
    Page(f"{_AT}/review", show, READERS),
    Page(f"{_AT}/checks", checks, READERS),
    Page(f"{_AT}/submit", submit, WRITERS, "POST"),
    Page(f"{_AT}/drop", drop, WRITERS, "POST"),
    Page(f"{_AT}/comment", comment, WRITERS, "POST"),
    Page(f"{_AT}/rebase", rebase, WRITERS, "POST"),
    Page(f"{_AT}/refuse", refuse, REVIEWERS, "POST"),
    Page(f"{_AT}/approve", approve, REVIEWERS, "POST"),
)
