"""Two lists of sentences staff keep per need: sample questions to learn from, stored questions to check with.

Why this file exists: both are looked at, added to and thinned out in the same way. Shipped sentences are
only set aside, never lost; what is set aside can be taken back.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import quote

from starlette.responses import RedirectResponse, Response

from bot.console import sayings
from bot.console.forms import picked
from bot.console.sayings import Sentences
from bot.console.site import SITE
from bot.staff.access import Call, Handler, Page, missing
from bot.staff.common import library_of, number_asked
from bot.staff.roles import READERS, WRITERS
from nlu.text import mask
from store import examples

ROWS = 100
LONGEST = 200
"""Characters kept of a sentence: longer ones are stories nobody can check at a glance."""
FEWEST = 10
"""Sample questions a need must keep: with fewer it is no longer told from its neighbours."""


@dataclass(frozen=True, slots=True)
class Board:
    """One of the lists. ``fewest`` sentences of a need must stay in use."""

    kind: str
    path: str
    title: str
    about: str
    shipped: Callable[[], Sentences]
    deeds: tuple[str, str]
    fewest: int = 0


LEARNED = Board(
    examples.KIND, "/console/examples", "例句",
    "理解程序从这些例句学会分辨事项。增减以后，要训练一次、换上新模型才起作用。",
    sayings.shipped_examples, ("example_added", "example_removed"), FEWEST,
)  # fmt: skip
CHECKED = Board(
    examples.STORED, "/console/stored", "存着的问题",
    "每份修改批准之前，用这些问题把改前、改后各问一遍，列出哪些回复会变。改这里马上起作用，不用训练。",
    sayings.shipped_stored, ("stored_added", "stored_removed"),
)  # fmt: skip


def show(call: Call, board: Board) -> Response:
    """The sentences of one need, or of all."""
    return _page(call, board)


def _page(call: Call, board: Board, fault: str = "", status: int = 200) -> Response:
    need = call.text("need") or call.query("need")
    need, words = picked(need), call.query("q").lower()
    with call.database.read() as connection:
        aside = examples.listed(connection, examples.ASIDE[board.kind])
        added = sayings.added_of(connection, board.kind)
    found = sayings.in_use(board.shipped(), [(a.need, a.text) for a in aside], added)
    shown = [s for s in found if need in ("", s.need) and words in s.text.lower()]
    number, last = number_asked(call), max(1, -(-len(shown) // ROWS))
    values = {
        "board": board, "needs": library_of(call).needs, "need": need, "total": len(shown), "fault": fault,
        "rows": shown[(number - 1) * ROWS : number * ROWS], "number": number, "last": last,
        "aside": [a for a in aside if need in ("", a.need)], "writer": call.me.may(WRITERS),
        "asked": {"need": need, "q": call.query("q")},
    }  # fmt: skip
    return SITE.page(call, "console/sentences.html", values, status)


def _back(board: Board, need: str) -> Response:
    return RedirectResponse(f"{board.path}?need={quote(need)}", 303)


def add(call: Call, board: Board) -> Response:
    """Add sentences to a need, one per line."""
    need = picked(call.text("need"))
    lines = [line.strip() for line in call.text("texts", 8000).splitlines()]
    texts = [mask(line)[0][:LONGEST] for line in lines if line]
    if need not in library_of(call).needs or not texts:
        return _page(call, board, "请选事项，并写至少一句。", 422)
    with call.database.write() as connection:
        aside = sayings.aside_of(connection, board.kind)
        added = sayings.added_of(connection, board.kind)
        known = {s.text for s in sayings.in_use(board.shipped(), aside, added)}
        fresh = [text for text in dict.fromkeys(texts) if text not in known]
        for text in fresh:
            examples.add(connection, need, text, call.me.login, call.now(), board.kind)
        call.audit(connection, board.deeds[0], f"need:{need}", detail={"count": len(fresh)})
    return _back(board, need)


def remove(call: Call, board: Board) -> Response:
    """Do without a sentence: an added one goes, a shipped one is set aside."""
    need, text = call.text("need"), call.text("text")
    with call.database.write() as connection:
        aside = sayings.aside_of(connection, board.kind)
        found = sayings.in_use(board.shipped(), aside, sayings.added_of(connection, board.kind))
        saying = next((s for s in found if (s.need, s.text) == (need, text)), None)
        if saying is None:
            raise missing("这一句")
        if sum(s.need == need for s in found) <= board.fewest:
            return _page(call, board, f"这个事项只剩 {board.fewest} 句了，再少就分不清，请先加新的。", 422)
        if saying.id:
            examples.remove(connection, saying.id, board.kind)
        else:
            examples.set_aside(connection, need, text, call.me.login, call.now(), board.kind)
        call.audit(connection, board.deeds[1], f"need:{need}", detail={"text": text[:80]})
    return _back(board, need)


def take_back(call: Call, board: Board) -> Response:
    """Use a shipped sentence again."""
    number = call.request.path_params["sentence"]
    with call.database.write() as connection:
        if not examples.remove(connection, number, examples.ASIDE[board.kind]):
            raise missing("这一句")
        call.audit(connection, board.deeds[0], f"sentence:{number}")
    return _back(board, call.text("need"))


def _pages(board: Board) -> tuple[Page, ...]:
    def on(handler: Callable[[Call, Board], Response]) -> Handler:
        return lambda call: handler(call, board)

    return (
        Page(board.path, on(show), READERS),
        Page(f"{board.path}/add", on(add), WRITERS, "POST"),
        Page(f"{board.path}/remove", on(remove), WRITERS, "POST"),
        Page(f"{board.path}/back/{{sentence:int}}", on(take_back), WRITERS, "POST"),
    )


PAGES = (*_pages(LEARNED), *_pages(CHECKED))
