"""From half a sentence to the needs it may be about, learned from the classifier's example sentences.

Why this file exists: an operator types four letters of what the caller says; the words of an answer alone
do not tell which of a hundred needs begins like that. Counting needs no model file and no Rasa.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from pathlib import Path

import numpy as np
import numpy.typing as npt

from bot.desk.letters import SYLLABLE, spoken_terms, word_terms
from bot.settings import ROOT

Floats = npt.NDArray[np.float32]
EXAMPLES = ROOT / "nlu" / "topics"
RARE = 2
"""A term seen in fewer examples says nothing about the next sentence."""
UNSEEN = 0.0008
"""Share of a need's examples that a term never seen there counts as; found best on held-out questions."""


def read_examples(folder: Path = EXAMPLES) -> list[tuple[str, str]]:
    """(text, need) of every example line; read by lines because YAML takes a second."""
    found, need = [], ""
    for path in sorted(folder.glob("*.yml")):
        for line in path.read_text("utf-8").splitlines():
            if line.startswith("- intent:"):
                need = line.partition(":")[2].strip()
            elif line.startswith("    - "):
                found.append((line[6:].strip(), need))
    return found


class Sense:
    """Needs with how well they fit what was typed. Built once from examples; never changes.

    Args:
        needs: ids in the order of the scores.
        examples: (text, need); needs not listed are left out.
    """

    def __init__(self, needs: Iterable[str], examples: Iterable[tuple[str, str]]) -> None:
        self.needs = list(needs)
        number = {need: i for i, need in enumerate(self.needs)}
        counts: dict[str, Counter[int]] = defaultdict(Counter)
        sizes: Counter[int] = Counter()
        for text, need in examples:
            if need in number:
                sizes[number[need]] += 1
                sounds = {t for t in spoken_terms(text) if not t.startswith(SYLLABLE)}
                for term in word_terms(text) | sounds:
                    counts[term][number[need]] += 1
        self._pack({t: c for t, c in counts.items() if c.total() >= RARE}, sizes)

    def _pack(self, counts: dict[str, Counter[int]], sizes: Counter[int]) -> None:
        """Three flat arrays instead of a hundred thousand small ones."""
        self._rows = {term: i for i, term in enumerate(counts)}
        self._starts = np.cumsum([0, *(len(c) for c in counts.values())], dtype=np.int32)
        self._which = np.fromiter((n for c in counts.values() for n in c), np.uint16)
        shares = (n / sizes[i] for c in counts.values() for i, n in c.items())
        self._gain = np.log1p(np.fromiter(shares, np.float32) / UNSEEN)

    def scores(self, terms: Mapping[str, float]) -> Floats:
        """One score per need for weighted terms, 0 for no trace; comparable within one query only."""
        scores = np.zeros(len(self.needs), np.float32)
        for term, weight in terms.items():
            row = self._rows.get(term)
            if row is not None:
                part = slice(self._starts[row], self._starts[row + 1])
                scores[self._which[part]] += self._gain[part] * weight
        return scores
