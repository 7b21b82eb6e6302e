"""NeedClassifier: nlu.model as a Rasa intent classifier."""

from __future__ import annotations

import logging
from pathlib import Path
from typing import Any

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.classifiers.classifier import IntentClassifier
from rasa.shared.nlu.constants import INTENT, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from nlu.fingerprint import code_fingerprint
from nlu.model import meaning
from nlu.model.classifier import Classifier
from nlu.model.fit import fit
from nlu.progress import tell

log = logging.getLogger(__name__)
_RANKING = "intent_ranking"


def warmed(model: Classifier) -> Classifier:
    """With the encoder loaded; without a second machine where there is no room to put it together."""
    try:
        if model.second is not None:
            model.second.warm_up()
    except OSError as error:
        log.warning("encoder not loaded, the n-grams decide alone: %s", type(error).__name__)
        model.second = None
    return model


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=True)
class NeedClassifier(GraphComponent, IntentClassifier):
    """Needs with calibrated confidences; only the first ten go further."""

    def __init__(self, storage: ModelStorage, resource: Resource, model: Classifier | None = None) -> None:
        self._storage, self._resource, self._model = storage, resource, model

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> NeedClassifier:
        """An untrained classifier."""
        return cls(model_storage, resource)

    @classmethod
    def load(
        cls, config: dict[str, Any], model_storage: ModelStorage, resource: Resource,
        execution_context: ExecutionContext, **kwargs: Any,
    ) -> NeedClassifier:  # fmt: skip
        """A trained classifier from the model archive."""
        with model_storage.read_from(resource) as folder:
            model = Classifier.load(Path(folder))
        return cls(model_storage, resource, warmed(model))

    @staticmethod
    def fingerprint_addon(config: dict[str, Any]) -> str | None:
        """Word lists and the code of nlu/text and nlu/model belong to the model: a change retrains."""
        return code_fingerprint()

    def train(self, training_data: TrainingData) -> Resource:
        """Fit on the normalised examples and store the model."""
        rows = [(m.get(TEXT), m.get(INTENT)) for m in training_data.intent_examples if m.get(TEXT)]
        shelf = meaning.Shelf.load() if meaning.available() else None
        self._model = fit([t for t, _ in rows], [n for _, n in rows], tell, shelf)
        with self._storage.write_to(self._resource) as folder:
            self._model.save(Path(folder))
        return self._resource

    def process(self, messages: list[Message]) -> list[Message]:
        """Adds need and ranking to each message."""
        for message in messages:
            ranking = [{"name": n, "confidence": c} for n, c in self._rank(message.get(TEXT) or "")]
            message.set(
                INTENT, ranking[0] if ranking else {"name": None, "confidence": 0.0}, add_to_output=True
            )
            message.set(_RANKING, ranking, add_to_output=True)
        return messages

    def _rank(self, text: str) -> list[tuple[str, float]]:
        return self._model.ranking(text) if self._model and text else []
