"""Questions in, records out: each line a fresh citizen, several at once, order kept.

Why this file exists: one shape of record for ``ask --json``, ``eval`` and the training gate. It must not
print or measure.
"""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from actions import render
from actions.outcome import Outcome
from actions.turn import Conversation
from bot.assistant import Assistant
from bot.cli.words import city_id
from bot.inbound import Inbound
from content.find import Library

Row = dict[str, Any]
AT_ONCE = 8
"""Questions under way at the same time: enough to keep Rasa busy on 2 cores."""


class BadRow(Exception):
    """A line of a questions file is not what ACCEPTANCE describes; the message says which."""


def read_rows(path: Path) -> list[Row]:
    """Read a JSONL questions file.

    Raises:
        BadRow: a line is not an object with ``id`` and ``text``.
        OSError: the file cannot be read.
    """
    rows = []
    for number, line in enumerate(path.read_text("utf-8").splitlines(), 1):
        if not line.strip():
            continue
        try:
            row = json.loads(line)
            rows.append({**row, "id": str(row["id"]), "text": str(row["text"])})
        except (ValueError, KeyError, TypeError):
            raise BadRow(f"{path}:{number}: 应为一行一个 JSON 对象，至少有 id 和 text") from None
    return rows


def offered(outcome: Outcome, library: Library) -> list[str]:
    """The needs that the reply offers to tap: the runners-up first, then the record's follow-ups."""
    by_say = {need.say: need.id for need in library.needs.values()}
    tapped = (by_say[c.say] for c in outcome.choices if c.say in by_say)
    return list(dict.fromkeys([*outcome.suggestions, *tapped]))


def record(row: Row, outcome: Outcome, library: Library) -> Row:
    """The output line of ACCEPTANCE for one question."""
    topic, _, need = outcome.need.partition(".")
    return {
        "id": row["id"],
        "topic": topic,
        "need": need,
        "confidence": round(outcome.confidence, 4),
        "outcome": str(outcome.kind),
        "city": outcome.city,
        "answer_id": outcome.answer_id,
        "clauses": list(outcome.clauses),
        "notices": list(outcome.notices),
        "suggestions": offered(outcome, library),
        "aspect": outcome.aspect,
        "verdict": outcome.verdict or None,
        "text": render.plain(outcome),
    }


@dataclass(frozen=True, slots=True)
class Citizens:
    """Asks an assistant as one fresh citizen per row, at the moment ``now``."""

    assistant: Assistant
    library: Library
    now: datetime

    async def ask(self, row: Row) -> Outcome:
        """The outcome of a row's text, after its ``context`` in the same conversation."""
        known = row.get("city") if row.get("city_known") else None
        talk = Conversation(city=city_id(self.library, known))
        for text in row.get("context") or ():
            talk = (await self._say(text, talk))[1]
        return (await self._say(row["text"], talk))[0]

    async def _say(self, text: str, talk: Conversation) -> tuple[Outcome, Conversation]:
        response = await self.assistant.respond(Inbound("text", self.now, text), talk, self.now)
        return response.outcome, response.conversation

    async def ask_all(self, rows: Sequence[Row], done: Callable[[], None] = lambda: None) -> list[Row]:
        """A record per row, in order; ``done`` is called after each."""
        gate = asyncio.Semaphore(AT_ONCE)

        async def one(row: Row) -> Row:
            async with gate:
                outcome = await self.ask(row)
                done()
                return record(row, outcome, self.library)

        return list(await asyncio.gather(*(one(row) for row in rows)))
