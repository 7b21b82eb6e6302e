"""Guesses needs by the words of the classifier's examples, for times without Rasa.

Why this file exists: counting words needs no model and no second process, and the desk's finder holds the
counts already. It must not decide what a guess is good for (``actions.without_rasa`` does).
"""

from __future__ import annotations

import numpy as np

from bot.desk.engines import engines_of
from bot.desk.letters import word_terms
from bot.services import Services

GUESSES = 4


class WordGuess:
    """Needs best first with their share of the best one's score; empty until the counts are built."""

    def __init__(self, services: Services) -> None:
        self._engines = engines_of(services)

    def __call__(self, text: str) -> tuple[tuple[str, float], ...]:
        """Guess at a normalised text."""
        sense = self._engines.sense
        if sense is None:
            return ()
        scores = sense.scores(dict.fromkeys(word_terms(text), 1.0))
        best = np.argsort(-scores, kind="stable")[:GUESSES]
        top = float(scores[best[0]])
        return tuple((sense.needs[i], float(scores[i]) / top) for i in best) if top > 0 else ()
