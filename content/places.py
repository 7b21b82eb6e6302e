"""Recognises places in a text: covered cities by any of their names, other places by name only.

Why this file exists: a wrong city gives a wrong answer, so the rules of ambiguity are in one
place. A district decides a city only if no other place is named; names that several places
share (朝阳, 高新区, 江北) decide nothing; a city inside the name of a bank is no city; one-letter
names (蓉, 沪, 渝) count only after a word of place (在蓉, 来沪).
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from content.model import City

_NOT_A_PLACE = r"(?!银行|农商|农信|时间|路|大道)"
_PLACE_WORD = r"(?<=[在来去到留回抵离])"


class Places:
    """Compiled names of the covered cities, their districts, and the places that are not covered."""

    def __init__(self, cities: tuple[City, ...], others: tuple[str, ...]) -> None:
        self._names: dict[str, City] = {}
        self._districts: dict[str, City] = {}
        for city in cities:
            self._names.update(dict.fromkeys((city.name, *city.aliases), city))
            self._districts.update(dict.fromkeys(city.districts, city))
        own_provinces = {city.province for city in cities}
        self._city_words = _pattern(self._names, _NOT_A_PLACE)
        self._district_words = _pattern(self._districts, _NOT_A_PLACE)
        self._other_words = _pattern([name for name in others if name not in own_provinces], _NOT_A_PLACE)

    def city_named(self, text: str) -> City | None:
        """The covered city named last in the text, or None."""
        named = self._city_words.findall(text)
        if named:
            return self._names[named[-1]]
        if self.other_named(text):
            return None
        districts = self._district_words.findall(text)
        return self._districts[districts[-1]] if districts else None

    def other_named(self, text: str) -> str:
        """The place without content named last in the text, or ""."""
        named = self._other_words.findall(text)
        return named[-1] if named else ""


def _pattern(names: Iterable[str], not_followed_by: str) -> re.Pattern[str]:
    longest_first = sorted(names, key=lambda name: (-len(name), name))
    words = [f"{_PLACE_WORD}{name}" if len(name) == 1 else re.escape(name) for name in longest_first]
    return re.compile(f"({'|'.join(words) or '(?!)'}){not_followed_by}")
