"""Facts, the dated figures: ``facts*.yml``."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from itertools import combinations

from content.model import Fact, FactValue, Source
from content.reading.record import Record

CONFIDENCES = ("high", "medium", "low")
_KEYS = ("value", "unit", "valid_from", "valid_to", "source", "confidence", "checked_on")


def read_facts(root: Record, scope: str) -> list[tuple[Fact, Record]]:
    """The facts of one file, each with its record for later faults."""
    return [(_fact(name, record, scope), record) for name, record in root.only(("facts",)).named("facts")]


def _fact(fact_id: str, record: Record, scope: str) -> Fact:
    record.only(("name", "values"))
    values = tuple(_value(each) for each in record.each("values"))
    if not values:
        record.fault("values 至少写一个数目")
    if any(_overlap(first, second) for first, second in combinations(values, 2)):
        record.fault("两个数目的有效期重叠，请补上 valid_to", "values")
    return Fact(fact_id, scope, record.text("name"), values)


def _value(record: Record) -> FactValue:
    record.only(_KEYS)
    record.not_before("valid_from", "valid_to")
    value = record.data.get("value")
    if value is None or isinstance(value, bool) or not isinstance(value, (int, Decimal, str)):
        record.fault("value 应该是数字，或 LPR+0.6 这样的文字")
        value = ""
    if "unit" not in record.data:
        record.fault("缺少 unit：数目要写单位（文字自带单位的写空引号）")
    return FactValue(
        value=value if isinstance(value, str) else Decimal(value),
        unit=record.text("unit", required=False),
        source=record.source() or Source(""),
        confidence=record.choice("confidence", CONFIDENCES),
        checked_on=record.day("checked_on", required=True) or date.min,
        valid_from=record.day("valid_from"),
        valid_to=record.day("valid_to"),
    )


def _overlap(first: FactValue, second: FactValue) -> bool:
    if first.confidence != "high" or second.confidence != "high":
        return False
    start = max(first.valid_from or date.min, second.valid_from or date.min)
    return start <= min(first.valid_to or date.max, second.valid_to or date.max)
