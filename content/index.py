"""An inverted index with BM25 over weighted fields, on overlapping pairs of letters.

Why this file exists: retrieval for a few hundred short Chinese texts, in plain Python and little
memory. It must not know what it indexes.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from heapq import nlargest
from math import log, sqrt

K1, B = 1.2, 0.4
"""BM25: how soon repetition stops counting, and how much longer texts are held back. On the
coverage questions results differ by less than one in a hundred for K1 0.6 to 2 and B 0.2 to 0.75."""

SINGLE = 0.15
"""Weight of a single letter against a pair: it only breaks ties."""

SHORTEST_QUESTION = 3
"""Rare pairs a question counts as at least: one word alone never looks like a sure hit."""

_RUN = re.compile(r"[0-9a-z+#]+|[\u4e00-\u9fff]+")
_EMPTY_WORDS = re.compile(
    r"请问|是不是|是什么|有没有|能不能|可不可以|怎么样|怎么|什么|哪些|哪个|哪里|多少|可以|为什么|我们|我的|你们|一下|吗|呢|吧|啊|的|了|我|您|你"
)


def terms(text: str) -> Counter[str]:
    """Letter pairs, single letters, and runs of Latin letters or digits.

    >>> sorted(terms("首贷211"))
    ['211', '贷', '首', '首贷']
    """
    found: Counter[str] = Counter()
    for run in _RUN.findall(text.lower()):
        if run[0] < "\u4e00":
            found[run] += 1
            continue
        found.update(run)
        found.update(run[i : i + 2] for i in range(len(run) - 1))
    return found


class Index:
    """Texts by key. Add everything, then search; weights are worked out at the first search."""

    def __init__(self) -> None:
        self._weights: dict[str, dict[str, float]] = {}
        self._postings: dict[str, list[tuple[str, float]]] = {}
        self._rarity: dict[str, float] = {}

    def add(self, key: str, fields: list[tuple[str, float]]) -> None:
        """Add a text made of fields with weights."""
        found: dict[str, float] = defaultdict(float)
        for text, weight in fields:
            for term, count in terms(text).items():
                found[term] += weight * count
        self._weights[key] = found
        self._postings = {}

    def search(self, text: str, limit: int) -> list[tuple[str, float]]:
        """Keys with scores, best first; nothing where no term occurs.

        A score is the square root of the share of the question's weight that the text explains:
        on the coverage questions 98 % of right hits score 0.45 or more, while 90 % of questions
        that no clause answers stay below 0.4. Of equals (to 0.01) the one added first
        comes first: in a notice the general measure stands before its special cases.
        """
        if not self._postings:
            self._prepare()
        asked = terms(_EMPTY_WORDS.sub(" ", text))
        unseen = log(1 + len(self._weights) / 0.5) if self._weights else 1.0
        total = 0.0
        scores: dict[str, float] = defaultdict(float)
        for term in asked:
            rarity = self._rarity.get(term, unseen) * (SINGLE if _is_single(term) else 1.0)
            total += rarity
            for key, strength in self._postings.get(term, ()):
                scores[key] += rarity * strength
        whole = max(total, SHORTEST_QUESTION * unseen)
        found = [(key, sqrt(scores[key] / whole)) for key in self._weights if key in scores]
        return nlargest(limit, found, key=lambda pair: round(pair[1], 2))

    def _prepare(self) -> None:
        lengths = {key: sum(weights.values()) for key, weights in self._weights.items()}
        average = sum(lengths.values()) / max(len(lengths), 1)
        postings: dict[str, list[tuple[str, float]]] = defaultdict(list)
        for key, weights in self._weights.items():
            held_back = K1 * (1 - B + B * lengths[key] / average)
            for term, weight in weights.items():
                postings[term].append((key, weight / (weight + held_back)))
        count = len(self._weights)
        self._rarity = {t: log(1 + (count - len(p) + 0.5) / (len(p) + 0.5)) for t, p in postings.items()}
        self._postings = dict(postings)


def _is_single(term: str) -> bool:
    return len(term) == 1 and term >= "\u4e00"
