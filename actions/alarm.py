"""Recognises a victim or a scam under way, as ``content/fraud/urgent.yml`` describes.

Why this file exists: word groups and rules are data that staff edit; this is the small machine that
applies them. Recall comes first: steps said once too often cost nothing.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from nlu.text import normalise


@dataclass(frozen=True, slots=True)
class Situation:
    """What is happening: its id and the sequence of ``steps.yml`` that helps."""

    id: str
    steps: str


class Alarm:
    """The compiled groups and rules of one content version."""

    def __init__(self, data: Mapping[str, Any]) -> None:
        self._homophones = [(re.compile(wrong), right) for wrong, right in data["homophones"]]
        self._groups = {
            name: re.compile("|".join(f"(?:{p})" for p in patterns), re.I)
            for name, patterns in data["groups"].items()
        }
        self._situations = [
            (Situation(s["id"], s["steps"]), [list(r) for r in s["rules"]], list(s["unless"]))
            for s in data["situations"]
        ]

    def situation(self, text: str) -> Situation | None:
        """The first situation that holds, or None."""
        plain = self._plain(text)
        hits = {name for name, pattern in self._groups.items() if pattern.search(plain)}
        for situation, rules, unless in self._situations:
            if not hits.intersection(unless) and any(self._holds(rule, hits) for rule in rules):
                return situation
        return None

    def _plain(self, text: str) -> str:
        plain = re.sub(r"\s+", "", normalise(text)).lower()
        for wrong, right in self._homophones:
            plain = wrong.sub(right, plain)
        return plain

    @staticmethod
    def _holds(rule: list[str], hits: set[str]) -> bool:
        return all((name[4:] not in hits) if name.startswith("not:") else name in hits for name in rule)
