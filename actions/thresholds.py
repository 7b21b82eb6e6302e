"""Thresholds of the decision layer, chosen from the coverage/accuracy curve, not by habit.

Why this file exists: one place reads ``nlu/thresholds.yml``, which the training gate writes.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from ruamel.yaml import YAML

FILE = Path(__file__).resolve().parent.parent / "nlu" / "thresholds.yml"


@dataclass(frozen=True, slots=True)
class Thresholds:
    """Confidences in 0..1: answer outright, offer choices, the least lead over the runner-up, and the
    share of the urgent needs that counts as an emergency."""

    answer_at: float
    offer_at: float
    margin: float
    urgent_at: float


@lru_cache(maxsize=1)
def load_thresholds(path: Path = FILE) -> Thresholds:
    """Read the file once.

    Raises:
        FileNotFoundError: the file is missing.
        KeyError: a key is missing.
    """
    data = YAML(typ="safe").load(path.read_text(encoding="utf-8"))
    return Thresholds(
        float(data["answer_at"]), float(data["offer_at"]), float(data["margin"]), float(data["urgent_at"])
    )
