"""Character-level cleaning: script, width, invisible characters, emoji, repeats, spaces.

Why this file exists: the same sentence arrives in many encodings; everything after this file may
assume simplified, half-width, single-spaced text. It must not know any domain word.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache

from opencc import OpenCC

from nlu.text.words import word_list

_KEEP = re.compile(r"([，。！？：；（）、【】《》“”‘’…]+)")
_INVISIBLE = re.compile(
    "[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u00ad\u200b-\u200f\u202a-\u202f\u2060-\u206f"
    "\ufe00-\ufe0f\ufeff\ufff9-\ufffd]"
)
_EMOJI = re.compile(
    "[\U0001f000-\U0001faff\U000e0000-\U000e0fff\u2190-\u21ff\u2300-\u23ff\u25a0-\u27bf\u2900-\u297f\u2b00-\u2bff\u3030\u303d\ue000-\uf8ff]"
)
_CJK = "\u3400-\u9fff，。！？：；（）、【】"
_SPACE_IN_CHINESE = re.compile(f"(?<=[{_CJK}]) +(?=[{_CJK}])")
_RUN = re.compile(r"([\u3400-\u9fff])\1{2,}")
_PHRASE_RUN = re.compile(r"([\u3400-\u9fff]{2,4}?)\1{2,}")
_MARK_RUN = re.compile(r"([，。！？：；、,.!?;:~～\-_=*…·])[，。！？：；、,.!?;:~～\-_=*…·]*\1")
_DOUBLED = frozenset("谢看试聊说想问哈呵嘿嘻呜爸妈姐弟哥妹常往刚慢好早人天年月等")


@cache
def _sticker() -> re.Pattern[str]:
    names = " ".join(word_list("stickers")).split()
    return re.compile(rf"\[(?:{'|'.join(map(re.escape, names))})\]")


@cache
def _simplifier() -> OpenCC:
    return OpenCC("t2s")


def simplify(text: str) -> str:
    """Traditional to simplified characters."""
    converted: str = _simplifier().convert(text)
    return converted


def half_width(text: str) -> str:
    """Full-width letters, digits and symbols to half-width; Chinese punctuation is kept."""
    return "".join(p if _KEEP.match(p) else unicodedata.normalize("NFKC", p) for p in _KEEP.split(text))


def drop_noise(text: str) -> str:
    """Without control and zero-width characters, emoji and the app's ``[捂脸]`` codes."""
    text = "".join(" " if c in "\t\n\r\u3000\u2028\u2029" else c for c in text)
    return _sticker().sub(" ", _EMOJI.sub(" ", _INVISIBLE.sub("", text)))


def squeeze(text: str) -> str:
    """Runs of three and more equal characters or phrases cut; spaces inside Chinese removed."""
    text = _RUN.sub(lambda m: m[1] * (2 if m[1] in _DOUBLED else 1), text)
    text = _PHRASE_RUN.sub(r"\1", text)
    text = _MARK_RUN.sub(r"\1", text)
    return _SPACE_IN_CHINESE.sub("", " ".join(text.split()))


def clean(text: str) -> str:
    """All of the above in order."""
    return squeeze(half_width(simplify(drop_noise(half_width(text)))))
