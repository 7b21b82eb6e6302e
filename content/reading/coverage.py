"""The rows each city's notice has to cover: ``coverage_rows.yml`` (ids and articles, no questions)."""

from __future__ import annotations

from dataclasses import dataclass

from content.reading.record import Record


@dataclass(frozen=True, slots=True)
class CoverageRow:
    """One item of a city's notice that content must answer or declare 资料未载."""

    id: str
    city: str
    article: str


def read_coverage_rows(root: Record) -> tuple[CoverageRow, ...]:
    """The rows in file order: city id → row id → article."""
    return tuple(
        CoverageRow(row_id, city, str(article))
        for city, rows in root.only(("rows",)).named("rows")
        for row_id, article in rows.data.items()
    )
