"""The command line measures what citizens get, or says that it could not."""

from __future__ import annotations

import json
import os

import pytest

from actions.turn import Conversation
from bot.cli import pipeline
from bot.cli.batch import Citizens
from bot.cli.pipeline import Degraded, Strict, real_assistant, shared_rasa
from bot.inbound import Inbound
from bot.settings import Settings
from tests.bot.cli.test_batch import NOW


def note(settings: Settings, **facts: object) -> None:
    known = {
        "pid": os.getpid(),
        "rasa_url": "http://127.0.0.1:1",
        "address": "http://here",
        "model": "mark",
        **facts,
    }
    (settings.state / "run.json").write_text(json.dumps(known))


@pytest.fixture
def settings(services_with, monkeypatch: pytest.MonkeyPatch) -> Settings:
    monkeypatch.setattr(pipeline.brain, "fingerprint", lambda: "mark")
    monkeypatch.setattr(pipeline.run, "answers", lambda url: True)
    monkeypatch.setattr(
        pipeline.run, "health", lambda address: {"http://here": {"content": "v1"}}.get(address, {})
    )
    return services_with().settings


def test_a_running_service_of_the_same_model_and_content_is_shared(settings: Settings) -> None:
    note(settings)
    assert shared_rasa(settings, "v1") == "http://127.0.0.1:1"


@pytest.mark.parametrize("other", [{"model": "old"}, {"address": "http://elsewhere"}, {"pid": 2**22 + 1}])
def test_one_that_would_answer_otherwise_is_not(settings: Settings, other: dict[str, object]) -> None:
    note(settings, **other)
    assert shared_rasa(settings, "v1") == ""


def test_one_that_serves_other_content_by_now_is_not(settings: Settings) -> None:
    note(settings)
    assert shared_rasa(settings, "v2") == ""


def test_one_that_does_not_answer_is_not(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pipeline.run, "answers", lambda url: False)
    note(settings)
    assert shared_rasa(settings, "v1") == ""


def test_no_service_is_no_service(settings: Settings) -> None:
    assert shared_rasa(settings, "v1") == ""


def test_failures_are_counted_and_nothing_is_held_back() -> None:
    strict = Strict()
    for ok in (False, False, True, False, False, False):
        strict.record(ok)
        assert strict.allows()
    assert strict.failed == 5


async def test_a_turn_without_rasa_makes_the_run_worthless(services_with, library) -> None:
    settings = services_with(RASA_URL="http://127.0.0.1:1").settings
    with pytest.raises(Degraded, match="1 次"):
        async with real_assistant(settings, lambda: library) as assistant:
            await assistant.respond(
                Inbound("text", NOW, "单位断缴半年，现在自己补上，对买房贷款有影响没有"), Conversation(), NOW
            )


async def test_without_rasa_fraud_is_still_urgent_but_not_a_measurement(services_with, library) -> None:
    settings = services_with(RASA_URL="http://127.0.0.1:1").settings
    async with real_assistant(settings, lambda: library) as assistant:
        rows = [{"id": "1", "text": "我被骗了，刚把钱转过去"}]
        (found,) = await Citizens(assistant, library, NOW).ask_all(rows)
    assert found["outcome"] == "urgent_fraud"
