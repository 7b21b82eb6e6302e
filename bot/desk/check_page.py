"""``/desk/check``: the eligibility engine in one page for a caller, with a sheet to read out or print.

Why this file exists: an operator fills in what the caller says in any order; open questions that can still
change the verdict are marked. Nothing of the caller is stored.
"""

from __future__ import annotations

from typing import Any

from starlette.responses import Response

from actions import verdict
from actions.check_words import questions_of
from actions.turn import Conversation, Turn
from actions.wording import DISCLAIMER
from bot import clock
from bot.desk.caller_facts import facts_of
from bot.desk.site import DESK, SITE
from bot.staff.access import Call, Page
from bot.staff.common import scopes
from content.aloud import aloud
from content.criteria import Evaluation, evaluate
from content.criterion import Check, FactInput
from content.find import Library
from content.remarks import contact_words, whom_to_ask


def page(call: Call) -> Response:
    """All checks, or one with its questions."""
    library, chosen = call.services.library(), call.query("id")
    check = library.checks.get(chosen)
    if check is None:
        return SITE.page(call, "desk/checks.html", {"groups": _groups(library)})
    return SITE.page(call, "desk/check.html", sheet(call, check, {}, []))


def result(call: Call) -> Response:
    """The verdict for what is filled in; only the changing part for htmx."""
    library = call.services.library()
    check = library.checks.get(call.text("id"))
    if check is None:
        return SITE.page(call, "desk/checks.html", {"groups": _groups(library)}, 404)
    given = {q.id: call.text(q.id, 40) for q in questions_of(check, library)}
    facts, faults = facts_of(questions_of(check, library), given)
    part = bool(call.request.headers.get("hx-request"))
    values = sheet(call, check, facts, faults)
    return SITE.page(call, "desk/_verdict.html" if part else "desk/check.html", {**values, "given": given})


def _groups(library: Library) -> list[tuple[str, list[Check]]]:
    return [(name, found) for scope, name in scopes(library).items() if (found := _in(library, scope))]


def _in(library: Library, scope: str) -> list[Check]:
    return [c for c in library.checks.values() if c.scope == scope]


def sheet(call: Call, check: Check, facts: dict[str, FactInput], faults: list[str]) -> dict[str, Any]:
    """Everything the page shows: questions, verdict, reasons, next step, citation, words to read out."""
    library, now = call.services.library(), clock.now(call.services.settings)
    found = evaluate(check, facts, now.date(), library)
    contacts = [library.contacts[c] for c in check.contacts if c in library.contacts]
    following = (check.next_steps or {}).get(found.verdict, "")
    turn = Turn("", "", now, library, Conversation())
    return {
        "check": check,
        "questions": questions_of(check, library),
        "given": {},
        "faults": faults,
        "found": found,
        "verdict": verdict.NAMES[found.verdict],
        "next": following,
        "contacts": [contact_words(c) for c in contacts if c.shown],
        "citation": verdict.citation(turn, check, [line.condition for line in found.conditions], now.date()),
        "spoken": aloud(_said(check, found, following, whom_to_ask(contacts[:1]))),
        "disclaimer": DISCLAIMER,
        "on": now.date().isoformat(),
    }


def _said(check: Check, found: Evaluation, following: str, whom: str) -> list[str]:
    if not found.in_force:
        return [check.after]
    lines = [line.sentence for line in found.conditions if line.verdict == found.verdict and line.sentence]
    return [f"{check.title}，结果是{verdict.NAMES[found.verdict]}。", *lines, *found.results, following, whom]


PAGES = (
    Page("/desk/check", page, DESK),
    Page("/desk/check", result, DESK, "POST"),
)
