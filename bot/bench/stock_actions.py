"""Our action for a stock action server: ``python -m rasa_sdk --actions bot.bench.stock_actions``.

Why this file exists: the stock Rasa of the bench does the same work for a turn, on rasa_sdk's own
server in a process of its own. The class of the product takes an argument, which that server cannot give.
"""

from __future__ import annotations

from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions import pipeline, wire
from bot.settings import ROOT
from content.load import load_library

_library = load_library(ROOT / "content")


class StockRespond(Action):  # type: ignore[misc]
    """What ``actions.rasa_actions.ActionRespond`` does."""

    def name(self) -> str:
        """The action's name in ``domain.yml``."""
        return "action_respond"

    def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, _domain: dict[str, Any]
    ) -> list[dict[str, Any]]:
        """Answer the tracker's latest message."""
        turn = wire.turn_from_message(tracker.latest_message, _library)
        outcome = wire.outcome_to_json(pipeline.late(turn))
        dispatcher.utter_message(json_message={"outcome": outcome})
        return []
