"""Compares pipelines on the held-out questions of other writers and prints the table of decision 0002.

``.venv-rasa/bin/python -m nlu.experiments.compare [--per-need N] [FILE.jsonl …]`` (20 minutes on 2 cores).
Rasa's own classifiers: ``nlu.experiments.stock``.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np
import scipy.sparse as sp
from sklearn.naive_bayes import ComplementNB
from sklearn.svm import LinearSVC

from nlu.experiments.questions import BY_OTHERS, Question, Score, by_topic, load, score, training
from nlu.model import fit
from nlu.model.space import FeatureSpace

Machine = Callable[[sp.csr_matrix, np.ndarray, np.ndarray], fit.Weights]
"""Features, need numbers, topic of each need -> weights."""


def svm(x: sp.csr_matrix, y: np.ndarray, topic_of: np.ndarray) -> fit.Weights:
    """Linear support vector machines, one against the rest."""
    del topic_of
    machine = LinearSVC(C=1.0, tol=1e-3, max_iter=300).fit(x, y)
    return machine.coef_.T, machine.intercept_


def bayes(x: sp.csr_matrix, y: np.ndarray, topic_of: np.ndarray) -> fit.Weights:
    """Complement naive Bayes."""
    machine = ComplementNB(alpha=0.1).fit(x, y)
    return machine.feature_log_prob_.T, np.zeros(len(topic_of))


def regression(x: sp.csr_matrix, y: np.ndarray, topic_of: np.ndarray) -> fit.Weights:
    """Logistic regressions for needs only."""
    del topic_of
    return fit.regress(x, y)


CHOSEN = "逻辑回归＋主题（采用）"
VARIANTS: dict[str, tuple[Machine, dict[str, float]]] = {
    CHOSEN: (fit.with_topics, fit.WEIGHTS),
    "逻辑回归": (regression, fit.WEIGHTS),
    "线性 SVM": (svm, fit.WEIGHTS),
    "朴素贝叶斯（补集）": (bayes, fit.WEIGHTS),
    "逻辑回归＋主题，只用字": (fit.with_topics, {"char": 1.0}),
    "逻辑回归＋主题，只用词": (fit.with_topics, {"word": 1.0}),
    "逻辑回归＋主题，只用音": (fit.with_topics, {"sound": 1.0}),
    "逻辑回归＋主题，字＋词": (fit.with_topics, {"char": 1.0, "word": 0.6}),
    "逻辑回归＋主题，字＋音": (fit.with_topics, {"char": 1.0, "sound": 0.6}),
}


def _row(name: str, scores: list[Score], train_s: float, parse_ms: float, megabytes: float) -> str:
    shares = " | ".join(f"{100 * v:.1f}" for s in scores for v in s)
    return f"| {name} | {shares} | {train_s:.0f} | {parse_ms:.2f} | {megabytes:.0f} |"


def run(name: str, texts: list[str], needs: list[str], sets: list[list[Question]]) -> str:
    """Train one variant and give its table row; for the chosen one the table by topic too."""
    machine, weights = VARIANTS[name]
    begun = time.perf_counter()
    space, x = FeatureSpace.fit(texts, weights)
    labels, y, topic_of = fit.numbered(needs)
    coef, bias = machine(x, y, topic_of)
    train_s = time.perf_counter() - begun

    def rank(text: str) -> list[str]:
        ids, values = space.vector(text)
        return [labels[i] for i in np.argsort(-(values @ coef[ids] + bias))[:10]]

    begun = time.perf_counter()
    scores = [score(rank, questions) for questions in sets]
    parse_ms = 1000 * (time.perf_counter() - begun) / sum(map(len, sets))
    row = _row(name, scores, train_s, parse_ms, coef.size * 2 / 1e6)
    detail = [f"  {t}: {n} 题 {s.topic:.2f} {s.need:.2f}" for t, (n, s) in by_topic(rank, sets[0]).items()]
    return "\n".join([row, *detail]) if name == CHOSEN else row


def main(arguments: list[str], per_need: int) -> None:
    """Print one row per variant: topic, need, first three (per cent) for each file, s, ms, MB."""
    sets = [load(BY_OTHERS), *(load([Path(p)]) for p in arguments)]
    texts, needs = training(per_need)
    print(f"{len(texts)} 条例句；题数 {[len(s) for s in sets]}", flush=True)
    for name in VARIANTS:
        print(run(name, texts, needs, sets), flush=True)


if __name__ == "__main__":
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--per-need", type=int, default=0, help="at most so many examples of each need")
    asked.add_argument("files", nargs="*")
    given = asked.parse_args()
    main(given.files, given.per_need)
