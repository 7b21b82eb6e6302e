"""From an approved edit to the release citizens get: gate, transaction, log.

Why this file exists: pressing the button, the schedule and a rollback publish in one way.
"""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence
from datetime import date

from bot import clock
from bot.console import gate, records
from bot.console.gate import Gate, Passing
from bot.console.words import plain
from bot.live.publish import Blocked, Judge, Wanted, publish, with_changes
from bot.live.source import LiveContent
from bot.logging import get_logger
from bot.services import Services
from content.find import Library
from content.yamltext import YamlError
from store import audit, drafts
from store.database import Connection, Database
from store.drafts import Edit
from store.errors import Conflict

log = get_logger(__name__)
BY_SCHEDULE = "定时"


def judge_for(live: LiveContent, on: date) -> Judge:
    """The gate as a publication asks it."""

    def judge(texts: Mapping[str, str], wanted: Sequence[Wanted]) -> Library:
        passing = Passing(texts, tuple((each.kind, each.key) for each in wanted))
        library, faults = gate.candidate(passing)
        reasons = gate.blocks(live.library, library, faults, passing, on)
        if reasons or library is None:
            raise Blocked(reasons)
        return library

    return judge


def why(blocked: Blocked) -> str:
    """Why nothing was published, in one sentence for staff."""
    return "；".join(map(plain, blocked.reasons))


def wanted_of(live: LiveContent, edit: Edit, approver: str, note: str = "") -> Wanted:
    """What an edit asks for.

    Raises:
        Blocked: its text is no YAML.
    """
    try:
        record = records.drafted(live.library, edit.name, edit.path, edit.yaml)
    except YamlError as error:
        raise Blocked([str(error)]) from error
    return Wanted(
        record.kind, record.key, record.path, record.scope, record.title, record.value, edit.author, approver,
        note, edit.base_version,
    )  # fmt: skip


def passing_of(live: LiveContent, edit: Edit) -> Passing | Gate:
    """What an edit would make of the content in force; a red gate where it cannot be put in."""
    try:
        wanted = wanted_of(live, edit, "")
        return Passing(with_changes(live.library.texts, [wanted]), ((wanted.kind, wanted.key),))
    except Blocked as blocked:
        return Gate(red=tuple(map(plain, blocked.reasons)))


def result(live: LiveContent, edit: Edit, on: date) -> Gate:
    """What the gate says to an edit now, without publishing."""
    passing = passing_of(live, edit)
    if isinstance(passing, Gate):
        return passing
    library, faults = gate.candidate(passing)
    return gate.judge(live.library, library, faults, passing, on)


def publish_edit(
    database: Database, live: LiveContent, edit: Edit, approver: str, now: float, on: date, address: str = ""
) -> int:
    """Publish one edit; gives the release.

    Raises:
        Blocked: by the gate.
        Conflict: the record or the edit changed meanwhile.
    """
    wanted = wanted_of(live, edit, approver)

    def also(connection: Connection, number: int) -> None:
        drafts.move(connection, edit, "published", now, approver=approver)
        detail = {"release": number, "draft": edit.id, "author": edit.author}
        audit.write(connection, approver, "published", edit.name, time.time(), address=address, detail=detail)

    return publish(database, live, [wanted], judge_for(live, on), now, also)


def publish_many(
    database: Database, live: LiveContent, edits: Sequence[Edit], approver: str, now: float, on: date
) -> int:
    """Publish several edits as one release, all or none; gives the release.

    Raises:
        Blocked: by the gate.
        Conflict: a record or an edit changed meanwhile.
    """
    wanted = [wanted_of(live, edit, approver) for edit in edits]

    def also(connection: Connection, number: int) -> None:
        for edit in edits:
            drafts.move(connection, edit, "published", now, approver=approver)
            detail = {"release": number, "draft": edit.id, "author": edit.author}
            audit.write(connection, approver, "published", edit.name, time.time(), detail=detail)

    return publish(database, live, wanted, judge_for(live, on), now, also)


def publish_due(services: Services, database: Database, live: LiveContent) -> None:
    """Publish what was scheduled until now; what the gate stops goes back to its author with the reason."""
    moment = clock.now(services.settings)
    with database.read() as connection:
        waiting = drafts.due(connection, moment.timestamp())
    for edit in waiting:
        try:
            publish_edit(database, live, edit, edit.approver, moment.timestamp(), moment.date())
        except Blocked as blocked:
            _give_back(database, edit, blocked.reasons, moment.timestamp())
        except Conflict as conflict:
            _give_back(database, edit, (str(conflict),), moment.timestamp())


def _give_back(database: Database, edit: Edit, reasons: Sequence[str], now: float) -> None:
    try:
        with database.write() as connection:
            kept = {**edit.gate, "red": list(reasons)}
            drafts.move(connection, edit, "refused", now, gate=kept)
            drafts.comment(connection, edit.id, BY_SCHEDULE, "没有发布：" + "；".join(reasons)[:2000], now)
            audit.write(connection, BY_SCHEDULE, "publish_blocked", edit.name, time.time())
    except Conflict:  # another process has published or given it back
        log.info("scheduled edit was settled elsewhere", draft=edit.id)
