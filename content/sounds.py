"""Names that were typed as they sound: 容易贷 or 蓉意贷 for 蓉易贷.

Why this file exists: people hear a program's name before they see it. It must not correct
ordinary words: only a run that sounds exactly like a whole name of three letters or more counts.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterable
from functools import lru_cache

_HAN = re.compile(r"[\u4e00-\u9fff]+")
SHORTEST = 3
"""Letters a name needs: two letters sound like too many ordinary words."""


@lru_cache(maxsize=20_000)
def _sound(letter: str) -> str:
    os.environ.setdefault("PYPINYIN_NO_PHRASES", "true")  # 40 MB of phrases are no use to single letters
    from pypinyin import lazy_pinyin

    found: list[str] = lazy_pinyin(letter)
    return _blurred(found[0])


def _blurred(sound: str) -> str:
    """Sounds many speakers do not tell apart become one: zh/z, ch/c, sh/s, n/l, -ng/-n, h/f."""
    for plain, heard in (("zh", "z"), ("ch", "c"), ("sh", "s")):
        if sound.startswith(plain):
            sound = heard + sound[2:]
    return sound[:-1] if sound.endswith("ng") else sound


def sounds(text: str) -> tuple[str, ...]:
    """The blurred sound of each letter."""
    return tuple(_sound(letter) for letter in text)


class NearNames:
    """Names by their sound."""

    def __init__(self, names: Iterable[str]) -> None:
        self._by_sound: dict[tuple[str, ...], str] = {}
        for name in names:
            if len(name) >= SHORTEST and _HAN.fullmatch(name):
                self._by_sound.setdefault(sounds(name), name)
        self._lengths = sorted({len(sound) for sound in self._by_sound}, reverse=True)

    def heard_in(self, text: str) -> list[str]:
        """Names that a text writes in other letters, each once; names written right are left out."""
        found: dict[str, None] = {}
        for run in _HAN.findall(text):
            heard = sounds(run)
            for length in self._lengths:
                for start in range(len(heard) - length + 1):
                    name = self._by_sound.get(heard[start : start + length])
                    if name and name not in text:
                        found[name] = None
        return list(found)
