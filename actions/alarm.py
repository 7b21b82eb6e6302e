"""Recognises a victim or a scam under way, as ``content/fraud/urgent.yml`` describes.

Why this file exists: word groups and rules are data that staff edit; this is the small machine that
applies them. Recall comes first: steps said once too often cost nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from nlu.text import normalise


@dataclass(frozen=True, slots=True)
class Situation:
    """What is happening: its id and the sequence of ``steps.yml`` that helps."""

    id: str
    steps: str


@dataclass(frozen=True, slots=True)
class _Rule:
    """Groups that must all be hit, and none of the others; ``names`` as the file has them."""

    names: list[str]
    wanted: frozenset[str]
    barred: frozenset[str]

    @classmethod
    def of(cls, names: Iterable[str]) -> _Rule:
        listed = list(names)
        barred = frozenset(name[4:] for name in listed if name.startswith("not:"))
        return cls(listed, frozenset(n for n in listed if not n.startswith("not:")), barred)

    def holds(self, hits: Mapping[str, str]) -> bool:
        return self.wanted <= hits.keys() and self.barred.isdisjoint(hits)


def squashed(text: str) -> str:
    """A normalised text without blanks, in small letters."""
    return re.sub(r"\s+", "", normalise(text)).lower()


class Alarm:
    """The compiled groups and rules of one content version."""

    def __init__(self, data: Mapping[str, Any]) -> None:
        self._homophones = [(re.compile(wrong), right) for wrong, right in data["homophones"]]
        self._groups = {
            name: re.compile("|".join(f"(?:{p})" for p in patterns), re.I)
            for name, patterns in data["groups"].items()
        }
        self._situations = [
            (Situation(s["id"], s["steps"]), [_Rule.of(r) for r in s["rules"]], frozenset(s["unless"]))
            for s in data["situations"]
        ]

    def situation(self, text: str) -> Situation | None:
        """The first situation that holds, or None."""
        return self.situation_in(squashed(text))

    def situation_in(self, letters: str) -> Situation | None:
        """The same for letters that ``squashed`` made: content checks ask about thousands again and again."""
        found = self.reason(self._hits(letters))
        return found[0] if found else None

    def hits(self, text: str) -> dict[str, str]:
        """Groups that the text has words of, with the first such words."""
        return self._hits(squashed(text))

    def _hits(self, letters: str) -> dict[str, str]:
        plain = self._meant(letters)
        found = {name: pattern.search(plain) for name, pattern in self._groups.items()}
        return {name: match.group() for name, match in found.items() if match}

    def reason(self, hits: Mapping[str, str]) -> tuple[Situation, list[str]] | None:
        """The first situation that holds for groups found, with the rule it holds by; or None."""
        for situation, rules, unless in self._situations:
            rule = next((rule for rule in rules if rule.holds(hits)), None)
            if rule is not None and unless.isdisjoint(hits):
                return situation, rule.names
        return None

    def _meant(self, letters: str) -> str:
        """The letters as the patterns see them."""
        for wrong, right in self._homophones:
            letters = wrong.sub(right, letters)
        return letters
