"""Wording: no entitlement where a clause only encourages, no promise anywhere, no mixed script.

Why this file exists: 鼓励 stays 鼓励; the assistant never promises an approval.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from functools import lru_cache

from content.checking.finding import Finding, all_texts, answer_texts, clause_texts
from content.find import Library
from content.model import Answer

_ENTITLEMENT = re.compile(r"您?可以享受|您?有权|(?<!不)一定[能会可]|(?<!不)必须给您|应当给您|都能享受")
_PROMISE = re.compile(
    r"包[过批]|[必稳]批|肯定能|肯定会批|保证(?:您|能|会|批|通过|获)|一定(?:能|会)?(?:获批|批准|通过|批下来)|百分之?百"
)
_ABOUT_SCAMS = re.compile(
    r"骗|假|谎|声称|自称|凡是|所谓|别信|不代表|不等于|不是|不意味|没说|没有说|没写|没有写"
)
_DENIED = re.compile(rf"[不没]|吗|{_ABOUT_SCAMS.pattern}")
_SENTENCE = re.compile(r"[。；！？\n]")


@lru_cache(maxsize=8192)
def is_traditional(letter: str) -> bool:
    """Whether a letter belongs to traditional script only: in Big5 but not in GB 2312.

    >>> is_traditional("們"), is_traditional("们"), is_traditional("人")
    (True, False, False)
    """
    return _encodes(letter, "big5") and not _encodes(letter, "gb2312")


def _encodes(letter: str, charset: str) -> bool:
    try:
        letter.encode(charset)
    except UnicodeEncodeError:
        return False
    return True


def check_wording(library: Library, _on: date) -> Iterator[Finding]:
    """Entitlement on clauses that are not 应, promises and traditional letters anywhere."""
    for kind, name, steps, text in all_texts(library):
        yield from _promises(kind, name, steps, text)
        odd = sorted(letter for letter in set(text) if is_traditional(letter))
        if odd:
            yield Finding(kind, name, f"繁体字 {''.join(odd)}，请改成简体", steps)
    yield from _entitlements(library)


def _promises(kind: str, name: str, steps: tuple[str | int, ...], text: str) -> Iterator[Finding]:
    for sentence in _SENTENCE.split(text):
        found = _PROMISE.search(sentence)
        if found and not _DENIED.search(sentence):
            yield Finding(kind, name, f"“{found.group()}”是承诺，请改成由办理机构审核", steps)


def _entitlements(library: Library) -> Iterator[Finding]:
    for clause in library.clauses.values():
        if clause.strength != "must":
            yield from _entitled("clauses", clause.key, clause_texts(clause))
    for answer in library.answers.values():
        if _only_encouraged(answer, library):
            yield from _entitled("answers", answer.id, answer_texts(answer))


def _only_encouraged(answer: Answer, library: Library) -> bool:
    clauses = [clause for cite in answer.cites for clause in library.clauses_by_id(cite)]
    return bool(clauses) and not answer.sources and all(clause.strength != "must" for clause in clauses)


def _entitled(kind: str, name: str, texts: Iterator[tuple[tuple[str | int, ...], str]]) -> Iterator[Finding]:
    for steps, text in texts:
        honest = "".join(s for s in _SENTENCE.split(text) if not _ABOUT_SCAMS.search(s))
        found = _ENTITLEMENT.search(honest)
        if found:
            yield Finding(kind, name, f"文件没有规定必须，不能写“{found.group()}”", steps)
