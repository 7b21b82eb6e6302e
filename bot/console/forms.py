"""From a posted form to a record's values and back, by schema.

Why this file exists: what staff type becomes exactly what a file would hold; nothing is corrected
silently, wrong values stay as typed so that the checks can name them. It must not know HTML.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any, Protocol

from bot.console import words
from bot.console.schema import SCHEMAS, WHOLE, Field, join_source, split_source
from content.model import ASPECTS

_INT = re.compile(r"-?(0|[1-9]\d*)")
_DECIMAL = re.compile(r"-?(0|[1-9]\d*)\.\d+")
MAX_ROWS = 30
TOGETHER = "&&"
"""Between the parts of a pattern that must all be there."""

_WORDS = {"sentences": words.sentence, "situations": words.situation, "asides": words.aside}


class Form(Protocol):
    """What a form can be asked (``bot.staff.access.Call``)."""

    def text(self, name: str, limit: int = 20_000) -> str:
        """One field."""
        ...

    def texts(self, name: str) -> list[str]:
        """Every value of a field."""
        ...


def parse(form: Form, kind: str) -> Any:
    """The record a form describes; empty fields are left out."""
    found = {field.name: _read(form, field) for field in SCHEMAS[kind]}
    if kind in WHOLE:
        return found[WHOLE[kind]]
    return {name: value for name, value in found.items() if value not in ("", [], {}, None)}


def _read(form: Form, field: Field) -> Any:
    if field.kind in ("texts", "orders"):
        return _named(form, field)
    if field.kind == "flag":
        return bool(form.text(field.name)) or None
    if field.kind == "ref":
        return picked(form.text(field.name))
    if field.kind == "aspects":
        said = {name: form.text(f"aspects.{name}") for name in ASPECTS}
        return {name: text for name, text in said.items() if text}
    if field.kind == "pick":
        ids = [*form.texts(field.name), *map(picked, form.texts(f"{field.name}.add"))]
        return list(dict.fromkeys(ids))
    if field.kind == "list":
        lines = [line.strip() for line in form.text(field.name).splitlines() if line.strip()]
        return [program(line) for line in lines] if field.name == "programs" else lines
    if field.kind == "patterns":
        return [_pattern(line) for line in form.text(field.name).splitlines() if line.strip()]
    if field.kind == "rows":
        rows = _rows(form, field)
        return (rows[0] if rows else {}) if field.name == "source" else rows
    return scalar(form.text(field.name), field.kind)


def _named(form: Form, field: Field) -> dict[str, Any]:
    """Sentences or orders by name; the form says which names it has."""
    found: dict[str, Any] = {}
    for name in form.texts(f"{field.name}.names"):
        box = f"{field.name}.{name}"
        said = form.text(box) if field.kind == "texts" else _moved(form, box)
        if said:
            found[name] = said
    return found


def _moved(form: Form, box: str) -> list[str]:
    """An order as posted; the button ``move`` says ``box``, the one to move and where it goes."""
    order = form.texts(box)
    asked, _, step = form.text("move").rpartition(".")
    where, _, name = asked.rpartition(".")
    if where == box and name in order:
        at = order.index(name)
        order.insert(max(0, at + (1 if step == "down" else -1)), order.pop(at))
    return order


def _pattern(line: str) -> str | list[str]:
    parts = [part.strip() for part in line.split(TOGETHER)]
    return parts if len(parts) > 1 else parts[0]


def picked(text: str) -> str:
    """A picker's suggestion reads ``name　id``; the id is what counts.

    >>> picked("租房提取　housing_fund.rent_withdrawal"), picked("national-2022-4")
    ('housing_fund.rent_withdrawal', 'national-2022-4')
    """
    return text.rsplit("　", 1)[-1].strip()


def _rows(form: Form, field: Field) -> list[dict[str, Any]]:
    rows = []
    for index in range(MAX_ROWS):
        cells = {p.name: scalar(form.text(f"{field.name}.{index}.{p.name}"), p.kind) for p in field.parts}
        row = {name: value for name, value in cells.items() if value != ""}
        if row and set(row) != {"confidence"}:
            rows.append(join_source(row) if field.name == "values" else row)
    return rows


def scalar(text: str, kind: str) -> Any:
    """A typed value; text that is none stays text, so that the check says what is wrong with it."""
    if kind == "day":
        try:
            return date.fromisoformat(text)
        except ValueError:
            return text
    if kind == "number":
        return int(text) if _INT.fullmatch(text) else Decimal(text) if _DECIMAL.fullmatch(text) else text
    return text


def program(line: str) -> dict[str, Any]:
    """``名称＝别名、别名`` as the file has it.

    >>> program("蓉易贷＝容易贷、蓉e贷")
    {'name': '蓉易贷', 'aliases': ['容易贷', '蓉e贷']}
    """
    name, _, others = line.replace("=", "＝").partition("＝")
    aliases = [each.strip() for each in others.split("、") if each.strip()]
    return {"name": name.strip(), **({"aliases": aliases} if aliases else {})}


def shown(value: Mapping[str, Any] | None, kind: str) -> dict[str, Any]:
    """A record as the form's fields hold it."""
    record = value if isinstance(value, Mapping) else {WHOLE[kind]: value} if kind in WHOLE else {}
    return {field.name: _shown(record.get(field.name), field) for field in SCHEMAS.get(kind, ())}


def _shown(value: Any, field: Field) -> Any:
    if field.kind in ("texts", "orders"):
        return _named_shown(value if isinstance(value, Mapping) else {}, field)
    if field.kind == "aspects":
        return {name: str((value or {}).get(name, "")) for name in ASPECTS}
    if field.kind == "pick":
        return [str(each) for each in value or []]
    if field.kind in ("list", "patterns"):
        return "\n".join(_line(each) for each in value or [])
    if field.kind == "rows":
        rows = [value] if isinstance(value, Mapping) and value else list(value or [])
        flat = [split_source(dict(row)) for row in rows] if field.name == "values" else rows
        more: tuple[dict[str, Any], ...] = () if field.name == "source" and flat else ({},)
        return [{p.name: _plain(row.get(p.name)) for p in field.parts} for row in (*flat, *more)]
    return _plain(value)


def _named_shown(value: Mapping[str, Any], field: Field) -> list[tuple[str, str, Any]]:
    """Name, its word, and a sentence, or an order with an empty place at its end."""
    say = _WORDS[field.source if field.kind == "texts" else "situations"]
    said = dict(value)
    if field.grows:
        said[next(name for n in range(1, MAX_ROWS) if (name := f"added_{n}") not in said)] = ""
    if field.kind == "texts":
        return [(name, say(name), str(text)) for name, text in said.items()]
    orders = {name: list(map(str, order)) if isinstance(order, list) else [] for name, order in said.items()}
    return [(name, say(name), [*order, ""]) for name, order in orders.items()]


def _line(value: Any) -> str:
    if isinstance(value, list):
        return f" {TOGETHER} ".join(map(str, value))
    if not isinstance(value, Mapping):
        return str(value)
    aliases = "、".join(map(str, value.get("aliases", [])))
    return f"{value.get('name', '')}＝{aliases}" if aliases else str(value.get("name", ""))


def _plain(value: Any) -> str:
    return "" if value is None else value.isoformat() if isinstance(value, date) else str(value)
