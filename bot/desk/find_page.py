"""``/desk``: search as you type, the whole answer at once, three voices, 答错了.

Why this file exists: what happens while a caller speaks. Ranking is the engine's, wording is ``shown``'s.
"""

from __future__ import annotations

import time
from dataclasses import dataclass, field
from datetime import date

from starlette.responses import JSONResponse, Response

from bot import clock
from bot.desk.engine import Engine
from bot.desk.engines import engines_of
from bot.desk.opinion import Opinion
from bot.desk.postings import Floats
from bot.desk.shown import Shelf, Shown, worth
from bot.desk.site import DESK, SITE
from bot.live import versions
from bot.services import Services
from bot.staff.access import Call, Page, missing
from nlu.text import mask
from store import copies, wrong_reports
from store.copies import Copy
from store.database import Database
from store.wrong_reports import Wrong

USE_S = 30 * 86400.0
"""Use in the last month counts for the ranking."""
REFRESH_S = 60.0
TYPED_CHARS = 80
MOVED = "内容刚更新过，已换成最新的，请看一眼再按一次。"
SPARE = 4
"""Hits looked at beyond those shown, for answers that are switched off."""


@dataclass(slots=True)
class Finder:
    """What a search needs, kept between keystrokes: the day's shelf and how much everything is used."""

    services: Services
    _shelf: Shelf | None = None
    _uses: dict[str, int] = field(default_factory=dict)
    _uses_at: float = 0.0

    def shelf(self) -> Shelf:
        """Entries of the content in force today."""
        library, on = self.services.library(), self.today()
        shelf = self._shelf
        if shelf is None or shelf.library is not library or shelf.on != on:
            shelf = self._shelf = Shelf(library, on, self.services.settings.public_url.rstrip("/"))
        return shelf

    def today(self) -> date:
        """The service's day."""
        return clock.now(self.services.settings).date()

    def uses(self, database: Database | None) -> dict[str, int]:
        """Record id to its use in the last month, a minute old at most."""
        now = time.time()
        if database is not None and now - self._uses_at > REFRESH_S:
            self._uses_at = now
            with database.read() as connection:
                self._uses = copies.uses(connection, now - USE_S)
        return self._uses

    def find(self, typed: str, city: str, database: Database | None, limit: int = 8) -> list[Shown]:
        """The best entries for what was typed."""
        shelf, uses = self.shelf(), self.uses(database)
        engine = engines_of(self.services).current()
        known, typed = city if city in shelf.library.cities else "", typed[:TYPED_CHARS]
        opinion = self._opinion(typed, engine)
        hits = engine.search(typed, known, lambda d: worth(shelf, uses, d), limit + SPARE, opinion)
        shown = [shelf.shown(hit.document) for hit in hits]
        return [entry for entry in shown if not self.is_off(entry)][:limit]

    def _opinion(self, typed: str, engine: Engine) -> Floats | None:
        """What Rasa makes of it, where this process has one and nobody waits for it."""
        asked: Opinion | None = self.services.extras.get("desk_opinion")
        return asked.of(engine.meant(typed), engine.needs) if asked else None

    def is_off(self, entry: Shown) -> bool:
        """Whether staff switched the answer or its city off: then nobody reads it out either."""
        answer = self.shelf().library.answers.get(entry.id) if entry.kind == "answer" else None
        return answer is not None and versions.is_off(self.services, answer)

    def at_version(self, answer_id: str, version: str) -> Shown | None:
        """An answer as it is now ("" or the version in force) or was; None where there is none.

        Args:
            answer_id: its id.
            version: of the whole content, or ``v3`` for the third text of this answer.
        """
        shelf = self.shelf()
        answer = shelf.library.answers.get(answer_id)
        if answer is None or versions.is_off(self.services, answer):
            return None
        if version in ("", shelf.library.version):
            return shelf.entry("answer", answer_id)
        old = versions.find(self.services, shelf.library, answer, version)
        if old is None:
            return None
        return Shelf(old.library, old.on or shelf.on, shelf.base, version).entry("answer", answer_id)


def finder_of(services: Services) -> Finder:
    """The one finder of these services."""
    found: Finder = services.extras.setdefault("desk_finder", Finder(services))
    return found


def home(call: Call) -> Response:
    """The page, with results when the address carries a question."""
    typed, city = call.query("q"), call.query("city")
    return SITE.page(call, "desk/find.html", {**_found(call, typed, city), "typed": typed, "city": city})


def results(call: Call) -> Response:
    """The list for one keystroke."""
    return SITE.page(call, "desk/_results.html", _found(call, call.query("q"), call.query("city")))


def _found(call: Call, typed: str, city: str) -> dict[str, object]:
    finder = finder_of(call.services)
    found = finder.find(typed, city, call.database) if typed else []
    library = finder.shelf().library
    return {"found": found, "cities": library.cities.values(), "version": library.version, "asked": typed}


def _entry(call: Call) -> Shown:
    try:
        return finder_of(call.services).shelf().entry(call.text("kind"), call.text("id"))
    except KeyError:
        raise missing("这一条") from None


def copied(call: Call) -> Response:
    """Remember that a voice was copied or read out; gives the words, so that both are the same.

    Where something was published or switched off since the page was drawn, nothing is remembered: what is
    read from the screen would not be what is kept.
    """
    entry, voice = _entry(call), call.text("voice")
    if voice not in entry.voices:
        raise missing("这种说法")
    words, version = entry.voices[voice], finder_of(call.services).shelf().library.version
    if call.text("version", 128) not in ("", version) or finder_of(call.services).is_off(entry):
        return JSONResponse({"said": MOVED}, 409)
    with call.database.write() as connection:
        copies.remember(connection, Copy(call.me.login, entry.id, version, voice, words), call.at)
    return JSONResponse({"text": words})


def wrong(call: Call) -> Response:
    """Report that an answer is wrong."""
    sentence, question = mask(call.text("sentence", 500))[0], mask(call.text("question", 200))[0]
    if not sentence:
        return JSONResponse({"said": "请写一句哪里不对。"}, 422)
    entry, version = _entry(call), call.text("version", 128) or call.services.library().version
    with call.database.write() as connection:
        made = wrong_reports.report(
            connection, Wrong(entry.id, version, question, sentence, call.me.login), call.at
        )
        call.audit(connection, "wrong_reported", entry.id, detail={"report": made})
    return JSONResponse({"said": "已经报给内容后台，谢谢。"})


PAGES = (
    Page("/desk", home, DESK),
    Page("/desk/search", results, DESK),
    Page("/desk/copied", copied, DESK, "POST"),
    Page("/desk/wrong", wrong, DESK, "POST"),
)
