"""Questions through an assistant: a fresh citizen per row, context first, order kept."""

from __future__ import annotations

import asyncio
import json
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

import pytest

from actions.outcome import Choice, Outcome, OutcomeKind
from actions.turn import Conversation
from bot.assistant import Response
from bot.cli.batch import BadRow, Citizens, read_rows, record
from bot.inbound import Inbound
from bot.settings import CHINA, ROOT
from content.load import load_library

NOW = datetime(2026, 11, 20, 10, 30, tzinfo=CHINA)


@dataclass
class Parrot:
    """Answers with what it heard and remembers it; later questions are answered sooner."""

    heard: list[tuple[str, str]] = field(default_factory=list)

    async def respond(self, inbound: Inbound, talk: Conversation, now: datetime) -> Response:
        assert now == NOW
        await asyncio.sleep(0.001 * (5 - len(inbound.text) % 5))
        self.heard.append((talk.city, inbound.text))
        after = Conversation(city=talk.city, recent=[*talk.recent, {"text": inbound.text}])
        said = "|".join(r["text"] for r in after.recent)
        return Response(Outcome(OutcomeKind.ANSWERED, said, need="rental.find_rental", city=talk.city), after)


@pytest.fixture(scope="module")
def library():
    return load_library(ROOT / "content")


async def test_order_is_kept_whatever_takes_longer(library) -> None:
    rows = [{"id": str(n), "text": "问" * n} for n in range(1, 30)]
    records = await Citizens(Parrot(), library, NOW).ask_all(rows)
    assert [r["id"] for r in records] == [row["id"] for row in rows]


async def test_every_row_is_a_fresh_citizen(library) -> None:
    records = await Citizens(Parrot(), library, NOW).ask_all(
        [{"id": "1", "text": "甲"}, {"id": "2", "text": "乙"}]
    )
    assert [r["text"] for r in records] == ["甲", "乙"]


async def test_context_is_said_first_in_the_same_conversation(library) -> None:
    row = {"id": "1", "text": "丙", "context": ["甲", "乙"]}
    (found,) = await Citizens(Parrot(), library, NOW).ask_all([row])
    assert found["text"] == "甲|乙|丙"


@pytest.mark.parametrize("name", ["成都", "chengdu"])
async def test_a_known_city_is_remembered_before_the_question(library, name: str) -> None:
    parrot = Parrot()
    await Citizens(parrot, library, NOW).ask_all(
        [{"id": "1", "text": "甲", "city": name, "city_known": True}]
    )
    assert parrot.heard == [("chengdu", "甲")]


async def test_a_city_that_is_only_a_label_is_not_told(library) -> None:
    parrot = Parrot()
    await Citizens(parrot, library, NOW).ask_all([{"id": "1", "text": "甲", "city": "成都"}])
    assert parrot.heard == [("", "甲")]


def test_a_record_has_the_keys_that_acceptance_fixes(library) -> None:
    outcome = Outcome(
        OutcomeKind.ANSWERED,
        "可以。",
        citation="依据：甲",
        choices=(Choice("下一步"),),
        need="rental.find_rental",
    )
    found = record({"id": "q1"}, outcome, library)
    fixed = "id topic need confidence outcome city answer_id clauses notices suggestions aspect verdict text"
    assert list(found) == fixed.split()
    assert (found["topic"], found["need"], found["verdict"]) == ("rental", "find_rental", None)
    assert found["text"] == "可以。\n依据：甲\n1. 下一步"
    json.dumps(found)


def test_needs_that_a_reply_offers_are_suggestions(library) -> None:
    deposit, lease = (library.needs[f"rental.{n}"] for n in ("deposit_refund", "lease_contract"))
    outcome = Outcome(
        OutcomeKind.ANSWERED,
        "可以。",
        choices=(Choice(lease.say), Choice("转人工说法"), Choice(deposit.say)),
        suggestions=(deposit.id,),
    )
    assert record({"id": "q1"}, outcome, library)["suggestions"] == [deposit.id, lease.id]


def test_a_bad_line_is_named(tmp_path: Path) -> None:
    path = tmp_path / "q.jsonl"
    path.write_text('{"id": "1", "text": "x"}\n\n{"id": "2"}\n')
    with pytest.raises(BadRow, match=r"q\.jsonl:3"):
        read_rows(path)


def test_numbers_as_ids_are_read_as_text(tmp_path: Path) -> None:
    path = tmp_path / "q.jsonl"
    path.write_text('{"id": 7, "text": "x"}\n')
    assert read_rows(path)[0]["id"] == "7"
