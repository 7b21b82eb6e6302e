"""Branches of banks from a table: every row checked, every bad row named, the good ones as contact points.

Why this file exists: a wrong branch sends somebody across the city; nothing is taken on trust. Used by
the console and by ``newcitizen content import-branches``.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from bot.console.sheets import Row
from bot.live.publish import Wanted
from content.find import Library, distance_km
from content.model import City

COLUMNS = {
    "bank": "银行",
    "branch": "网点",
    "city": "城市",
    "district": "区县",
    "address": "地址",
    "phone": "电话",
    "lat": "纬度",
    "lon": "经度",
    "services": "业务",
    "hours": "时间",
    "source": "来源",
    "checked_on": "核验日期",
}
REQUIRED = ("bank", "branch", "city", "address", "source", "checked_on")
_PHONE = re.compile(r"\d{3,4}-?\d{7,8}|\d{5,8}|1\d{10}|400-?\d{3}-?\d{4}|800-?\d{3}-?\d{4}")
_CHINA = (18.0, 54.0, 73.0, 136.0)
"""South, north, west, east of China in degrees."""


@dataclass(frozen=True, slots=True)
class Branch:
    """One row: ``number`` counts the head as 1; with ``faults`` it is not imported."""

    number: int
    key: str
    city: str
    name: str
    value: dict[str, Any]
    faults: tuple[str, ...]


def read_branches(library: Library, rows: list[Row], on: date) -> list[Branch]:
    """Every row, judged."""
    known = {chinese: name for name, chinese in COLUMNS.items()}
    seen: dict[str, int] = {}
    found = []
    for number, raw in enumerate(rows, 2):
        row = {known.get(head, head): cell.strip() for head, cell in raw.items()}
        branch = _branch(library, number, row, on)
        if branch.key in seen:
            fault = f"和第 {seen[branch.key]} 行是同一个网点"
            branch = Branch(number, branch.key, branch.city, branch.name, {}, (*branch.faults, fault))
        seen.setdefault(branch.key, number)
        found.append(branch)
    return found


def _branch(library: Library, number: int, row: Row, on: date) -> Branch:
    city = library.city_named(row.get("city", "")) or library.cities.get(row.get("city", ""))
    faults = [*_missing(row), *_place(row, city), *_texts(row, city, on)]
    name = row.get("branch", "")
    bank = row.get("bank", "")
    name = name if name.startswith(bank) else f"{bank}{name}"
    where = city.id if city else ""
    key = "branch_" + hashlib.sha256(f"{bank}\0{name}\0{where}".encode()).hexdigest()[:12]
    value = {} if faults else _value(row, name)
    return Branch(number, key, where, name, value, tuple(faults))


def _missing(row: Row) -> Iterator[str]:
    for name in REQUIRED:
        if not row.get(name):
            yield f"缺少{COLUMNS[name]}"
    for name in row:
        if name and name not in COLUMNS:
            yield f"不认识的列 {name}"


def _place(row: Row, city: City | None) -> Iterator[str]:
    if row.get("city") and city is None:
        yield f"城市 {row['city']} 没有收录"
    if bool(row.get("lat")) != bool(row.get("lon")):
        yield "纬度和经度要么都写，要么都不写"
    elif row.get("lat"):
        lat, lon = _degrees(row["lat"]), _degrees(row["lon"])
        south, north, west, east = _CHINA
        if lat is None or lon is None or not (south <= lat <= north and west <= lon <= east):
            yield "经纬度不在中国范围内，是不是写反了"
        elif (
            city is not None and distance_km(float(lat), float(lon), city.lat, city.lon) > city.radius_km * 2
        ):
            yield f"经纬度离{city.name}太远"


def _texts(row: Row, city: City | None, on: date) -> Iterator[str]:
    district = row.get("district", "")
    if city and district and not any(d.startswith(district[:2]) for d in (*city.districts, *city.ambiguous)):
        yield f"{city.name}没有{district}"
    if row.get("phone") and not _PHONE.fullmatch(row["phone"]):
        yield f"电话 {row['phone']} 的写法不对"
    day = _day(row.get("checked_on", ""))
    if row.get("checked_on") and (day is None or day > on):
        yield f"核验日期 {row['checked_on']} 不对，写成 {on.isoformat()} 这样，不能在今天以后"
    for name, limit in (("address", 100), ("branch", 60), ("hours", 60), ("source", 100)):
        if len(row.get(name, "")) > limit:
            yield f"{COLUMNS[name]}太长，最多 {limit} 个字"


def _degrees(text: str) -> Decimal | None:
    try:
        value = Decimal(text)
    except InvalidOperation:
        return None
    return value if value.is_finite() else None


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text.replace("/", "-"))
    except ValueError:
        return None


def _value(row: Row, name: str) -> dict[str, Any]:
    services = [s for s in re.split(r"[、，,;；\n]", row.get("services", "")) if s.strip()]
    found: dict[str, Any] = {
        "kind": "branch", "name": name, "number": row.get("phone", ""), "confidence": "high",
        "source": {"title": row["source"]}, "checked_on": _day(row["checked_on"]), "bank": row["bank"],
        "district": row.get("district", ""), "address": row["address"],
        "services": [s.strip() for s in services], "hours": row.get("hours", ""),
    }  # fmt: skip
    if row.get("lat"):
        found |= {"lat": _decimal(row["lat"]), "lon": _decimal(row["lon"])}
    return {key: value for key, value in found.items() if value not in ("", [])}


def _decimal(text: str) -> Decimal:
    """With a decimal point, as the YAML reader gives it back."""
    value = Decimal(text)
    return value if "." in f"{value:f}" else Decimal(f"{value:f}.0")


def wanted(branches: list[Branch], author: str, approver: str) -> list[Wanted]:
    """What to publish of the good rows."""
    return [
        Wanted("contacts", b.key, path_of(b), b.city, b.name, b.value, author, approver, "网点导入")
        for b in branches
        if not b.faults
    ]


def path_of(branch: Branch) -> str:
    """The file a branch stands in: imports have one of their own."""
    return f"content/cities/{branch.city}/branches.yml"
