"""With Rasa away the need is still found by words: measured on the held-out questions."""

from __future__ import annotations

import json
from datetime import datetime

import pytest

from actions import render
from actions.turn import Conversation
from bot.assistant import Assistant
from bot.clock import CHINA
from bot.desk.engines import engines_of
from bot.guess import WordGuess
from bot.inbound import Inbound
from bot.services import Services
from bot.settings import load_settings
from content.find import Library
from tests.conftest import ROOT

NOW = datetime(2026, 11, 20, 10, 30, tzinfo=CHINA)
QUESTIONS = [
    json.loads(line)
    for name in ("a", "b", "c")
    for line in (ROOT / f"tests/questions/heldout_{name}.jsonl").read_text("utf-8").splitlines()
]


@pytest.fixture(scope="module")
def services(library: Library) -> Services:
    return Services(load_settings({}, None), lambda: library)


def test_until_the_counts_are_built_there_are_no_guesses(library: Library) -> None:
    assert WordGuess(Services(load_settings({}, None), lambda: library))("公积金怎么提") == ()


async def test_most_heldout_questions_are_answered_or_their_need_offered(
    library: Library, services: Services
) -> None:
    engines_of(services).current()
    assistant = Assistant(lambda: library, None, guess=WordGuess(services))
    found = 0
    for row in QUESTIONS:
        inbound = Inbound("text", NOW, text=row["text"])
        outcome = (await assistant.respond(inbound, Conversation(), NOW)).outcome
        assert render.parts(outcome)
        found += f"{row['topic']}.{row['need']}" in (outcome.need, *outcome.suggestions)
    assert found / len(QUESTIONS) >= 0.7
