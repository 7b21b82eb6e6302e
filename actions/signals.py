"""Reads the signals of a message as ``content/fraud/signals.yml`` describes them.

Why this file exists: signs and weights are data that staff edit; this is the small machine that
applies them. It must not know wording, conversations or where a text came from.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from actions.alarm import squashed

LINK = "<link>"


@dataclass(frozen=True, slots=True)
class Finding:
    """The verdict of the message check and the signs found, in the citizen's words."""

    verdict: str
    signs: tuple[str, ...]
    ids: tuple[str, ...]


class _Pattern:
    """One pattern: a regex, or several that must all match; ``<link>`` is an unknown address."""

    def __init__(self, given: str | list[str]) -> None:
        parts = [given] if isinstance(given, str) else list(given)
        self._parts = [self._compile(p) for p in parts]

    @staticmethod
    @lru_cache(maxsize=1024)  # the next content version has mostly the same
    def _compile(part: str) -> tuple[bool, re.Pattern[str] | None]:
        options = [o for o in part.split("|") if o != LINK] if LINK in part else [part]
        body = "|".join(options)
        return LINK in part, re.compile(body, re.I) if body else None

    def hits(self, text: str, unknown_link: bool) -> bool:
        """Whether every part matches the text."""
        return all(
            (wants_link and unknown_link) or bool(regex and regex.search(text))
            for wants_link, regex in self._parts
        )


class Detector:
    """The compiled signals of one content version."""

    def __init__(self, data: Mapping[str, Any]) -> None:
        self._points: dict[str, int] = dict(data["points"])
        self._limits: dict[str, int] = dict(data["thresholds"])
        self._end = re.compile(data["sentence_end"])
        self._link = re.compile(data["link"], re.I)
        self._hosts = tuple(data["official_hosts"])
        self._quiet = self._patterns(data["quiet"]["patterns"])
        self._always = self._patterns(data["quiet"].get("always", ()))
        self._not_quiet = self._patterns(data["quiet"].get("unless", ()))
        self._signals = [
            (s, self._patterns(s["patterns"]), self._patterns(s.get("unless", ()))) for s in data["signals"]
        ]
        self._benign = [(set(b["cancels"]), self._patterns(b["patterns"])) for b in data["benign"]]

    @staticmethod
    def _patterns(given: Iterable[str | list[str]]) -> list[_Pattern]:
        return [_Pattern(p) for p in given]

    def check(self, raw: str) -> Finding:
        """The verdict on a message as it was pasted."""
        text = squashed(raw)
        link = self._unknown_link(re.sub(r"\s+", "", raw).lower())
        loud = self._loud(text, link)
        found = [
            s for s, patterns, unless in self._signals if self._found(patterns, unless, loud, text, link)
        ]
        cancelled: set[str] = set()
        for cancels, patterns in self._benign:
            if any(p.hits(text, link) for p in patterns):
                cancelled |= cancels
        kept = [s for s in found if s["id"] not in cancelled]
        score = sum(self._points[s["weight"]] for s in kept)
        return Finding(self._verdict(score), tuple(s["says"] for s in kept), tuple(s["id"] for s in kept))

    @staticmethod
    def _found(patterns: list[_Pattern], unless: list[_Pattern], loud: str, text: str, link: bool) -> bool:
        return any(p.hits(loud, link) for p in patterns) and not any(p.hits(text, link) for p in unless)

    def _verdict(self, score: int) -> str:
        for verdict in ("likely_scam", "suspicious"):
            if score >= self._limits[verdict]:
                return verdict
        return "no_sign_found"

    def _unknown_link(self, text: str) -> bool:
        hosts = [m.group(0).split("//")[-1].split("/")[0] for m in self._link.finditer(text)]
        return any(not self._official(h) for h in hosts)

    def _official(self, host: str) -> bool:
        """Whether the host is an official one or below it; my-ccb.com is not."""
        return any(host == o or host.endswith(f".{o}") for o in self._hosts)

    def _loud(self, text: str, link: bool) -> str:
        """The text without sentences that only warn, as official reminders do."""
        kept = [s for s in self._end.split(text) if s and not self._is_quiet(s, link)]
        return "。".join(kept)

    def _is_quiet(self, sentence: str, link: bool) -> bool:
        own_link = link and bool(self._link.search(sentence))
        if not own_link and any(p.hits(sentence, own_link) for p in self._always):
            return True
        warns = any(p.hits(sentence, own_link) for p in self._quiet)
        return warns and not any(p.hits(sentence, own_link) for p in self._not_quiet)
