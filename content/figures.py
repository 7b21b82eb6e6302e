"""Placeholders in texts become dated figures, or an honest sentence where no figure holds.

Why this file exists: a number a citizen reads always comes from a ``Fact`` valid on the day. It
must not know voices or channels.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from content.model import Fact, FactValue

NOT_VERIFIED = "这个数目我们还没有核实到，请以办理机构答复为准"
"""Said instead of a sentence whose figure has no high-confidence value on the day."""

_PLACEHOLDER = re.compile(r"\{([a-z0-9_]+)\}")
_ENDS = "。；！？"
_SENTENCE = re.compile(rf"[^{_ENDS}\n]*[{_ENDS}]+|[^{_ENDS}\n]+|\n")


@dataclass(frozen=True, slots=True)
class Filled:
    """A text with its figures and the values used, for the citation."""

    text: str
    used: tuple[FactValue, ...]


def placeholders(text: str) -> list[str]:
    """Fact ids in a text.

    >>> placeholders("每月最多{chengdu_rent_cap}。")
    ['chengdu_rent_cap']
    """
    return _PLACEHOLDER.findall(text)


def plain_number(value: Decimal | str) -> str:
    """A figure's digits without needless zeros: ``Decimal("0.50")`` is ``0.5``; text stays."""
    if isinstance(value, str):
        return value
    return f"{value:f}".rstrip("0").rstrip(".") if "." in f"{value:f}" else f"{value:f}"


def figure(value: FactValue) -> str:
    """Value and unit as written: 2000元/月."""
    return f"{plain_number(value.value)}{value.unit}"


def fill(
    text: str,
    facts: Mapping[str, Fact],
    on: date,
    write: Callable[[FactValue], str] = figure,
    dated: bool = True,
) -> Filled:
    """The text with every placeholder resolved for a day.

    A sentence with a figure ends with the day the figure was checked (``dated``); a sentence whose
    figure does not hold on the day is replaced by ``NOT_VERIFIED``, once.
    """
    if "{" not in text:
        return Filled(text, ())
    used: list[FactValue] = []
    parts: list[str] = []
    for sentence in _SENTENCE.findall(text):
        written = _sentence(sentence, facts, on, write, dated, used)
        if not (written.startswith(NOT_VERIFIED) and any(p.startswith(NOT_VERIFIED) for p in parts)):
            parts.append(written)
    return Filled("".join(parts), tuple(used))


def _sentence(
    sentence: str,
    facts: Mapping[str, Fact],
    on: date,
    write: Callable[[FactValue], str],
    dated: bool,
    used: list[FactValue],
) -> str:
    ids = placeholders(sentence)
    if not ids:
        return sentence
    values = {fact_id: _value(facts, fact_id, on) for fact_id in ids}
    body = sentence.rstrip(_ENDS)
    end = sentence[len(body) :]
    known = {fact_id: value for fact_id, value in values.items() if value is not None}
    if len(known) < len(values):
        return NOT_VERIFIED + end
    used += known.values()
    body = _PLACEHOLDER.sub(lambda match: write(known[match.group(1)]), body)
    return f"{body}{as_of(known.values()) if dated else ''}{end}"


def _value(facts: Mapping[str, Fact], fact_id: str, on: date) -> FactValue | None:
    fact = facts.get(fact_id)
    return fact.on(on) if fact else None


def as_of(values: Iterable[FactValue]) -> str:
    """The note behind figures: the earliest day they were checked, and the day the first one ends."""
    found = list(values)
    if not found:
        return ""
    ends = [value.valid_to for value in found if value.valid_to]
    until = f"，有效至{min(ends).isoformat()}" if ends else ""
    return f"（截至{min(value.checked_on for value in found).isoformat()}{until}）"
