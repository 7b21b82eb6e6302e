"""TopicsImporter: intents come from content/topics.yml, the one place a need is added.

Why this file exists: domain.yml would else repeat 169 intents, and examples of a need that does
not exist would train silently. Rasa's own reader and copies of 38,000 examples took 40 of the 200 CPU
seconds of a training.
"""

from __future__ import annotations

import hashlib
from functools import cached_property
from pathlib import Path
from typing import Any

from rasa.shared.core.domain import Domain
from rasa.shared.exceptions import RasaException
from rasa.shared.importers.rasa import RasaFileImporter
from rasa.shared.nlu.constants import INTENT, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from nlu.model.examples import examples_in
from nlu.text.names import needs

ENTITIES = ("city", "origin", "aspect", "bank", "amount", "duration", "date")


class UnknownNeed(RasaException):
    """Examples name a need that content/topics.yml does not have."""

    def __init__(self, names: set[str]) -> None:
        listed = "、".join(sorted(names))
        super().__init__(
            f"nlu/topics/ 里的意图不在 content/topics.yml 中：{listed}。请改 intent，或加上事项。"
        )


class Example(Message):
    """A line and its need, nothing deeper: cheap to copy and to tell apart, which Rasa does several times."""

    def __deepcopy__(self, memo: dict[int, Any]) -> Example:
        return Example(dict(self.data), set(self.output_properties))

    def __hash__(self) -> int:
        """Rasa puts all examples into a set at every step."""
        return hash(self.data.get(TEXT))

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Example) and self.data == other.data

    def fingerprint(self) -> str:
        """32 hex digits of what it says now."""
        return hashlib.md5(repr(self.data).encode(), usedforsecurity=False).hexdigest()


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
        unknown = {need for _, need in self._lines} - set(needs())
        if unknown:
            raise UnknownNeed(unknown)
        return TrainingData([Example({TEXT: text, INTENT: need}) for text, need in self._lines])

    @cached_property
    def _lines(self) -> list[tuple[str, str]]:
        return [line for path in sorted(self._nlu_files) for line in examples_in(Path(path))]
