"""TermEntities: spans of nlu.text as Rasa entities."""

from __future__ import annotations

from typing import Any

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.nlu.constants import ENTITIES, TEXT
from rasa.shared.nlu.training_data.message import Message

from nlu.text import Found, entities


def _as_rasa(found: Found) -> dict[str, Any]:
    span = {"start": found.start, "end": found.end, "text": found.text}
    return {"entity": found.kind, "value": found.value, **span, "extractor": "TermEntities"}


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.ENTITY_EXTRACTOR, is_trainable=False)
class TermEntities(GraphComponent):
    """City, origin, aspect, bank, amount, duration and date with normalised values."""

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> TermEntities:
        """A component without state: names come from content."""
        return cls()

    def process(self, messages: list[Message]) -> list[Message]:
        """Adds the spans of each message."""
        for message in messages:
            found = [_as_rasa(f) for f in entities(message.get(TEXT) or "")]
            message.set(ENTITIES, message.get(ENTITIES, []) + found, add_to_output=True)
        return messages
