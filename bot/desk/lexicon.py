"""From pinyin to the characters that were meant: the words of the examples and how they follow each other.

Why this file exists: one sound is many characters, so counted sounds say less than counted words, and Rasa
knows no sounds at all. Nobody types an essay here: a thousand words of our own decide better than a
dictionary. It must not know documents or needs.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from heapq import nlargest
from math import exp, log
from typing import Any

import numpy as np
import numpy.typing as npt

from bot.desk.letters import syllable
from nlu.text.words import cut

RARE, LONGEST = 2, 5
"""A word, or a pair of words, seen in fewer examples is chance; letters of the longest word."""
FOLLOWS = 0.7
"""What the word before says against how often a word is used at all."""
BEAM = 8
"""Readings followed at once, and given."""
_Path = tuple[float, int, str]
"""Log probability, last word, text."""


@dataclass(frozen=True, slots=True)
class Reading:
    """Characters that may have been meant, with their share of the probability of all readings found."""

    text: str
    share: float


class Lexicon:
    """Words with their numbers. Never changes.

    Args:
        words: Chinese words.
        counts: how often each is used.
        pairs: rows of a word's number, the next word's, how often; the start has the number after the last.
    """

    def __init__(
        self, words: Sequence[str], counts: npt.NDArray[np.int32], pairs: npt.NDArray[np.int32]
    ) -> None:
        self._words, self._counts, self._pairs = list(words), counts, pairs
        self._start = len(self._words)
        self._often = counts / max(int(counts.sum()), 1)
        self._after = np.bincount(pairs[:, 0], pairs[:, 2], self._start + 1).tolist()
        self._times = {first * self._start + second: times for first, second, times in pairs.tolist()}
        self._sounding: dict[str, list[tuple[int, tuple[str, ...]]]] = defaultdict(list)
        for number, word in enumerate(self._words):
            sounds = tuple(map(syllable, word))
            self._sounding["".join(s[0] for s in sounds)].append((number, sounds))

    @classmethod
    def of(cls, texts: Iterable[str]) -> Lexicon:
        """Counted in texts, each once."""
        used: Counter[str] = Counter()
        pairs: Counter[tuple[str, str]] = Counter()
        for text in set(texts):
            words = [word if _is_chinese(word) else "" for word in cut(text)]
            used.update(filter(None, words))
            pairs.update((a, b) for a, b in zip(["", *words], words, strict=False) if b)
        kept = sorted(word for word, n in used.items() if n >= RARE and len(word) <= LONGEST)
        number = {word: i for i, word in enumerate(kept)} | {"": len(kept)}
        rows = [
            (number[a], number[b], n)
            for (a, b), n in pairs.items()
            if n >= RARE and a in number and b in number
        ]
        counts = np.array([used[word] for word in kept], np.int32)
        return cls(kept, counts, np.array(rows, np.int32).reshape(-1, 3))

    def arrays(self) -> dict[str, npt.NDArray[Any]]:
        """What ``from_arrays`` needs to make it again."""
        return {"words": np.array(self._words, np.str_), "used": self._counts, "pairs": self._pairs}

    @classmethod
    def from_arrays(cls, arrays: Mapping[str, npt.NDArray[Any]]) -> Lexicon:
        """Made again from ``arrays``."""
        return cls(arrays["words"].tolist(), arrays["used"], arrays["pairs"])

    def readings(self, sounds: Sequence[str]) -> list[Reading]:
        """The likeliest characters for syllables and initials, best first; the last may be half typed."""
        paths: list[list[_Path]] = [[(0.0, self._start, "")], *([] for _ in sounds)]
        for at in range(len(sounds)):
            best = nlargest(BEAM, paths[at])
            for end in range(at + 1, min(at + LONGEST, len(sounds)) + 1):
                fitting = self._fitting(sounds[at:end], end == len(sounds)) if best else []
                paths[end] += [
                    (score + self._log(before, word), word, text + self._words[word])
                    for score, before, text in best
                    for word in fitting
                ]
        found = nlargest(BEAM, paths[-1]) if sounds else []
        chances = [exp(score - found[0][0]) for score, _, _ in found]
        pairs = zip(found, chances, strict=True)
        return [Reading(text, chance / sum(chances)) for (_, _, text), chance in pairs]

    def _fitting(self, sounds: Sequence[str], last: bool) -> list[int]:
        """Words that sound so."""

        def fits(own: tuple[str, ...]) -> bool:
            *before, end = (len(s) == 1 or s == o for s, o in zip(sounds, own, strict=True))
            return all(before) and (end or (last and own[-1].startswith(sounds[-1])))

        found = self._sounding.get("".join(sound[0] for sound in sounds), [])
        return [number for number, own in found if fits(own)]

    def _log(self, before: int, word: int) -> float:
        chance = (1 - FOLLOWS) * self._often[word]
        if self._after[before]:
            chance += FOLLOWS * self._times.get(before * self._start + word, 0) / self._after[before]
        return log(chance)


def _is_chinese(word: str) -> bool:
    return all("\u4e00" <= letter <= "\u9fff" for letter in word)
