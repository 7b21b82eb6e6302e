"""Labelled questions and how a ranking fares on them.

Why this file exists: every experiment must count alike. Alternatives given with a question count.
"""

from __future__ import annotations

import hashlib
import itertools
import json
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from nlu.fingerprint import ROOT
from nlu.model.examples import examples
from nlu.text import normalise

HELD_OUT = tuple(sorted((ROOT / "tests" / "questions").glob("heldout_*.jsonl")))
"""The project's own questions: written apart from the examples, never trained on."""

BY_OTHERS = tuple(path for path in HELD_OUT if path.stem in ("heldout_c", "heldout_e"))
"""Those whose writer wrote no example of their topics: the honest ones."""

Ranker = Callable[[str], Sequence[str]]
"""Normalised text to needs, best first."""


class Question(NamedTuple):
    """A normalised question with the topics and needs that count as right."""

    text: str
    topics: frozenset[str]
    needs: frozenset[str]


class Score(NamedTuple):
    """Shares of questions: topic right, need right, need among the first three."""

    topic: float
    need: float
    first_three: float


def _question(row: dict[str, Any]) -> Question:
    topic = row["topic"]
    named = (row["need"], *row.get("alt_needs", []))
    needs = frozenset(n if "." in n else f"{topic}.{n}" for n in named)
    return Question(normalise(row["text"]), frozenset([topic, *row.get("alt_topics", [])]), needs)


def load(paths: Iterable[Path] = HELD_OUT) -> list[Question]:
    """Questions that stand alone: no context before them, no pasted message."""
    rows = (json.loads(line) for path in paths for line in path.read_text("utf-8").splitlines())
    return [_question(r) for r in rows if not r.get("context") and not r.get("kind") and r.get("need")]


def training(per_need: int = 0) -> tuple[list[str], list[str]]:
    """Normalised examples and their needs, as Rasa trains on them.

    Args:
        per_need: At most so many of each need, the same ones every time; 0 for all.
    """
    rows = [(normalise(text), need) for text, need in examples()]
    kept = [(text, need) for text, need in rows if text]
    if per_need:
        kept.sort(key=lambda row: hashlib.md5(row[0].encode(), usedforsecurity=False).digest())
        number = defaultdict(itertools.count)
        kept = [row for row in kept if next(number[row[1]]) < per_need]
    return [t for t, _ in kept], [n for _, n in kept]


def score(rank: Ranker, questions: Sequence[Question]) -> Score:
    """How often ``rank`` is right."""
    ranked = [(q, rank(q.text)) for q in questions]
    total = len(questions)
    topic = sum(r[0].partition(".")[0] in q.topics for q, r in ranked)
    need = sum(r[0] in q.needs for q, r in ranked)
    three = sum(bool(q.needs & set(r[:3])) for q, r in ranked)
    return Score(topic / total, need / total, three / total)


def by_topic(rank: Ranker, questions: Sequence[Question]) -> dict[str, tuple[int, Score]]:
    """Number of questions and score for each first topic."""
    groups: defaultdict[str, list[Question]] = defaultdict(list)
    for question in questions:
        groups[next(iter(question.needs)).partition(".")[0]].append(question)
    return {topic: (len(group), score(rank, group)) for topic, group in sorted(groups.items())}
