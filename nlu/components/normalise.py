"""NormaliseText: the message is understood in its normalised form, training and serving alike."""

from __future__ import annotations

from typing import Any

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.nlu.constants import TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from nlu.text import normalise


def plain(text: str) -> str:
    """Normalised, and without the leading slash by which Rasa lets a sender name an intent."""
    return normalise(text).lstrip("/ ")


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.MESSAGE_FEATURIZER, is_trainable=False)
class NormaliseText(GraphComponent):
    """Replaces the text of messages; the caller keeps what was typed."""

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> NormaliseText:
        """A component without state."""
        return cls()

    def process(self, messages: list[Message]) -> list[Message]:
        """The same messages, normalised."""
        for message in messages:
            message.set(TEXT, plain(message.get(TEXT) or ""), add_to_output=True)
        return messages

    def process_training_data(self, training_data: TrainingData) -> TrainingData:
        """Examples are written as people type; they train as they are served."""
        self.process([m for m in training_data.training_examples if m.get(TEXT)])
        return training_data
