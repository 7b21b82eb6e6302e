"""What a citizen, an operator and a caller would get from a record that is not published yet.

Why this file exists: staff see the words they are changing while they type. One record is laid over the
library in force; nothing is loaded again.
"""

from __future__ import annotations

import copy
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from functools import cached_property
from types import MappingProxyType
from typing import Any

from actions import render
from actions.answer import answer_at
from actions.outcome import Outcome
from actions.place import Place
from actions.turn import Conversation, Turn
from bot.clock import CHINA
from bot.console import words
from bot.console.reading import read_one
from bot.console.records import Subject
from content import voices
from content.checking.fraud import LONGEST_STEPS
from content.find import Library
from content.model import NATIONAL, Answer, Clause

MIDMORNING = time(10, 30)


LINK = re.compile(r"<a [^>]*>(.*?)</a>")


@dataclass(frozen=True, slots=True)
class Bubble:
    """One message as WeChat shows it. ``size`` in bytes as it is sent; ``head`` says when it is said, and
    ``longest`` how many characters it may have (0: WeChat's limit only)."""

    text: str
    size: int
    head: str = ""
    longest: int = 0


@dataclass(frozen=True, slots=True)
class Preview:
    """Bubbles of WeChat, copied and spoken text; ``faults`` where it does not read."""

    bubbles: tuple[Bubble, ...] = ()
    copied: str = ""
    spoken: str = ""
    faults: tuple[str, ...] = ()


def overlay(library: Library, kind: str, key: str, record: Any) -> Library:
    """The library with one record in the place of its old self; what it is made of is shared."""
    changed = copy.copy(library)
    for name, made in vars(Library).items():
        if isinstance(made, cached_property):
            changed.__dict__.pop(name, None)
    setattr(changed, kind, MappingProxyType({**getattr(library, kind), key: record}))
    return changed


def moment(on: date) -> datetime:
    """A moment of a day."""
    return datetime.combine(on, MIDMORNING, CHINA)


def outcome_at(library: Library, need: str, city: str, on: date, aspect: str = "") -> Outcome:
    """What the assistant answers to a need in a city, the question being understood."""
    turn = Turn("", "", moment(on), library, Conversation(city=city))
    return answer_at(turn, need, Place(city=city), aspect)


def preview(library: Library, subject: Subject, on: date, aspect: str = "") -> Preview:
    """A record's words on a day, or why it cannot be read."""
    record, faults = read_one(subject, library)
    if record is None or faults:
        return Preview(faults=tuple(map(words.plain, faults)))
    if subject.kind == "steps":
        return Preview(tuple(_urgent(record)))
    if not isinstance(record, (Answer, Clause)):
        return Preview()
    changed = overlay(library, subject.kind, subject.key, record)
    if isinstance(record, Answer):
        if record.need not in library.needs:
            return Preview(faults=(f"没有事项 {record.need}",))
        city = "" if subject.scope == NATIONAL else subject.scope
        outcome = outcome_at(changed, record.need, city, on, aspect)
        copied = voices.copy_text(record, changed, on)
        spoken = voices.spoken(record, changed, on, aspect)
        return Preview(tuple(_bubbles(render.parts(outcome))), copied, spoken)
    voice = voices.clause_chat(record, changed, on)
    return Preview(tuple(_bubbles([f"{voice.text}\n{voice.citation}"])))


def _bubbles(parts: list[str]) -> Iterator[Bubble]:
    for part in parts:
        yield Bubble(LINK.sub(r"\1", part), len(part.encode()))


def _urgent(steps: Mapping[str, Any]) -> Iterator[Bubble]:
    """What is said first in every situation, to somebody who named no bank."""
    for name, order in steps["sequences"].items():
        text = "\n".join(steps["blocks"][each] for each in order).replace("{bank}", steps["bank_unknown"])
        yield Bubble(text, len(text.encode()), words.situation(name), LONGEST_STEPS)
