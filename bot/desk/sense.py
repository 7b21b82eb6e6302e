"""From half a sentence to the needs it may be about, learned from the classifier's example sentences.

Why this file exists: an operator types four letters of what the caller says; the words of an answer alone
do not tell which of a hundred needs begins like that. Counting needs no model file and no Rasa.
"""

from __future__ import annotations

from array import array
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
        rows: dict[str, int] = {}
        seen, sizes = array("q"), np.zeros(len(self.needs), np.float32)
        for text, need in examples:
            if need in number:
                sizes[number[need]] += 1
                sounds = {t for t in spoken_terms(text) if not t.startswith(SYLLABLE)}
                for term in word_terms(text) | sounds:
                    seen.append(rows.setdefault(term, len(rows)) * len(number) + number[need])
        self._pack(list(rows), np.frombuffer(seen, np.int64), sizes)

    def _pack(self, terms: list[str], seen: npt.NDArray[np.int64], sizes: Floats) -> None:
        """Counts per term and need as flat arrays; a counter per term would take 80 MB while it counts."""
        pairs, counts = np.unique(seen, return_counts=True)
        row, need = np.divmod(pairs, max(len(self.needs), 1))
        often = np.bincount(row, counts, len(terms)) >= RARE
        kept = often[row]
        self._rows = {
            term: i for i, term in enumerate(t for t, is_kept in zip(terms, often, strict=True) if is_kept)
        }
        self._starts = np.concatenate(([0], np.cumsum(np.bincount(row, minlength=len(terms))[often])))
        self._which = need[kept].astype(np.uint16)
        self._gain = np.log1p((counts[kept] / sizes[need[kept]]).astype(np.float32) / UNSEEN)

    def scores(self, terms: Mapping[str, float]) -> Floats:
        """One score per need for weighted terms, 0 for no trace; comparable within one query only."""
        scores = np.zeros(len(self.needs), np.float32)
        for term, weight in terms.items():
            row = self._rows.get(term)
            if row is not None:
                part = slice(self._starts[row], self._starts[row + 1])
                scores[self._which[part]] += self._gain[part] * weight
        return scores
