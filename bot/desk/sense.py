"""From half a sentence to the needs it may be about, learned from the classifier's example sentences.

Why this file exists: an operator types four letters of what the caller says; the words of an answer alone
do not tell which of a hundred needs begins like that. Counting needs no model file and no Rasa.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping
from functools import lru_cache
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import Any
from zipfile import BadZipFile

import numpy as np

from bot.desk.letters import spelt, spoken_terms, word_terms
from bot.desk.lexicon import Lexicon, Reading
from bot.desk.postings import Floats, Gathered, Ints, Postings, hashed

RARE = 2
"""A term seen in fewer examples says nothing about the next sentence."""
UNSEEN = 0.0008
"""Share of a need's examples that a term never seen there counts as; found best on held-out questions."""


def _by_need(examples: Iterable[tuple[str, str]]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = defaultdict(list)
    for text, need in examples:
        found[need].append(text)
    return found


def _telling(row: Ints, share: Floats, counts: Floats, sizes: Floats) -> Floats:
    """How much each term tells: little where it is common, or as likely under every need (怎么, 可以).

    Found best on held-out questions among inverse frequency, entropy and their powers.
    """
    spread = share / np.bincount(row, share)[row]
    entropy = -np.bincount(row, spread * np.log(spread)) / np.log(max(len(sizes), 2))
    rarity = np.log(sizes.sum() / np.bincount(row, counts))
    found: Floats = np.sqrt(np.maximum(rarity * (1 - entropy), 0)).astype(np.float32)
    return found


class Sense:
    """Needs with how well they fit what was typed. Built once from examples; never changes.

    Args:
        needs: ids in the order of the scores.
        examples: (text, need); needs not listed are left out.

    Attributes:
        readings: the characters that pinyin may mean, best first; none for anything else.
    """

    readings: Callable[[str], tuple[Reading, ...]]

    def __init__(self, needs: Iterable[str], examples: Iterable[tuple[str, str]]) -> None:
        self.needs = list(needs)
        number = {need: i for i, need in enumerate(self.needs)}
        examples = list(examples)
        self._learnt(Lexicon.of(text for text, _ in examples))
        seen, sizes = Gathered(), np.zeros(len(self.needs), np.float32)
        latin: set[int] = set()
        for need, texts in _by_need(examples).items():
            if need in number:
                sizes[number[need]] = len(texts)
                counts = Counter(term for text in texts for term in word_terms(text) | spoken_terms(text))
                for term, count in counts.items():
                    code = hashed(term)
                    seen.add(code, number[need], count)
                    if term.isascii():
                        latin.add(code)
        self._postings = self._weighed(*seen.summed(len(number)), sizes, latin)

    @staticmethod
    def _weighed(
        terms: Ints, row: Ints, need: Ints, counts: Floats, sizes: Floats, latin: set[int]
    ) -> Postings:
        often = np.bincount(row, counts, len(terms)) >= RARE
        kept, numbers = often[row], np.cumsum(often) - 1
        row, share = numbers[row[kept]], counts[kept] / sizes[need[kept]]
        telling = _telling(row, share, counts[kept], sizes)
        telling[np.isin(terms[often], list(latin))] = 1.0  # rare initials are mostly chance: jjz in gjjzf
        gain = np.log1p(share / UNSEEN) * telling[row]
        return Postings(terms[often], row, need[kept], gain.astype(np.float32))

    def _learnt(self, lexicon: Lexicon) -> None:
        self._lexicon = lexicon
        self.readings = lru_cache(64)(lambda typed: tuple(lexicon.readings(spelt(typed))))

    def save(self, path: Path, of: str) -> None:
        """Keep it in a file, whole or not at all; ``of`` says what it was made of."""
        with NamedTemporaryFile(dir=path.parent, suffix=".npz", delete=False) as part:
            named: dict[str, Any] = {"of": of, "needs": self.needs}
            named |= self._lexicon.arrays() | self._postings.arrays()
            np.savez(part, **named)
        Path(part.name).replace(path)

    @classmethod
    def load(cls, path: Path, of: str) -> Sense | None:
        """What ``save`` kept; None where there is none, it is broken, or made of something else."""
        try:
            with path.open("rb") as kept, np.load(kept, allow_pickle=False) as data:
                if str(data["of"]) != of:
                    return None
                found = cls.__new__(cls)
                found.needs = data["needs"].tolist()
                found._learnt(Lexicon.from_arrays(data))
                found._postings = Postings.from_arrays(data)
        except (OSError, ValueError, KeyError, EOFError, BadZipFile):
            return None
        return found

    def scores(self, terms: Mapping[str, float]) -> Floats:
        """One score per need for weighted terms, 0 for no trace; comparable within one query only."""
        return self._postings.sums(terms, len(self.needs))
