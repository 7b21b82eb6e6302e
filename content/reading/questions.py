"""Questions, the facts a check may ask for: ``questions.yml``."""

from __future__ import annotations

import re
from typing import get_args

from content.criterion import Choice, FactInput, Question, QuestionKind
from content.reading.record import Record

_UNITS = {"months": "个月", "years": "年", "money": "元"}
_WORDS: dict[str, FactInput] = {"yes": True, "no": False}
_KEYS = (
    "kind",
    "ask",
    "why",
    "label",
    "choices",
    "yes",
    "no",
    "unit",
    "min",
    "max",
    "unknown",
    "grows",
    "local",
    "hears",
)


def read_questions(root: Record) -> dict[str, Question]:
    """The questions by fact id."""
    return {name: _question(name, record) for name, record in root.only(("questions",)).named("questions")}


def _question(fact_id: str, record: Record) -> Question:
    record.only(_KEYS)
    kind = record.choice("kind", get_args(QuestionKind))
    choices = tuple(
        Choice(each.text("id"), each.text("say"), each.texts("sayings"))
        for each in record.each("choices")
        if each.only(("id", "say", "sayings"))
    )
    if (kind == "choice") != bool(choices):
        record.fault("choices 只给 kind: choice 写，而且必须写")
    return Question(
        id=fact_id,
        kind=kind,
        ask=record.text("ask", limit=60),
        why=record.text("why", limit=80),
        label=record.text("label", required=False) or record.text("ask"),
        choices=choices,
        yes=record.texts("yes"),
        no=record.texts("no"),
        unit=record.text("unit", required=False) or _UNITS.get(kind, ""),
        minimum=record.number("min"),
        maximum=record.number("max"),
        unknown=record.text("unknown", required=False),
        grows=record.flag("grows"),
        local=record.flag("local"),
        hears=tuple(_hears(each) for each in record.each("hears")),
    )


def _hears(record: Record) -> tuple[str, FactInput]:
    """One ``{says: pattern, value: …}``; without ``value`` the matched group is heard as an answer."""
    record.only(("says", "value"))
    pattern = record.text("says")
    try:
        re.compile(pattern)
    except re.error as error:
        record.fault(f"says 不是正确的正则表达式：{error}", "says")
    value = record.data.get("value")
    return pattern, _WORDS.get(value, value) if isinstance(value, str) else value
