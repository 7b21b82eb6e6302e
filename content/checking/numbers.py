"""Figures: no literal amounts in answers, no contradictions, no other city's figure.

Why this file exists: a number in a sentence ages unseen; a dated fact does not.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from datetime import date

from content.checking.finding import Finding, answer_texts
from content.figures import placeholders
from content.find import Library
from content.model import NATIONAL, Answer

LITERAL = re.compile(
    r"(?<![\d.\-])\d[\d,]*(?:\.\d+)?\s*(?:万?元|块钱|亿|[%％‰]|个?百分点|倍|折|(?<!\d{4})年(?!\d)|个月|个?工作日|天|周岁|岁|平方米|平米)"
)
"""An amount, rate, share or deadline written as digits."""
_DIGITS = re.compile(r"\d[\d,.]*")
_SENTENCE = re.compile(r"[^。；！？\n]+")


def check_numbers(library: Library, _on: date) -> Iterator[Finding]:
    """Literals, answers not verified that show figures, other cities' figures, contradictions."""
    for answer in library.answers.values():
        yield from _literals(answer)
        yield from _foreign(answer, library)
        if answer.status != "verified" and any(placeholders(t) for _, t in answer_texts(answer)):
            yield Finding("answers", answer.id, "没有核实的答复不能有数目，请删去占位符", ("status",))
    yield from _contradictions(library)
    yield from _same_name(library)


def _literals(answer: Answer) -> Iterator[Finding]:
    for steps, text in answer_texts(answer):
        for found in LITERAL.findall(text):
            message = f"数目“{found}”要写成 {{事实编号}}，在 facts.yml 里写明日期和出处"
            yield Finding("answers", answer.id, message, steps)


def _foreign(answer: Answer, library: Library) -> Iterator[Finding]:
    if answer.scope == NATIONAL:
        return
    others = [city.name for city in library.cities.values() if city.id != answer.scope]
    for steps, text in answer_texts(answer):
        for sentence in _SENTENCE.findall(text):
            named = [name for name in others if name in sentence]
            if named and (placeholders(sentence) or LITERAL.search(sentence)):
                yield Finding("answers", answer.id, f"句子里有{named[0]}的名字和数目，请分到各自城市", steps)


def _contradictions(library: Library) -> Iterator[Finding]:
    """Two clauses on one program of one notice that give one figure differently."""
    said: dict[tuple[str, str, str], dict[str, str]] = defaultdict(dict)
    for clause in library.clauses.values():
        for program in clause.programs:
            for text in clause.figures:
                field = (clause.notice_id, program.name, _DIGITS.sub("#", text))
                said[field][",".join(_DIGITS.findall(text))] = clause.key
    for (_, program_name, _), numbers in said.items():
        if len(numbers) > 1:
            keys = "、".join(numbers.values())
            yield Finding(
                "clauses", next(iter(numbers.values())), f"{program_name} 的同一数字在 {keys} 不一致"
            )


def _same_name(library: Library) -> Iterator[Finding]:
    seen: dict[tuple[str, str], str] = {}
    for fact in library.facts.values():
        other = seen.setdefault((fact.scope, fact.name), fact.id)
        if other != fact.id:
            yield Finding("facts", fact.id, f"和 {other} 同名，请合成一个或改名")
