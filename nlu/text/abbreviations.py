"""Latin shorthand people type for our terms: gjj, sfz, and whole pinyin such as ``gongjijin``.

Why this file exists: the letters carry the whole meaning of a short question. Letters with other
common meanings（sb as an insult, zf for 政府）are read by their neighbours only. The lists are
``nlu/words/shorthand.txt`` and ``shorthand_near.txt``.
"""

from __future__ import annotations

import re
from functools import cache

from nlu.text.readings import readings
from nlu.text.words import word_list, word_table

_INSULT = re.compile(r"[你是个真大的了就]\s*sb|sb(?:机器|客服|东西|玩意|吧|吗)", re.I)
_LETTERS = re.compile(r"[A-Za-z]+(?:[ '][A-Za-z]+)*")


@cache
def _plain() -> dict[str, str]:
    return {letters: words[0] for letters, words in word_table("shorthand").items()}


@cache
def _spelt_out() -> dict[str, str]:
    """Whole-pinyin spelling of the core terms; fewer than six letters would hit other words."""
    spelt = {"".join(readings(term)): term for term in reversed(word_list("core_terms"))}
    return {letters: term for letters, term in spelt.items() if len(letters) >= 6}


@cache
def _by_neighbour() -> tuple[tuple[re.Pattern[str], str], ...]:
    rows = []
    for row in word_list("shorthand_near"):
        key, _, rest = row.partition(":")
        meaning, *near = rest.split()
        letters, choices = key.strip("<> "), "|".join(near)
        before, after = (f"(?<={'|'.join(near)})", "") if key[0] == "<" else ("", f"(?={choices})")
        rows.append((re.compile(f"(?<![a-z]){before}{letters}(?![a-z]){after}", re.I), meaning))
    return tuple(rows)


def _read(match: re.Match[str]) -> str:
    typed = match[0]
    letters = re.sub("[ ']", "", typed).lower()
    return _plain().get(typed.lower()) or _spelt_out().get(letters, typed)


def expand(text: str) -> str:
    """``text`` with known shorthand written out; other letters stay as typed."""
    text = _LETTERS.sub(_read, text)
    if _INSULT.search(text):
        return text
    for pattern, meaning in _by_neighbour():
        text = pattern.sub(meaning, text)
    return text
