"""Rasa's own classifiers on the same data: ``-m nlu.experiments.stock lr|diet ROUNDS PER_NEED [FILE …]``.

``PER_NEED`` bounds the examples of each need (0: all): DIET takes hours for all of them on two cores.
``nlu.experiments.compare --per-need`` trains ours on the very same ones.
``diet`` needs an environment with ``tensorflow-cpu==2.12.1``; in ours it refuses (nlu/no_tensorflow.py).
"""

from __future__ import annotations

import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from nlu.experiments.questions import BY_OTHERS, load, score, training
from nlu.quiet import prepare


def _build(kind: Any, name: str, **own: Any) -> Any:
    from rasa.engine.graph import ExecutionContext, GraphSchema
    from rasa.engine.storage.local_model_storage import LocalModelStorage
    from rasa.engine.storage.resource import Resource

    config = {**kind.get_default_config(), **own}
    storage = LocalModelStorage(Path(tempfile.mkdtemp()))
    return kind.create(config, storage, Resource(name), ExecutionContext(GraphSchema({}), node_name=name))


def _featurisers() -> list[Any]:
    from rasa.nlu.featurizers.sparse_featurizer.count_vectors_featurizer import CountVectorsFeaturizer
    from rasa.nlu.tokenizers.jieba_tokenizer import JiebaTokenizer

    grams = {"analyzer": "char_wb", "min_ngram": 1, "max_ngram": 4}
    return [
        _build(JiebaTokenizer, "cut"),
        _build(CountVectorsFeaturizer, "words"),
        _build(CountVectorsFeaturizer, "grams", **grams),
    ]


def _classifier(kind: str, rounds: int) -> Any:
    if kind == "diet":
        from rasa.nlu.classifiers.diet_classifier import DIETClassifier

        return _build(
            DIETClassifier, "diet", epochs=rounds, entity_recognition=False, constrain_similarities=True
        )
    from rasa.nlu.classifiers.logistic_regression_classifier import LogisticRegressionClassifier

    return _build(LogisticRegressionClassifier, "lr", max_iter=rounds)


def main(kind: str, rounds: int, per_need: int, files: list[str]) -> None:
    """Train, then print scores, seconds and milliseconds."""
    prepare()
    from rasa.shared.nlu.training_data.message import Message
    from rasa.shared.nlu.training_data.training_data import TrainingData

    data = TrainingData([Message.build(text=t, intent=n) for t, n in zip(*training(per_need), strict=True)])
    steps = _featurisers()
    for step in steps:
        if hasattr(step, "train"):
            step.train(data)
        step.process_training_data(data)
    classifier = _classifier(kind, rounds)
    begun = time.perf_counter()
    classifier.train(data)
    print(f"{kind} {rounds}: {time.perf_counter() - begun:.0f} s for {len(data.intent_examples)} examples")

    def rank(text: str) -> list[str]:
        message = Message.build(text=text)
        for step in (*steps, classifier):
            step.process([message])
        return [row["name"] for row in message.get("intent_ranking")]

    for questions in (load(BY_OTHERS), *(load([Path(f)]) for f in files)):
        begun = time.perf_counter()
        print(score(rank, questions), f"{1000 * (time.perf_counter() - begun) / len(questions):.1f} ms")


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]), int(sys.argv[3]), sys.argv[4:])
