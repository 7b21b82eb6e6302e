"""Pinyin as an operator types it: whole syllables, initials, or a mix of both.

Why this file exists: ``gjj zf``, ``gongjijin`` and ``gongjj`` must all find 公积金. It fences pypinyin for
the desk and knows nothing of documents.
"""

from __future__ import annotations

import os
import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from functools import cache, lru_cache

from nlu.text.words import is_word

_RUN = re.compile(r"[0-9a-z]+|[\u4e00-\u9fff]+")
INITIAL, SYLLABLE, WORD = ">", "'", "#"
"""Marks of the three kinds of sound terms, so that they never meet words."""
LONGEST, SYLLABLES = 4, 3
"""Initials and syllables in one term: longer rows are nearly unique already by their parts."""
RUN = 4
"""Initials from which on several words may have been typed without a blank: ``gjjzf``."""
ACROSS = 0.6
"""Weight of initials that go on after a blank: 公积金租房 is often one title."""
AS_WORD = 1.0
"""What typed initials weigh as those of one whole word, against all their parts together."""
LONG = 0.7
"""Weight of three letters in a row, whose pairs count already; found best on held-out questions."""
FINISHED = 0.6
"""Weight of what a whole last syllable may still become: fan, fang."""


def _toneless(marked: str) -> str:
    plain = "".join(
        c for c in unicodedata.normalize("NFD", marked) if c == "\u0308" or not unicodedata.combining(c)
    )
    return plain.replace("u\u0308", "v").replace("\u0308", "")


@cache
def _readings() -> Mapping[int, str]:
    os.environ.setdefault("PYPINYIN_NO_PHRASES", "true")  # 40 MB of phrases are no use to single letters
    from pypinyin.constants import PINYIN_DICT

    readings: Mapping[int, str] = PINYIN_DICT
    return readings


@lru_cache(maxsize=10_000)
def syllable(letter: str) -> str:
    """The usual sound of one letter, without tone; Latin letters and digits are their own sound."""
    return _toneless(_readings().get(ord(letter), "").split(",")[0]) or letter


@cache
def _syllables() -> frozenset[str]:
    first = {marked.split(",")[0] for marked in _readings().values()}
    return frozenset(s for s in map(_toneless, first) if s.isascii())


def runs(text: str) -> list[str]:
    """The words of a text: runs of Chinese letters, runs of Latin letters or digits."""
    return _RUN.findall(text.lower())


def cut(typed: str) -> list[str]:
    """Syllables and single initials of a Latin run, with as many whole syllables as possible.

    >>> cut("gongjijin"), cut("gjj"), cut("gongjj")
    (['gong', 'ji', 'jin'], ['g', 'j', 'j'], ['gong', 'j', 'j'])
    """
    best: list[tuple[int, list[str]]] = [(0, [])]
    for end in range(1, len(typed) + 1):
        found = (best[end - 1][0] + 1, [*best[end - 1][1], typed[end - 1]])
        for start in range(max(0, end - 6), end - 1):
            part = typed[start:end]
            if part in _syllables() and best[start][0] + 1 < found[0]:
                found = (best[start][0] + 1, [*best[start][1], part])
        best.append(found)
    return best[-1][1]


def spelt(text: str) -> list[str]:
    """The sounds of what was typed in pinyin alone; none where it was not, or hardly more than initials
    (``dked`` is 贷款额度, though ``ke`` is a syllable)."""
    parts = runs(text)
    if any(not run.isalpha() or run[0] >= "\u4e00" for run in parts):
        return []
    sounds = [sound for run in parts for sound in cut(run)]
    return sounds if sum(map(len, sounds)) >= 2 * len(sounds) else []


def _grams(items: Sequence[str], shortest: int, longest: int, mark: str, joint: str = "") -> list[str]:
    return [
        mark + joint.join(items[i : i + n])
        for n in range(shortest, longest + 1)
        for i in range(len(items) - n + 1)
    ]


def _syllable_terms(sounds: Sequence[str]) -> list[str]:
    return _grams(sounds, 1, SYLLABLES, SYLLABLE, SYLLABLE)


def _word_initials(run: str, initials: str) -> Iterator[str]:
    """The initials of every dictionary word in a run, whole: what stands between two blanks when typed."""
    for n in range(2, LONGEST + 1):
        for i in range(len(run) - n + 1):
            if is_word(run[i : i + n]):
                yield WORD + initials[i : i + n]


def spoken_terms(text: str) -> set[str]:
    """Sound terms of a written text: initials in a row, initials of words, syllables in a row."""
    found: set[str] = set()
    for run in runs(text):
        sounds = [syllable(letter) for letter in run]
        initials = "".join(s[0] for s in sounds)
        found.update(_grams(initials, 2, LONGEST, INITIAL))
        if run[0] >= "\u4e00":
            found.update(_word_initials(run, initials))
            found.update(_syllable_terms(sounds))
    return found


@lru_cache(maxsize=1000)
def _finished(part: str) -> tuple[str, ...]:
    """The syllables that a half-typed one may become."""
    return tuple(sorted(s for s in _syllables() if s.startswith(part) and s != part))


def _half_typed(sounds: Sequence[str]) -> tuple[Sequence[str], list[str]]:
    """The whole syllables before the sound still being typed, and the terms it may become with them.

    ``gongjij``, ``zufangsh``, ``zufan``. Only what follows a whole syllable is finished: alone, a letter
    could become anything; then both are empty.
    """
    ends = next((i for i, sound in enumerate(sounds) if len(sound) == 1), len(sounds) - 1)
    before, last = sounds[: max(ends, 0)], "".join(sounds[ends:])
    rows = [before[-n:] for n in range(1, min(len(before), SYLLABLES - 1) + 1)]
    found = [SYLLABLE + SYLLABLE.join([*row, end]) for row in rows for end in _finished(last)]
    return (before, found) if found else ([], [])


def query_terms(text: str) -> dict[str, float]:
    """All terms of what was typed, with their weights."""
    found = {term: LONG if len(term) > 2 and term[0] >= "\u4e00" else 1.0 for term in word_terms(text)}
    return found | typed_terms(text)


def typed_terms(text: str) -> dict[str, float]:
    """Sound terms of what was typed in Latin letters, with their weights; none where none were.

    The terms of a run share a weight of its length: in ``gjj zf`` the two letters of 租房 must not drown in
    the overlapping terms of 公积金.
    """
    latin = [cut(run) for run in runs(text) if run.isalpha() and run[0] < "\u4e00"]
    if all(len(sounds) == 1 for sounds in latin):
        latin = [[sound for sounds in latin for sound in sounds]]  # gong zi: syllables with blanks
    found: dict[str, float] = {}
    for sounds in latin:
        before, finished = _half_typed(sounds)
        if all(len(s) > 1 for s in sounds):
            terms = _syllable_terms(sounds)
        elif finished:
            terms = [*_syllable_terms(before), *finished]
        else:
            initials = "".join(s[0] for s in sounds)
            terms = _grams(initials, 2, LONGEST, INITIAL)
            parts = [WORD + initials] if len(initials) < RUN else _grams(initials, 2, LONGEST, WORD)
            found.update(dict.fromkeys(parts, len(sounds) * AS_WORD / max(len(parts), 1)))
        weight = len(sounds) / len(terms) if terms else 0.0
        could_be = finished if sounds is latin[-1] else []
        found.update(dict.fromkeys(could_be, weight * FINISHED) | dict.fromkeys(terms, weight))
    if len(latin) > 1 and all(len(s) == 1 for sounds in latin for s in sounds):
        across = _grams("".join(s for sounds in latin for s in sounds), 3, LONGEST, INITIAL)
        found = {**dict.fromkeys(across, ACROSS), **found}
    return found


def word_terms(text: str, longest: int = 3) -> set[str]:
    """Chinese letters in ones to ``longest``, and Latin or digit runs with their beginnings."""
    found: set[str] = set()
    for run in runs(text):
        if run[0] < "\u4e00":
            found.update(run[:n] for n in range(2, len(run) + 1))
            continue
        found.update(run[i : i + n] for n in range(1, longest + 1) for i in range(len(run) - n + 1))
    return found
