"""The endpoints of ``/api/v1``.

Why this file exists: other systems get the same words as operators, from the same engine. It must not
know sessions or pages.
"""

from __future__ import annotations

import time
from typing import Annotated

from fastapi import Depends, FastAPI, HTTPException, Path, Query
from fastapi.responses import HTMLResponse
from starlette.requests import Request

from actions.check_words import questions_of, says
from bot.api.docs import described
from bot.api.guard import needs
from bot.api.models import (
    Asked,
    CheckItem,
    Contact,
    Done,
    Entry,
    Feedback,
    Found,
    Open,
    Reason,
    Trouble,
    Verdict,
)
from bot.database import database_of
from bot.desk.caller_facts import facts_of
from bot.desk.find_page import finder_of
from bot.desk.shown import Shown
from bot.services import Services
from content.criteria import evaluate
from content.criterion import Question
from content.model import NATIONAL
from nlu.text import mask
from store import wrong_reports
from store.wrong_reports import Wrong

TROUBLES: dict[int | str, dict[str, object]] = {
    code: {"model": Trouble} for code in (400, 401, 403, 404, 429, 503)
}
Limit = Annotated[int, Query(ge=1, le=20)]
Typed = Annotated[str, Query(min_length=1, max_length=80, description="字、拼音或首字母")]
Version = Annotated[str, Query(max_length=64, description="内容版本，或 v3 这样的第几稿；空为现行")]
AnswerId = Annotated[
    str, Path(max_length=128, pattern=r"^[a-z0-9_]+\.[a-z0-9_]+(@[a-z]+)?$", description="答复编号")
]
City = Annotated[str, Query(max_length=32, description="城市编号，空为全部")]


def build_api(services: Services) -> FastAPI:
    """The API over these services."""
    api = FastAPI(
        title="新市民助手接口", version="1", docs_url=None, redoc_url=None, openapi_url="/openapi.json",
        description="搜索、答复、条件测算、联系点、意见。内容都带依据、核验日期和版本。",
        responses=TROUBLES,
    )  # fmt: skip
    _search(api, services)
    _eligibility(api, services)
    _others(api, services)

    @api.get("/docs", include_in_schema=False)
    def docs(_: Request) -> HTMLResponse:
        return HTMLResponse(described(api.openapi()))

    return api


def entry_of(shown: Shown, version: str) -> Entry:
    """An entry in the API's shape."""
    return Entry(
        kind=shown.kind, id=shown.id, version=version, title=shown.title, place=shown.place,  # type: ignore[arg-type]
        state=shown.state, checked_on=shown.checked_on, valid_until=shown.valid_until, text=shown.full,  # type: ignore[arg-type]
        copy_text=shown.copy, spoken=shown.spoken, citation=shown.citation, link=shown.link,
    )  # fmt: skip


def _search(api: FastAPI, services: Services) -> None:
    guard = [Depends(needs(services, "search"))]

    @api.get("/search", dependencies=guard, summary="搜索")
    def search(q: Typed, city: City = "", limit: Limit = 8) -> Found:
        finder = finder_of(services)
        found = finder.find(q, city, database_of(services), limit)
        version = finder.shelf().library.version
        return Found(version=version, items=[entry_of(s, version) for s in found])

    @api.get("/answers/{answer_id}", dependencies=guard, summary="一条答复，可带版本")
    def answer(answer_id: AnswerId, version: Version = "") -> Entry:
        finder = finder_of(services)
        known = finder.at_version(answer_id, "")
        if known is None:
            raise HTTPException(404, "没有这条答复，或已停用。")
        shown = finder.at_version(answer_id, version)
        now = finder.shelf().library.version
        if shown is None:
            raise HTTPException(404, f"这条答复没有这个版本，现在是 {now}。")
        return entry_of(shown, version or now)


def _open(question: Question) -> Open:
    choices = [c.id for c in question.choices] if question.kind == "choice" else says(question)
    return Open(id=question.id, ask=question.ask, kind=question.kind, choices=choices)


def _eligibility(api: FastAPI, services: Services) -> None:
    guard = [Depends(needs(services, "eligibility"))]

    @api.get("/eligibility", dependencies=guard, summary="能测算哪些事项")
    def checks() -> list[CheckItem]:
        library = services.library()
        return [
            CheckItem(
                id=c.id, title=c.title, scope=c.scope, facts=[_open(q) for q in questions_of(c, library)]
            )
            for c in library.checks.values()
        ]

    @api.post("/eligibility", dependencies=guard, summary="测算")
    def measure(asked: Asked) -> Verdict:
        library, on = services.library(), finder_of(services).today()
        check = library.checks.get(asked.check)
        if check is None:
            raise HTTPException(404, "没有这项测算。")
        questions = questions_of(check, library)
        facts, faults = facts_of(questions, asked.facts)
        unknown = set(asked.facts) - {q.id for q in questions}
        if faults or unknown:
            raise HTTPException(422, " ".join([*faults, *(f"没有“{u}”这个事实。" for u in sorted(unknown))]))
        found = evaluate(check, facts, on, library)
        lines = [
            Reason(id=r.condition.id, label=r.condition.label, verdict=r.verdict, sentence=r.sentence)
            for r in found.conditions
        ]
        following = (check.next_steps or {}).get(found.verdict, "") if found.in_force else check.after
        return Verdict(
            check=check.id, title=check.title, on=on.isoformat(), in_force=found.in_force,
            verdict=found.verdict, reasons=lines, results=list(found.results), next_step=following,
            open=[_open(library.questions[f]) for f in found.open_facts], version=library.version,
        )  # fmt: skip


def _others(api: FastAPI, services: Services) -> None:
    @api.get("/contacts", dependencies=[Depends(needs(services, "contacts"))], summary="联系点")
    def contacts(need: Annotated[str, Query(max_length=128)] = "", city: City = "") -> list[Contact]:
        library = services.library()
        found = library.contacts_for(need, city) if need else library.contacts.values()
        scopes = (city, NATIONAL) if city else ("", NATIONAL, *library.cities)
        return [
            Contact(
                id=c.id, kind=c.kind, name=c.name, number=c.number, purpose=c.purpose, place=c.scope,
                verified=c.confidence == "high", checked_on=c.checked_on.isoformat(),
            )
            for c in found
            if c.shown and c.scope in scopes
        ]  # fmt: skip

    @api.post(
        "/feedback", dependencies=[Depends(needs(services, "feedback"))], summary="意见", status_code=202
    )
    def feedback(given: Feedback, request: Request) -> Done:
        if given.answer_id not in services.library().answers:
            raise HTTPException(404, "没有这条答复。")
        who, now = f"api:{request.state.token.name}"[:60], time.time()
        wrong = Wrong(given.answer_id, given.version, mask(given.question)[0], mask(given.reason)[0], who)
        with database_of(services).write() as connection:
            wrong_reports.opinion(connection, wrong, given.helpful, now)
        return Done()
