"""The rows each notice has to cover: ``coverage_rows.yml`` (ids and articles, no questions)."""

from __future__ import annotations

from dataclasses import dataclass

from content.reading.record import Record


@dataclass(frozen=True, slots=True)
class CoverageRow:
    """One item of a notice that content must answer or declare 资料未载."""

    id: str
    notice_id: str
    article: str


def read_coverage_rows(root: Record) -> tuple[CoverageRow, ...]:
    """The rows in file order: notice id → row id → article."""
    return tuple(
        CoverageRow(row_id, notice_id, str(article))
        for notice_id, rows in root.only(("rows",)).named("rows")
        for row_id, article in rows.data.items()
    )
