"""The coverage board: which items of the five notices are answered, declared open, or missing.

Why this file exists: nothing of a notice is left out unseen. It must not know the questions.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import asdict, dataclass
from typing import Any, Literal

from content.find import Library
from content.model import Clause

RowState = Literal["answered", "declared", "missing"]
STATE_WORDS: dict[RowState, str] = {"answered": "已答复", "declared": "已声明资料未载", "missing": "缺"}


@dataclass(frozen=True, slots=True)
class RowCover:
    """One row of the board. ``clause`` is the key of the record that covers it, ``note`` what is odd."""

    id: str
    city: str
    article: str
    state: RowState
    clause: str = ""
    note: str = ""


def coverage(library: Library) -> list[RowCover]:
    """Every row of the list, in list order."""
    by_row = {row: clause for clause in library.clauses.values() for row in clause.rows}
    return [_cover(row.id, row.city, row.article, by_row.get(row.id), library) for row in library.rows]


def _cover(row_id: str, city: str, article: str, clause: Clause | None, library: Library) -> RowCover:
    if clause is None:
        return RowCover(row_id, city, article, "missing")
    scope = library.notices[clause.notice_id].scope
    if scope != city or clause.article != article:
        note = f"写在 {clause.id}，应为 {city} 的 {article}"
        return RowCover(row_id, city, article, "missing", clause.key, note)
    nothing_more = clause.not_stated and not (clause.conditions or clause.figures)
    return RowCover(row_id, city, article, "declared" if nothing_more else "answered", clause.key)


def board(library: Library) -> dict[str, Any]:
    """The board as data for JSON: totals, totals by city, and the rows that are missing."""
    rows = coverage(library)
    cities = {
        city: dict(Counter(row.state for row in rows if row.city == city))
        for city in dict.fromkeys(r.city for r in rows)
    }
    return {
        "rows": len(rows),
        "totals": dict(Counter(row.state for row in rows)),
        "cities": cities,
        "missing": [asdict(row) for row in rows if row.state == "missing"],
    }


def board_text(library: Library) -> str:
    """The board as staff read it in a terminal."""
    data = board(library)
    lines = [f"共 {data['rows']} 条：{_counts(data['totals'])}"]
    for city, counts in data["cities"].items():
        name = library.cities[city].name if city in library.cities else city
        lines.append(f"  {name}：{_counts(counts)}")
    lines += [f"  缺 {row['id']} {row['article']} {row['note']}".rstrip() for row in data["missing"]]
    return "\n".join(lines)


def _counts(counts: dict[RowState, int]) -> str:
    return "，".join(f"{word} {counts.get(state, 0)}" for state, word in STATE_WORDS.items())
