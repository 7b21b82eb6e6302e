"""The rasa_sdk action: Rasa's tracker in, one outcome out.

Why this file exists: it is the only place that knows both Rasa's calling convention and our
pipeline. There is one action because what to do depends on the conversation, not only on the intent
(docs/decisions/0006).
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions import pipeline, wire
from actions.service import DEFAULT, Service
from content.find import Library

LibrarySource = Callable[[], Library]


class ActionRespond(Action):  # type: ignore[misc]
    """Answers the tracker's latest message from the library in force now."""

    def __init__(self, library: LibrarySource, service: Service = DEFAULT) -> None:
        self._library = library
        self._service = service

    def name(self) -> str:
        """The action's name in ``domain.yml``."""
        return "action_respond"

    def run(
        self,
        dispatcher: CollectingDispatcher,
        tracker: Tracker,
        domain: dict[str, Any],  # noqa: ARG002
    ) -> list[dict[str, Any]]:
        """Put ``{"outcome": …, "conversation": …}`` into the reply as a custom payload."""
        turn = wire.turn_from_message(tracker.latest_message, self._library(), self._service)
        outcome = pipeline.late(turn)
        dispatcher.utter_message(
            json_message={
                "outcome": wire.outcome_to_json(outcome),
                "conversation": turn.conversation.to_json(),
            }
        )
        return []
