"""Finds the temperatures of ``nlu.model.fit`` anew: ``.venv-rasa/bin/python -m nlu.experiments.calibrate``.

Every fifth example of a need is held out; what a classifier taught by the others scores on them is
divided by the temperature under which the truth is likeliest. A minute on 2 cores.
"""

from __future__ import annotations

import numpy as np

from nlu.experiments.questions import training
from nlu.model import fit
from nlu.model.meaning import Shelf
from nlu.model.second import fit_second
from nlu.model.space import FeatureSpace

HELD_OUT = 5
"""Every fifth example of a need is held out."""

SOME = 3
"""Every third of those tells the second machine's: each is compared with all other examples."""


def best_temperature(scores: np.ndarray, truth: np.ndarray) -> float:
    """The temperature under which held-out truth is likeliest."""

    def loss(temperature: float) -> float:
        scaled = scores / temperature
        scaled = scaled - scaled.max(axis=1, keepdims=True)
        likelihood = scaled[np.arange(len(truth)), truth] - np.log(np.exp(scaled).sum(axis=1))
        return float(-likelihood.mean())

    return float(min(np.geomspace(0.05, 10, 80), key=loss))


def held_out(y: np.ndarray) -> np.ndarray:
    """Marks every fifth example of each need."""
    mark = np.zeros(len(y), dtype=bool)
    for need in np.unique(y):
        mark[np.flatnonzero(y == need)[HELD_OUT - 1 :: HELD_OUT]] = True
    return mark


def tell(name: str, found: float, used: float) -> None:
    """Print a constant as found and as it stands in the program."""
    print(f"{name} {found:.3f}，现在用 {used}")


def main() -> None:
    """Command line."""
    texts, labels = training()
    _, x = FeatureSpace.fit(texts, fit.WEIGHTS)
    _, y, topic_of = fit.numbered(labels)
    held = held_out(y)
    coef, bias = fit.with_topics(x[~held], y[~held], topic_of)
    scores = np.asarray(x[held] @ coef + bias)
    tell("TEMPERATURE", best_temperature(scores, y[held]), fit.TEMPERATURE)
    shelf = Shelf.load()
    vectors = shelf.vectors(texts)
    trial = fit_second(vectors[~held], y[~held], len(topic_of), shelf.largest)
    some = slice(None, None, SOME)
    both = best_temperature(scores[some] + trial.scores(vectors[held][some]), y[held][some])
    tell("TEMPERATURE_OF_BOTH", both, fit.TEMPERATURE_OF_BOTH)


if __name__ == "__main__":
    main()
