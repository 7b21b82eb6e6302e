"""Pinyin as an operator types it: whole syllables, initials, or a mix of both.

Why this file exists: ``gjj zf``, ``gongjijin`` and ``gongjj`` must all find 公积金. It fences pypinyin for
the desk and knows nothing of documents.
"""

from __future__ import annotations

import os
import re
import unicodedata
from collections.abc import Mapping
from functools import cache, lru_cache

_RUN = re.compile(r"[0-9a-z]+|[\u4e00-\u9fff]+")
INITIAL, SYLLABLE = ">", "'"
"""Marks of the two kinds of sound terms, so that they never meet words."""
LONGEST = 4
"""Initials in one term: five in a row are nearly unique already by their parts."""


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


def _initial_terms(initials: str) -> list[str]:
    return [
        INITIAL + initials[i : i + n] for n in range(2, LONGEST + 1) for i in range(len(initials) - n + 1)
    ]


def _syllable_terms(sounds: list[str]) -> list[str]:
    return [SYLLABLE + SYLLABLE.join(sounds[i : i + 2]) for i in range(len(sounds) - 1)]


def spoken_terms(text: str) -> set[str]:
    """Sound terms of a written text: initials in a row and neighbouring syllables."""
    sounds = [syllable(letter) for run in runs(text) for letter in run]
    return {*_initial_terms("".join(s[0] for s in sounds)), *_syllable_terms(sounds)}


def typed_terms(text: str) -> dict[str, float]:
    """Sound terms of what was typed in Latin letters, with their weights; none where none were.

    The terms of a run share a weight of its length: in ``gjj zf`` the two letters of 租房 must not drown in
    the three overlapping terms of 公积金.
    """
    latin = [cut(run) for run in runs(text) if run.isalpha() and run[0] < "\u4e00"]
    if all(len(sounds) == 1 for sounds in latin):
        latin = [[sound for sounds in latin for sound in sounds]]  # gong zi: syllables with blanks
    found: dict[str, float] = {}
    for sounds in latin:
        whole = all(len(s) > 1 for s in sounds)
        terms = {*_initial_terms("".join(s[0] for s in sounds)), *(_syllable_terms(sounds) if whole else ())}
        found.update(dict.fromkeys(terms, len(sounds) / len(terms) if terms else 0.0))
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
