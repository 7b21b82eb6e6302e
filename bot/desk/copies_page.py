"""``/desk/copies``: what was copied or read out on a day, with its words and the content version."""

from __future__ import annotations

from datetime import datetime

from starlette.responses import Response

from bot.clock import CHINA
from bot.desk.site import DESK, SITE
from bot.staff.access import Call, Page
from bot.staff.roles import SUPERVISOR
from content.find import Library
from store import copies

DAY_S = 86400.0
VOICES = {"copy": "复制", "spoken": "口播", "chat": "详细"}


def title_of(library: Library, record: str) -> str:
    """What operators call an entry they read out: an answer, a clause or a contact point."""
    answer = library.answers.get(record)
    if answer is None:
        named = library.clauses.get(record) or library.contacts.get(record)
        return named.name if named else record
    city = library.cities.get(answer.scope)
    return f"{library.needs[answer.need].name} {city.name if city else '全国'}"


def page(call: Call) -> Response:
    """One day, own copies; a supervisor sees everybody's."""
    today = datetime.fromtimestamp(call.at, CHINA).date().isoformat()
    try:
        start = datetime.fromisoformat(call.query("day") or today).replace(tzinfo=CHINA)
    except ValueError:
        start = datetime.fromisoformat(today).replace(tzinfo=CHINA)
    lead = call.me.may({SUPERVISOR})
    user = call.query("user") if lead else call.me.login
    with call.database.read() as connection:
        rows = copies.between(connection, start.timestamp(), start.timestamp() + DAY_S, user)
    values = {
        "rows": rows, "day": start.date().isoformat(), "user": user, "lead": lead, "voices": VOICES,
        "titles": {row.answer_id: title_of(call.services.library(), row.answer_id) for row in rows},
    }  # fmt: skip
    return SITE.page(call, "desk/copies.html", values)


PAGES = (Page("/desk/copies", page, DESK),)
