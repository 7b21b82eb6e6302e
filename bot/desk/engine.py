"""The ranking: documents that carry the typed words or sounds, and needs the words are usually about.

Why this file exists: a keystroke must be answered in milliseconds over thousands of documents. It must not
know records, dates or pages.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import log

import numpy as np
import numpy.typing as npt

from bot.desk.documents import Document
from bot.desk.letters import query_terms, runs, spoken_terms, word_terms
from bot.desk.postings import Floats, Gathered, Postings, hashed
from bot.desk.sense import Sense
from content.model import NATIONAL

NAME, BODY, SOUND = 3.0, 1.0, 2.0
"""Weight of a term in a name, in the body, and of a name's sound."""
SINGLE = 0.15
"""Weight of one Chinese letter against a pair."""
BY_NEED, BY_WORDS = 0.8, 0.2
"""Shares of the two judgements for an answer; found best on held-out questions."""
LEAN = 1 / 16
"""How far Rasa's log shares are trusted beside counted words: made for sentences, they are too sure of three
words. Found best on held-out questions as a person typed them."""
READ = 0.5
"""What the characters that pinyin may mean weigh against its sounds; found best in the same way."""
OUTSIDE = ("out_of_scope", "chitchat")
"""Topics whose answers are found by their own words only: no caller's question is small talk."""
TITLE = 1.0
"""What a title typed whole adds: more than any guess."""
CLAUSE, CONTACT = 0.85, 0.9
"""What a clause or a contact point counts against an answer that fits as well: answers say what to do."""
SHOWN, FIRST = 8, 3
"""Entries of a list, and the places that are seen at once."""
CANDIDATES = 400


@dataclass(frozen=True, slots=True)
class Hit:
    """A found document with a score in 0..1 and the scopes that have an answer to the same need."""

    document: Document
    score: float
    scopes: tuple[str, ...] = ()


Weigh = Callable[[Document], float]
"""Freshness and use of a document as a factor around 1."""


class Engine:
    """An index over documents. Built once per version of the content; never changes."""

    def __init__(self, documents: Iterable[Document], sense: Sense) -> None:
        self.documents: Sequence[Document] = tuple(documents)
        self._sense = sense
        number = {need: i for i, need in enumerate(sense.needs)}
        self._inside = np.array([need.partition(".")[0] not in OUTSIDE for need in sense.needs], np.float32)
        self._need = np.array([number.get(d.need, -1) for d in self.documents], np.int32)
        self._scope = np.array([d.scope for d in self.documents])
        self._factor = np.array(
            [{"clause": CLAUSE, "contact": CONTACT}.get(d.kind, 1.0) for d in self.documents]
        )
        self._is_answer = np.array([d.kind == "answer" for d in self.documents])
        self._postings = _index(self.documents)
        self._titled: dict[str, list[int]] = defaultdict(list)
        for at, document in enumerate(self.documents):
            for title in {"".join(runs(t)) for t in document.titles}:
                self._titled[title].append(at)
        self._by_need: dict[str, dict[str, Document]] = defaultdict(dict)
        for document in self.documents:
            if document.kind == "answer":
                self._by_need[document.need][document.scope] = document

    @property
    def needs(self) -> Sequence[str]:
        """Ids in the order of an opinion."""
        return self._sense.needs

    def search(
        self, typed: str, city: str = "", weigh: Weigh = lambda _: 1.0, limit: int = SHOWN,
        opinion: Floats | None = None,
    ) -> list[Hit]:  # fmt: skip
        """The best documents, one per need: the city's own, else the national one, else any.

        Args:
            typed: words, pinyin or initials.
            city: only this city's and national documents; "" for all.
            weigh: freshness and use.
            limit: how many.
            opinion: Rasa's log share of every need, 0 for the likeliest; None without it.
        """
        terms = query_terms(typed)
        if not terms or not self.documents:
            return []
        scores = self._scores(terms, self._read(typed), opinion)
        scores[self._titled.get("".join(runs(typed)), [])] += TITLE
        if city:
            scores = np.where((self._scope == city) | (self._scope == NATIONAL), scores, 0.0)
        best = np.argsort(-scores, kind="stable")[:CANDIDATES]
        weighed = [
            (float(scores[i]) * weigh(self.documents[i]), self.documents[i]) for i in best if scores[i] > 0
        ]
        return self._grouped(sorted(weighed, key=lambda pair: -pair[0]), city, limit)

    def meant(self, typed: str) -> str:
        """What was typed, in characters where it was pinyin."""
        return next((reading.text for reading in self._sense.readings(typed)), typed)

    def _read(self, typed: str) -> dict[str, float]:
        """Terms of all the characters that pinyin may mean, by how likely they are."""
        found: dict[str, float] = defaultdict(float)
        for reading in self._sense.readings(typed):
            for term, weight in query_terms(reading.text).items():
                found[term] += weight * reading.share
        return found

    def _scores(
        self, terms: Mapping[str, float], read: Mapping[str, float], opinion: Floats | None
    ) -> npt.NDArray[np.float64]:
        words, need = self._words(terms), self._share(terms)
        if read:
            words = (1 - READ) * words + READ * self._words(read)
            need = (1 - READ) * need + READ * self._share(read)
        need = _steep(need, opinion)
        by_need = np.where(self._need >= 0, need[self._need], 0.0) if len(need) else np.zeros_like(words)
        mixed = BY_NEED * by_need * np.where(self._is_answer, 1.0, words) + BY_WORDS * words
        result: npt.NDArray[np.float64] = mixed * self._factor
        return result

    def _words(self, terms: Mapping[str, float]) -> npt.NDArray[np.float64]:
        """The share of the terms, by their rarity, that each document carries."""
        words = np.zeros(len(self.documents))
        whole = 0.0
        for term, weight in terms.items():
            ids, strengths = self._postings.of(term)
            if len(ids):
                rarity = (
                    log(1 + len(self.documents) / len(ids)) * (SINGLE if len(term) == 1 else 1.0) * weight
                )
                whole += rarity
                words[ids] += strengths * rarity
        return words / whole if whole else words

    def _share(self, terms: Mapping[str, float]) -> Floats:
        """How well each need fits against the best one."""
        scores: Floats = self._sense.scores(terms) * self._inside
        top = float(scores.max()) if len(scores) else 0.0
        return scores / top if top else scores

    def _grouped(self, weighed: list[tuple[float, Document]], city: str, limit: int) -> list[Hit]:
        """Each need once as an answer. The first places go to different needs: an article of a need that is
        there already comes after them, unless its title was typed."""
        found: dict[str, Hit] = {}
        later: list[Hit] = []
        needs: set[str] = set()
        for score, document in weighed:
            if len(found) >= limit:
                break
            key = f"need {document.need}" if document.kind == "answer" else document.id
            if key in found:
                continue
            hit = self._hit(score, document, city)
            if document.kind == "clause" and document.need in needs and score < TITLE:
                later.append(hit)
                continue
            found[key] = hit
            needs.add(document.need)
        hits = list(found.values())
        rest = sorted([*hits[FIRST:], *later], key=lambda hit: -hit.score)
        return [*hits[:FIRST], *rest][:limit]

    def _hit(self, score: float, document: Document, city: str) -> Hit:
        if document.kind != "answer":
            return Hit(document, score)
        own = self._by_need.get(document.need, {})
        return Hit(own.get(city) or own.get(NATIONAL) or document, score, tuple(own))


def _steep(shares: Floats, opinion: Floats | None) -> Floats:
    """Shares of the best one, steeper: half as good is far behind. An opinion takes half the say, and none
    where no word is known."""
    top = float(shares.max()) if len(shares) else 0.0
    if not top:
        return shares
    share: Floats = shares / top
    return share**2 if opinion is None else share * np.exp(opinion * LEAN)


def _index(documents: Sequence[Document]) -> Postings:
    gathered = Gathered()
    for number, document in enumerate(documents):
        weights = dict.fromkeys(word_terms(document.body, 2), BODY)
        weights |= dict.fromkeys(spoken_terms(document.names), SOUND)
        weights |= dict.fromkeys(word_terms(document.names), NAME)
        for term, weight in weights.items():
            gathered.add(hashed(term), number, weight / NAME)
    return Postings(*gathered.summed(len(documents)))
