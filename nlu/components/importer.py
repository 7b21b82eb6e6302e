"""TopicsImporter: intents come from content/topics.yml, the one place a need is added.

Why this file exists: domain.yml would else repeat 169 intents, and examples of a need that does
not exist would train silently.
"""

from __future__ import annotations

from typing import Any

from rasa.shared.core.domain import Domain
from rasa.shared.exceptions import RasaException
from rasa.shared.importers.rasa import RasaFileImporter
from rasa.shared.nlu.training_data.training_data import TrainingData

from nlu.text.names import needs

ENTITIES = ("city", "origin", "aspect", "bank", "amount", "duration", "date")


class UnknownNeed(RasaException):
    """Examples name a need that content/topics.yml does not have."""

    def __init__(self, names: set[str]) -> None:
        listed = "、".join(sorted(names))
        super().__init__(
            f"nlu/topics/ 里的意图不在 content/topics.yml 中：{listed}。请改 intent，或加上事项。"
        )


class TopicsImporter(RasaFileImporter):
    """Rasa's file importer with our needs as intents and our span kinds as entities."""

    def get_domain(self) -> Domain:
        """domain.yml plus one intent per need."""
        own: dict[str, Any] = {"intents": list(needs()), "entities": list(ENTITIES)}
        return super().get_domain().merge(Domain.from_dict(own))

    def get_nlu_data(self, language: str | None = "zh") -> TrainingData:
        """The examples.

        Raises:
            UnknownNeed: where an example belongs to no need of the content.
        """
        data = super().get_nlu_data(language)
        unknown = data.intents - set(needs())
        if unknown:
            raise UnknownNeed(unknown)
        return data
