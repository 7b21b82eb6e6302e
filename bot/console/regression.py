"""The replies to the stored questions before and after an edit.

Why this file exists: a reviewer sees what citizens who ask in full sentences will read, not only the
record that was changed. What a question is about is stored with it, so only the content differs. It must
not know drafts or databases.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from actions import pipeline, render, wire
from actions.turn import Conversation, Turn, Understanding
from bot.console.preview import moment
from bot.console.sayings import Saying
from content.find import Library
from nlu.text import normalise

NO_SOURCE = "（这条答复没有出处，不会发给市民）"


@dataclass(frozen=True, slots=True)
class Compared:
    """A stored question with its reply now and after the edit."""

    question: Saying
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Comparison:
    """Every stored question is in exactly one of the two."""

    changed: tuple[Compared, ...] = ()
    same: tuple[Saying, ...] = ()


def compare(now: Library, new: Library, questions: Sequence[Saying], on: date) -> Comparison:
    """Ask both libraries every question, on a day."""
    before = _all_replies(now, tuple(questions), on)
    found = [Compared(q, b, reply(new, q, on)) for q, b in zip(questions, before, strict=True)]
    changed = tuple(each for each in found if each.before != each.after)
    return Comparison(changed, tuple(each.question for each in found if each.before == each.after))


@lru_cache(maxsize=1)
def _all_replies(now: Library, questions: tuple[Saying, ...], on: date) -> tuple[str, ...]:
    return tuple(reply(now, question, on) for question in questions)


def reply(library: Library, question: Saying, on: date) -> str:
    """What a new citizen gets for a question that was understood as its need."""
    text = normalise(question.text)
    ranking = ((question.need, 1.0),) if question.need in library.needs else ()
    heard = Understanding(ranking, wire.found_entities(text))
    turn = Turn(text, question.text, moment(on), library, Conversation(), heard)
    try:
        return render.plain(pipeline.respond(turn))
    except pipeline.MissingSource:
        return NO_SOURCE
