"""Homophones and near-misses of our own terms, by pinyin.

Why this file exists: people dictate and type by sound（公鸡金→公积金, 一地就医→异地就医）. A span is
replaced only when it sounds like a term, is no ordinary word itself, and cuts no ordinary word.
Terms come from ``nlu/words/core_terms.txt`` and, generated from content, ``terms.txt``.
"""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterator
from functools import cache
from itertools import product

from nlu.text.readings import marked, readings
from nlu.text.words import is_word, word_list

_FUZZY = (
    (re.compile("^zh"), "z"),
    (re.compile("^ch"), "c"),
    (re.compile("^sh"), "s"),
    (re.compile("^n"), "l"),
    (re.compile("ang$"), "an"),
    (re.compile("eng$"), "en"),
    (re.compile("ing$"), "in"),
)
_SHAPES = {
    "货": "dai",
    "枳": "ji",
    "职": "ji",
    "帐": "zhang",
    "各": "bei",
    "洁": "jie",
    "锁": "xiao",
    "消": "xiao",
    "徼": "jiao",
    "激": "jiao",
    "拔": "bo",
    "诊": "zhen",
    "侍": "dai",
    "贫": "dai",
    "卢": "hu",
}
"""Characters mistyped by shape, with the reading of the character that was meant."""
_FUNCTION = frozenset(
    "的了是我你他她它们在有不也就都很和跟与及或但这那哪什么怎为把被给让对从到向往一二三四五六七八九十两几个已以可能会要想去来上下里外前后大小多少没还再又只才吗呢吧啊先时"
)
_COMMON = 50
_CUES = re.compile(
    "贷|申请|企业|公司|平台|额度|利率|利息|银行|政府|什么是|是什么|是啥|条件|资金|创业|小微|个体|参保|理赔|保障"
)


def _plain_sound(reading: str) -> str:
    """A reading without its tone mark."""
    return unicodedata.normalize("NFD", reading.replace("ü", "v")).encode("ascii", "ignore").decode()


@cache
def _sounds(char: str) -> frozenset[str]:
    """Toneless readings of a character, also of the one it is mistaken for by shape; none of ""."""
    reading = marked(char) if char else ""
    plain = {_plain_sound(reading)} if reading else set()
    return frozenset(plain | ({_SHAPES[char]} if char in _SHAPES else set()))


@cache
def _fuzzy(sound: str) -> str:
    """One spelling for sounds that many speakers do not tell apart (zh/z, n/l, -ng/-n)."""
    for pattern, short in _FUZZY:
        sound = pattern.sub(short, sound)
    return sound


def toneless(reading: str) -> str:
    """A reading such as ``zhèng`` as many speakers say it: ``zen``."""
    return _fuzzy(_plain_sound(reading))


@cache
def _fuzzy_sounds(char: str) -> frozenset[str]:
    return frozenset(_fuzzy(s) for s in _sounds(char))


Term = tuple[str, tuple[str, ...], tuple[str, ...]]
"""A term, its sounds, its fuzzy sounds."""


@cache
def _terms() -> dict[tuple[str, str], tuple[Term, ...]]:
    """Chinese terms by the fuzzy sounds of their first two characters, longest first."""
    table: defaultdict[tuple[str, str], list[Term]] = defaultdict(list)
    for term in sorted({*word_list("core_terms"), *word_list("terms")}, key=lambda t: (-len(t), t)):
        if len(term) >= 2 and all("\u4e00" <= c <= "\u9fff" for c in term):
            sounds = readings(term)
            fuzzy = tuple(_fuzzy(s) for s in sounds)
            table[fuzzy[0], fuzzy[1]].append((term, sounds, fuzzy))
    return {k: tuple(v) for k, v in table.items()}


@cache
def _known() -> frozenset[str]:
    return frozenset({*word_list("core_terms"), *word_list("terms"), *word_list("protected")})


@cache
def _swapped() -> dict[str, str]:
    """Terms with two neighbouring characters exchanged（积公金）, where that is no word itself."""
    forms: dict[str, str] = {}
    for term in (t for terms in _terms().values() for t, _, _ in terms if len(t) >= 3):
        for i in range(len(term) - 1):
            form = term[:i] + term[i + 1] + term[i] + term[i + 2 :]
            if form not in _known() and not is_word(form):
                forms[form] = term
    return forms


def _sounds_alike(span: str, term: Term) -> bool:
    """The very same sounds, tones aside."""
    return all(s in _sounds(c) for c, s in zip(span, term[1], strict=True))


def _sounds_close(span: str, term: Term) -> bool:
    """The same for speakers who merge zh/z, n/l, -ng/-n; three characters and more, one of them kept."""
    shares = any(a == b for a, b in zip(span, term[0], strict=True))
    return (
        len(span) >= 3 and shares and all(f in _fuzzy_sounds(c) for c, f in zip(span, term[2], strict=True))
    )


def _common_words_at(text: str, at: int) -> Iterator[tuple[int, int]]:
    """Spans of ordinary words that hold the character at ``at``."""
    for left in range(max(0, at - 3), at + 1):
        for right in range(max(at, left + 1) + 1, min(len(text), left + 4) + 1):
            if is_word(text[left:right], at_least=_COMMON):
                yield left, right


def _breaks_a_word(text: str, start: int, term: Term, close: bool) -> bool:
    """Whether the change would break an ordinary word: one across the span's ends, or any if only close."""
    end = start + len(term[0])
    changed = (i for i in range(start, end) if text[i] != term[0][i - start])
    words = (word for i in changed for word in _common_words_at(text, i))
    return any(close or left < start or right > end for left, right in words)


def _cuts_a_word(text: str, start: int, end: int) -> bool:
    """Whether an ordinary word reaches across either end of the span, as 大衣 does in 大衣保暖."""
    for edge in (start, end):
        for left in range(max(0, edge - 3), edge):
            for right in range(edge + 1, min(len(text), edge + 3) + 1):
                if right - left <= 4 and is_word(text[left:right], at_least=_COMMON):
                    return True
    return False


def _is_covered(text: str, start: int, end: int) -> bool:
    """Whether the span lies inside a term or protected word that is spelt right."""
    return any(
        text[left:right] in _known()
        for left in range(max(0, start - 6), start + 1)
        for right in range(end, min(len(text), end + 6) + 1)
    )


def _is_plain_speech(span: str, term: Term) -> bool:
    """Whether a changed character is a particle or number（医保吗 is no 医保码）."""
    changed = {a for a, b in zip(span, term[0], strict=True) if a != b}
    return len(span) <= 3 and bool(changed & _FUNCTION)


def _is_slip(text: str, start: int, term: Term, close: bool) -> bool:
    """Whether the text at ``start`` is ``term`` written wrongly and nothing else."""
    end = start + len(term[0])
    span = text[start:end]
    if not (_sounds_close if close else _sounds_alike)(span, term) or is_word(span):
        return False
    if _is_covered(text, start, end) or _breaks_a_word(text, start, term, close):
        return False
    if span in word_list("ambiguous"):
        return bool(_CUES.search(text)) and not _cuts_a_word(text, start, end)
    if len(span) > 2:
        return not _is_plain_speech(span, term)
    shares = any(a == b for a, b in zip(span, term[0], strict=True))
    return shares and not _FUNCTION.intersection(span) and not _cuts_a_word(text, start, end)


def _swapped_at(text: str, start: int) -> str:
    """The term whose characters are exchanged at ``start``, or ""."""
    for end in range(start + 5, start + 2, -1):
        term = _swapped().get(text[start:end], "")
        if (
            term
            and not _is_covered(text, start, end)
            and not _breaks_a_word(text, start, (term, (), ()), True)
        ):
            return term
    return ""


def _slip_at(text: str, start: int) -> str:
    """The term that was meant at ``start``, or ""; same sounds before close ones."""
    starts = product(_fuzzy_sounds(text[start]), _fuzzy_sounds(text[start + 1 : start + 2]))
    near = [term for pair in starts for term in _terms().get(pair, ())]
    fitting = [t for t in near if text[start : start + len(t[0])] != t[0] and start + len(t[0]) <= len(text)]
    for close in (False, True):
        for term in fitting:
            if _is_slip(text, start, term, close):
                return term[0]
    return _swapped_at(text, start)


def repair(text: str) -> str:
    """``text`` with misspelt terms put right; correct text comes back unchanged."""
    out, at = [], 0
    while at < len(text):
        term = _slip_at(text, at) if "\u4e00" <= text[at] <= "\u9fff" else ""
        out.append(term or text[at])
        at += len(term) or 1
    return "".join(out)
