"""Where a statement comes from, in one line or in full.

Why this file exists: no answer leaves without its source and the day somebody looked at it. It
must not word answers.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from content.model import Answer, Clause, FactValue, Notice, Source

if TYPE_CHECKING:
    from content.find import Library

SOURCES_SHOWN = 3
"""Sources named in the compact line; the copied text names all."""

STATUS_WORDS = {"expired": "已过期", "superseded": "已被取代", "press_report": "见于媒体报道"}


@dataclass(frozen=True, slots=True)
class Grounds:
    """What a reply stands on: notices with the articles cited, other sources, the day of checking."""

    notices: tuple[tuple[Notice, tuple[str, ...]], ...]
    sources: tuple[Source, ...]
    checked_on: date
    clauses: tuple[str, ...]


def grounds_of(answer: Answer, library: Library, used: Iterable[FactValue]) -> Grounds:
    """The grounds of an answer: its cited clauses, its own sources, and those of the figures shown."""
    values = tuple(used)
    sources = dict.fromkeys((*answer.sources, *(value.source for value in values)))
    checked = min((answer.checked_on, *(value.checked_on for value in values)))
    return Grounds(_by_notice(answer.cites, library), tuple(sources), checked, answer.cites)


def clause_grounds(clause: Clause, library: Library) -> Grounds:
    """The grounds of a clause: its notice and article."""
    notice = library.notices[clause.notice_id]
    return Grounds(((notice, (clause.article,)),), (), notice.checked_on, (clause.id,))


def _by_notice(cites: Iterable[str], library: Library) -> tuple[tuple[Notice, tuple[str, ...]], ...]:
    found: dict[str, list[str]] = {}
    for cite in cites:
        notice_id, _, article = cite.partition("#")
        found.setdefault(notice_id, []).append(article)
    return tuple(
        (library.notices[i], tuple(filter(None, a))) for i, a in found.items() if i in library.notices
    )


def compact(grounds: Grounds, on: date) -> str:
    """One line: ``依据：成金发〔2022〕75号 三（四）14（核验：2026-09-01）``; "" where there is nothing."""
    named = [_with_articles(notice, articles, on) for notice, articles in grounds.notices]
    labels = {notice.label for notice, _ in grounds.notices}
    named += [f"《{s.title}》" for s in grounds.sources if not any(s.title in label for label in labels)]
    if not named:
        return ""
    return (
        f"依据：{'；'.join(dict.fromkeys(named[:SOURCES_SHOWN]))}（核验：{grounds.checked_on.isoformat()}）"
    )


def _with_articles(notice: Notice, articles: tuple[str, ...], on: date) -> str:
    status = STATUS_WORDS.get(notice.status_on(on), "")
    mark = f"（{status}）" if status else ""
    return f"{notice.label}{mark} {'、'.join(articles)}".strip()


def full(grounds: Grounds, on: date) -> list[str]:
    """One line per source with title, number, articles, address and dates, for copying."""
    lines = [_notice_line(notice, articles, on) for notice, articles in grounds.notices]
    lines += [_source_line(source) for source in grounds.sources]
    return [*dict.fromkeys(lines), f"核验日期：{grounds.checked_on.isoformat()}"]


def _notice_line(notice: Notice, articles: tuple[str, ...], on: date) -> str:
    status = STATUS_WORDS.get(notice.status_on(on), "")
    parts = [f"《{notice.title}》", notice.number, "、".join(articles), status, notice.source.url]
    return "，".join(filter(None, parts))


def _source_line(source: Source) -> str:
    day = f"{source.published_on.isoformat()}发布" if source.published_on else ""
    return "，".join(filter(None, [f"《{source.title}》", day, source.url]))
