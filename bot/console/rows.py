"""Answers and contact points as rows of a table, by the same schema as the form.

Why this file exists: what is exported and imported unchanged is the same record, because both sides go
through ``forms``.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from bot.console import forms
from bot.console.reading import read_one
from bot.console.records import subject
from bot.console.schema import SCHEMAS, Field
from bot.console.sheets import Row
from content.find import Library
from content.model import ASPECTS

SHEETS = {"answers": "答复", "contacts": "联系点"}
_ROWS = 4
"""Sources of a record that fit into columns; a record with more is left out of the table and said so."""


def columns(kind: str) -> list[tuple[str, str]]:
    """Name and label of every column."""
    found = [("id", "编号")]
    for field in SCHEMAS[kind]:
        found += _columns(field)
    return found


def _columns(field: Field) -> list[tuple[str, str]]:
    if field.kind == "aspects":
        return [(f"aspects.{name}", label) for name, label in ASPECTS.items()]
    if field.kind == "rows":
        count = 1 if field.name == "source" else _ROWS
        return [
            (f"{field.name}.{i}.{part.name}", f"{field.label}{i + 1}{part.label}")
            for i in range(count)
            for part in field.parts
        ]
    return [(field.name, field.label)]


def export_row(kind: str, key: str, value: Any) -> Row:
    """A record as cells."""
    shown, row = forms.shown(value, kind), {"id": key}
    for field in SCHEMAS[kind]:
        said = shown[field.name]
        if field.kind == "aspects":
            row |= {f"aspects.{name}": text for name, text in said.items()}
        elif field.kind == "pick":
            row[field.name] = "\n".join(said)
        elif field.kind == "rows":
            row |= {f"{field.name}.{i}.{n}": v for i, cells in enumerate(said) for n, v in cells.items()}
        else:
            row[field.name] = said
    return row


@dataclass(frozen=True, slots=True)
class RowForm:
    """A row asked like a form."""

    row: Row

    def text(self, name: str, limit: int = 20_000) -> str:
        """One cell."""
        return self.row.get(name, "").strip()[:limit]

    def texts(self, name: str) -> list[str]:
        """The lines of a cell."""
        return [line.strip() for line in self.row.get(name, "").splitlines() if line.strip()]


@dataclass(frozen=True, slots=True)
class Line:
    """What a row would do: ``state`` is same | changed | bad."""

    number: int
    key: str
    state: str
    value: Any = None
    faults: tuple[str, ...] = ()


def judged(library: Library, kind: str, rows: list[Row]) -> Iterator[Line]:
    """Every row against the content in force; row numbers count the head as 1."""
    seen: set[str] = set()
    for number, row in enumerate(rows, 2):
        key = row.get("id", "").strip()
        now = subject(library, kind, key)
        if now is None or key in seen:
            fault = "这个编号在表里写了两次" if key in seen else "没有这个编号"
            yield Line(number, key, "bad", faults=(fault,))
            continue
        seen.add(key)
        value = forms.parse(RowForm(row), kind)
        _, faults = read_one(replace(now, value=value), library)
        state = "bad" if faults else "same" if value == without_empties(now.value) else "changed"
        yield Line(number, key, state, value, tuple(faults))


def without_empties(value: dict[str, Any]) -> dict[str, Any]:
    """A file may say ``number: ""``; a cell says it by being empty."""
    found: dict[str, Any] = {}
    for name, said in value.items():
        rows = isinstance(said, list) and any(isinstance(each, dict) for each in said)
        kept = [without_empties(each) for each in said] if rows else said
        kept = without_empties(kept) if isinstance(kept, dict) else kept
        if kept not in ("", [], {}, None):
            found[name] = kept
    return found
