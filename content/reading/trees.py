"""The small trees of a condition's ``when``: leaves, all / any / not, named functions."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal
from typing import Any, get_args

from content.criterion import (
    NUMERIC_KINDS,
    Bound,
    Branch,
    Call,
    Figure,
    Leaf,
    Operator,
    Question,
    Tree,
)
from content.functions import FUNCTIONS
from content.reading.record import Record, did_you_mean

_FIGURE = re.compile(r"\{([a-z0-9_]+)\}")
_YES_NO = {"yes": True, "no": False, True: True, False: False}
_ORDERED = ("at_least", "at_most", "less_than")


def read_tree(record: Record, key: str, questions: dict[str, Question]) -> Tree | None:
    """The tree under a key; None for ``unsettled`` and where it cannot be read (a fault is noted)."""
    value = record.data.get(key)
    if value == "unsettled":
        return None
    if value is None:
        record.fault(f"缺少 {key}；材料没有写清的条件写 {key}: unsettled")
        return None
    return _tree(Record(value, record.file, (*record.path, key), record.faults), questions)


def _tree(record: Record, questions: dict[str, Question]) -> Tree | None:
    for operator in ("all", "any"):
        if operator in record.data:
            record.only((operator,))
            parts = [_tree(each, questions) for each in record.each(operator)]
            return Branch(operator, tuple(part for part in parts if part is not None))
    inner = record.one("not")
    if inner is not None:
        part = _tree(inner, questions)
        return Branch("not", (part,)) if part is not None else None
    if "function" in record.data:
        return _call(record, questions)
    return _leaf(record, questions)


def _call(record: Record, questions: dict[str, Question]) -> Call:
    record.only(("function", "facts"))
    name, facts = record.text("function"), record.texts("facts")
    if name not in FUNCTIONS:
        record.fault(f"没有登记函数 {name}{did_you_mean(name, FUNCTIONS)}", "function")
    for fact in facts:
        if fact not in questions:
            record.fault(f"questions.yml 里没有 {fact}{did_you_mean(fact, questions)}", "facts")
    return Call(name, facts)


def _leaf(record: Record, questions: dict[str, Question]) -> Tree | None:
    record.only(("fact", *get_args(Operator)))
    fact = record.text("fact")
    if fact not in questions:
        record.fault(f"questions.yml 里没有 {fact}{did_you_mean(fact, questions)}", "fact")
        return None
    leaves = [
        Leaf(fact, operator, _bounds(record, operator, questions[fact]))
        for operator in get_args(Operator)
        if operator in record.data
    ]
    if not leaves:
        record.fault(f"{fact} 后面要写 {'、'.join(get_args(Operator))} 之一")
        return None
    return leaves[0] if len(leaves) == 1 else Branch("all", tuple(leaves))


def _bounds(record: Record, operator: str, question: Question) -> tuple[Bound, ...]:
    value = record.data[operator]
    if operator in _ORDERED and question.kind not in (*NUMERIC_KINDS, "date"):
        record.fault(f"{question.id} 是 {question.kind}，不能比大小", operator)
    if operator != "one_of":
        return (typed_value(record, operator, value, question),)
    if not isinstance(value, list) or not value:
        record.fault("one_of 要写一个列表", operator)
        return ()
    return tuple(typed_value(record, operator, each, question) for each in value)


def typed_value(record: Record, key: str, value: Any, question: Question) -> Any:
    """A YAML value as the fact's kind wants it: bool, choice id, Decimal, date, or a ``Figure``."""
    if isinstance(value, dict) and len(value) == 1 and None in value.values():
        value = "{" + str(next(iter(value))) + "}"
    figure = _FIGURE.fullmatch(value) if isinstance(value, str) else None
    if figure and question.kind in NUMERIC_KINDS:
        return Figure(figure.group(1))
    if question.kind == "yes_no" and isinstance(value, (bool, str)) and value in _YES_NO:
        return _YES_NO[value]
    if question.kind == "choice" and value in {choice.id for choice in question.choices}:
        return value
    if question.kind in NUMERIC_KINDS and isinstance(value, (int, Decimal)) and not isinstance(value, bool):
        return Decimal(value)
    if question.kind == "date" and isinstance(value, date):
        return value
    hint = did_you_mean(str(value), [choice.id for choice in question.choices])
    record.fault(f"{question.id} 是 {question.kind}，不能写 {value!r}{hint}", key)
    return value
