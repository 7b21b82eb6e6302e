"""Questions that were not answered and answers that did not help, one step from being mended.

Why this file exists: what people ask in their own words is the best example there is. Texts are masked
when they are stored and once more before they are kept as examples.
"""

from __future__ import annotations

from dataclasses import dataclass

from rapidfuzz import fuzz, process
from starlette.responses import RedirectResponse, Response

from bot.console import editor, records
from bot.console.charts import OUTCOME_NAMES
from bot.console.forms import picked
from bot.console.site import SITE
from bot.staff.access import Call, Page, missing
from bot.staff.common import library_of, scopes
from bot.staff.roles import READERS, WRITERS
from nlu.text import mask
from store import examples, usage
from store.usage import Asked

DAYS = 30
ROWS = 1500
ALIKE = 62.0
"""Similarity (0 to 100) from which two questions are one matter; tuned by eye on the shipped examples."""


@dataclass(frozen=True, slots=True)
class Cluster:
    """Questions that are one matter; the first one stands for all."""

    questions: tuple[Asked, ...]

    @property
    def ids(self) -> str:
        """Their turn ids for a form."""
        return ",".join(str(each.id) for each in self.questions)


def clusters(asked: list[Asked]) -> list[Cluster]:
    """Largest first; every question is in exactly one."""
    heads: list[str] = []
    members: list[list[Asked]] = []
    for each in asked:
        near = process.extractOne(each.text, heads, scorer=fuzz.ratio, score_cutoff=ALIKE)
        if near is None:
            heads.append(each.text)
            members.append([each])
        else:
            members[near[2]].append(each)
    return [Cluster(tuple(m)) for m in sorted(members, key=len, reverse=True)]


def show(call: Call) -> Response:
    """The board."""
    return _board(call)


def _board(call: Call, fault: str = "", field: str = "") -> Response:
    """The board; with what was typed still in its form where that lacked something (``field``)."""
    since = call.now() - DAYS * 86400
    with call.database.read() as connection:
        asked = usage.unanswered(connection, since, ROWS)
        unhelpful = usage.unhelpful(connection, since)
        reports = usage.wrong_reports(connection)
    library, found = library_of(call), clusters(asked)[:60]
    turns = set(_turns(call)) if fault else set()
    named = call.request.path_params.get("report", 0)
    values = {
        "fault": fault, "field": field, "typed": call.text,
        "report": named if named in {r.id for r in reports} else 0,
        "opened": next((c.ids for c in found if turns & {q.id for q in c.questions}), ""),
        "clusters": found, "total": len(asked), "unhelpful": unhelpful, "reports": reports,
        "needs": library.needs, "scopes": scopes(library), "outcomes": OUTCOME_NAMES, "days": DAYS,
        "answers": library.answers, "writer": call.me.may(WRITERS), "titles": _titles(call),
    }  # fmt: skip
    return SITE.page(call, "console/questions.html", values, 422 if fault else 200)


def _titles(call: Call) -> dict[str, str]:
    library = library_of(call)
    return {key: records.title(library, "answers", key, None) for key in library.answers}


def _turns(call: Call) -> list[int]:
    return [int(each) for each in call.text("turns").split(",") if each.isdecimal()][:ROWS]


def settle(call: Call) -> Response:
    """Add the questions as examples, begin a new answer, or dismiss them with a reason."""
    what, need = call.text("what"), picked(call.text("need"))
    if what == "dismiss":
        return _dismiss(call)
    if need not in library_of(call).needs:
        return _board(call, "没有这个事项，请打几个字，从列表里选一个。", "need")
    with call.database.write() as connection:
        wanted = set(_turns(call))
        asked = [q for q in usage.unanswered(connection, 0.0, 10_000) if q.id in wanted]
        if what == "example":
            for each in asked:
                examples.add(connection, need, mask(each.text)[0], call.me.login, call.now())
            call.audit(connection, "example_added", f"need:{need}", detail={"count": len(asked)})
        usage.settle(connection, wanted, f"{what}:{need}"[:128])
    if what == "answer":
        return editor.start_new(call)
    return RedirectResponse("/console/questions", 303)


def _dismiss(call: Call) -> Response:
    reason = call.text("reason", 100)
    if not reason:
        return _board(call, "没有略过：请写一句理由，让别人知道为什么。", "reason")
    with call.database.write() as connection:
        count = usage.settle(connection, _turns(call), f"dismissed:{reason}"[:128])
        call.audit(connection, "question_dismissed", "questions", reason=reason, detail={"count": count})
    return RedirectResponse("/console/questions", 303)


def close_report(call: Call) -> Response:
    """Settle a 答错了 report."""
    state, words = call.text("state"), call.text("resolution", 1000)
    report = call.request.path_params["report"]
    if state not in ("fixed", "dismissed") or not words:
        return _board(call, "没有保存：请选处理结果，写一句说明。", "resolution")
    with call.database.write() as connection:
        if not usage.close_report(connection, report, state, words, call.now()):
            raise missing("这份报告，或者已经有人处理")
        detail = {"state": state}
        call.audit(connection, "report_closed", f"report:{report}", reason=words, detail=detail)
    return RedirectResponse("/console/questions", 303)


PAGES = (
    Page("/console/questions", show, READERS),
    Page("/console/questions/settle", settle, WRITERS, "POST"),
    Page("/console/reports/{report:int}", close_report, WRITERS, "POST"),
)
