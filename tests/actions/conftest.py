"""A conversation without Rasa: the need is given, everything else is the real pipeline."""

from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from actions import pipeline
from actions.outcome import Outcome
from actions.rewrite import standalone
from actions.turn import Conversation, Turn, Understanding
from actions.wire import found_entities
from content.find import Library
from content.load import load_library
from nlu.text import mask, normalise

ROOT = Path(__file__).resolve().parents[2]
NOON = datetime(2026, 11, 20, 10, 30, tzinfo=ZoneInfo("Asia/Shanghai"))


class Talk:
    """One citizen. ``say`` returns the outcome; ``needs`` are what the classifier would rank."""

    def __init__(self, library: Library, now: datetime = NOON) -> None:
        self.library, self.now = library, now
        self.conversation = Conversation()

    def say(self, raw: str, *needs: str, sure: float = 0.97) -> Outcome:
        masked, hidden = mask(raw)
        text = normalise(masked)
        turn = Turn(text, masked, self.now, self.library, self.conversation, masked=bool(hidden))
        outcome = pipeline.early(turn)
        if outcome is None:
            turn.text = standalone(turn.text, self.conversation, self.library)
            ranking = tuple((need, sure / (2**i)) for i, need in enumerate(needs))
            turn.understanding = Understanding(ranking, found_entities(turn.text))
            outcome = pipeline.late(turn)
        self.conversation = Conversation.from_json(turn.conversation.to_json())
        return outcome


@pytest.fixture(scope="session")
def library() -> Library:
    return load_library(ROOT / "content")


@pytest.fixture
def talk(library) -> Talk:
    return Talk(library)
