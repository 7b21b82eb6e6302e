"""EveryNeedPolicy: whatever was said, run action_respond once, then listen.

Why this file exists: which answer a need gets is decided by the action from content; a dialogue
rule per need would repeat content/topics.yml. No featurisation, no training, no history.
"""

from __future__ import annotations

from typing import Any

from rasa.core.featurizers.tracker_featurizers import TrackerFeaturizer
from rasa.core.policies.policy import Policy, PolicyPrediction
from rasa.engine.graph import ExecutionContext
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.core.constants import ACTION_LISTEN_NAME
from rasa.shared.core.domain import Domain
from rasa.shared.core.generator import TrackerWithCachedStates
from rasa.shared.core.trackers import DialogueStateTracker

ACTION = "action_respond"


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.POLICY_WITHOUT_END_TO_END_SUPPORT, is_trainable=True)
class EveryNeedPolicy(Policy):
    """After a user message ``action_respond``, after that ``action_listen``."""

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """The only decider, so any priority does."""
        return {"priority": 1}

    @classmethod
    def load(
        cls, config: dict[str, Any], model_storage: ModelStorage, resource: Resource,
        execution_context: ExecutionContext, **kwargs: Any,
    ) -> EveryNeedPolicy:  # fmt: skip
        """Nothing is stored."""
        return cls(config, model_storage, resource, execution_context)

    def _create_featurizer(self) -> TrackerFeaturizer | None:
        return None

    def train(
        self, training_trackers: list[TrackerWithCachedStates], domain: Domain, **kwargs: Any
    ) -> Resource:
        """Nothing to learn."""
        return self._resource

    def predict_action_probabilities(
        self,
        tracker: DialogueStateTracker,
        domain: Domain,
        rule_only_data: dict[str, Any] | None = None,
        **kwargs: Any,
    ) -> PolicyPrediction:
        """Certain either way."""
        heard = tracker.latest_action_name == ACTION_LISTEN_NAME
        return self._prediction(self._one_hot(ACTION if heard else ACTION_LISTEN_NAME, domain))

    @staticmethod
    def _one_hot(action: str, domain: Domain) -> list[float]:
        chosen = domain.index_for_action(action)
        return [1.0 if i == chosen else 0.0 for i in range(domain.num_actions)]
