"""What people say to a need: the shipped sample questions and the shipped stored questions.

Why this file exists: the gate, the boards and a training read the same sentences. What staff added or set
aside is in ``store.examples``.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from bot.samples import read_examples
from content.yamltext import read
from store import examples
from store.database import Connection

STORED_FILE = Path(__file__).with_name("stored_questions.yml")
Sentences = Mapping[str, tuple[str, ...]]
"""Need to what people say."""


@dataclass(frozen=True, slots=True)
class Saying:
    """A sentence of a need. ``id`` is 0 for a shipped one, else its row; ``by`` is who added it."""

    need: str
    text: str
    id: int = 0
    by: str = ""


@lru_cache(maxsize=1)
def shipped_examples() -> Sentences:
    """The sample questions the program brings, as the classifier learns them."""
    found: dict[str, list[str]] = {}
    for text, need in read_examples():
        found.setdefault(need, []).append(text)
    return {need: tuple(texts) for need, texts in found.items()}


@lru_cache(maxsize=1)
def shipped_stored() -> Sentences:
    """The stored questions the program brings."""
    data: dict[str, list[str]] = read(STORED_FILE.read_text("utf-8"))
    return {need: tuple(texts) for need, texts in data.items()}


def in_use(shipped: Sentences, aside: Iterable[tuple[str, str]], added: Iterable[Saying]) -> list[Saying]:
    """The shipped sentences less those set aside (need, text), then the added ones; each text once."""
    gone = set(aside)
    kept = [Saying(n, t) for n, texts in shipped.items() for t in texts if (n, t) not in gone]
    return list({each.text: each for each in [*kept, *added]}.values())


def aside_of(connection: Connection, kind: str) -> list[tuple[str, str]]:
    """Need and text of the shipped sentences staff set aside."""
    return [(each.need, each.text) for each in examples.listed(connection, examples.ASIDE[kind])]


def added_of(connection: Connection, kind: str) -> list[Saying]:
    """What staff added, oldest first."""
    return [Saying(e.need, e.text, e.id, e.by) for e in reversed(examples.listed(connection, kind))]


def stored_questions(connection: Connection) -> list[Saying]:
    """The questions whose replies are compared before every approval."""
    kind = examples.STORED
    return in_use(shipped_stored(), aside_of(connection, kind), added_of(connection, kind))
