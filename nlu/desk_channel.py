"""NeedScores: what the classifier makes of words that an operator types, as a door of Rasa's own.

Why this file exists: the desk ranks by words and has no room for the classifier, which is loaded here. It is
a second input channel behind the same secret; it starts no turn, keeps nothing and logs no text. It stands
outside ``nlu/components`` because no model has to be trained again for it.
"""

from __future__ import annotations

import logging
from typing import Any

import numpy as np
from sanic import Blueprint, response
from sanic.request import Request
from sanic.response import HTTPResponse

from nlu.components.channel import GuardedRest, Handler
from nlu.components.classifier import NeedClassifier
from nlu.model.classifier import Classifier
from nlu.text import normalise

LONGEST = 80
"""Characters looked at: nobody types more into a search."""
_log = logging.getLogger(__name__)


class NeedScores(GuardedRest):
    """POST /webhooks/needs/scores {text} with the secret header: need to log share, 0 for the likeliest."""

    @classmethod
    def name(cls) -> str:
        """The path below /webhooks."""
        return "needs"

    def blueprint(self, on_new_message: Handler) -> Blueprint:
        """The one route; it starts no turn."""
        del on_new_message
        routes = Blueprint("newcitizen_needs")

        @routes.route("/scores", methods=["POST"])
        async def scores(request: Request) -> HTTPResponse:
            if not self._knows_us(request):
                return response.json({"error": "secret"}, status=403)
            return _scored(request.json, classifier_of(request.app.ctx.agent))

        return routes


def _scored(body: object, model: Classifier | None) -> HTTPResponse:
    text = body.get("text") if isinstance(body, dict) else None
    if not isinstance(text, str) or not text.strip():
        return response.json({"error": "text must be a text"}, status=400)
    if model is None:
        return response.json({"error": "no classifier"}, status=503)
    try:
        return response.json({"needs": log_shares(model, normalise(text[:LONGEST]))})
    except Exception as error:
        _log.error("scores failed: %s", type(error).__name__)
        return response.json({"error": "scores failed"}, status=500)


def classifier_of(agent: Any) -> Classifier | None:
    """The classifier among the loaded nodes of the agent's graph."""
    runner = agent.processor.graph_runner
    nodes = getattr(runner, "_nodes", None) or getattr(runner, "_instantiated_nodes", {})
    parts = (getattr(node, "_component", None) for node in nodes.values())
    return next((part._model for part in parts if isinstance(part, NeedClassifier)), None)


def log_shares(model: Classifier, text: str) -> dict[str, float]:
    """Need to the logarithm of its probability against the likeliest one's.

    Both machines are asked whatever the first says: three words are never sure. The second one's memory of
    citizens' texts is left alone.
    """
    scores, temperature, second = model.scores(text), model.temperature, model.second
    if second is not None and second.reduce is not None:
        scores = scores + second.scores(second.reduce.vectors([text]))[0]
        temperature = second.temperature
    shares = np.round((scores - scores.max()) / temperature, 3)
    return dict(zip(model.needs, shares.tolist(), strict=True))
