"""Grounds: what counts as verified stands on an official source, everywhere the same.

Why this file exists: a figure shown as verified, or an answer that calls itself verified, must not
rest on a repost, a summary or our own notes. It looks at how a source is named, the one thing the
record itself says about it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from content.checking.finding import Finding, answer_texts
from content.figures import placeholders
from content.find import Library
from content.model import Answer, FactValue, Source

_NOT_OFFICIAL = re.compile(r"整理|数据集|转述|待核实|公开资料|公开报道|编写时|摘要|摘录|未见原件")
"""Words by which a record admits that no official page was seen."""

_OFFICIAL_WITHOUT_ADDRESS = re.compile(r"法$|法律文本|条例|网站|〔\d{4}〕\d+号|令\d{4}年第\d+号")
"""A law, a numbered document or an authority's site may stand without an address."""


def check_grounds(library: Library, _on: date) -> Iterator[Finding]:
    """High-confidence figures and verified answers that no official source carries."""
    for fact in library.facts.values():
        for index, value in enumerate(fact.values):
            if value.confidence == "high" and not is_official(value.source):
                message = f"把握写 high 要有官方页面或正式文件，出处“{value.source.title}”不是，请写 medium"
                yield Finding("facts", fact.id, message, ("values", index, "confidence"))
    for answer in library.answers.values():
        sources = list(_sources(answer, library))
        if answer.status == "verified" and sources and not any(map(is_official, sources)):
            message = "verified 要有官方出处，依据都是转述或整理的请写 needs_verification"
            yield Finding("answers", answer.id, message, ("status",))


def is_official(source: Source) -> bool:
    """Whether a source is named as an official page, a law or a numbered document."""
    if _NOT_OFFICIAL.search(source.title):
        return False
    return bool(source.url) or bool(_OFFICIAL_WITHOUT_ADDRESS.search(source.title)) or _own(source)


def _own(source: Source) -> bool:
    """What the service says of itself and the telephone lists, whose entries carry their own confidence."""
    return source.title.endswith(("服务说明", "一览"))


def _sources(answer: Answer, library: Library) -> Iterator[Source]:
    """Own sources, those of the notices cited, and those of high-confidence figures."""
    yield from answer.sources
    for cite in answer.cites:
        yield library.notices[cite.split("#")[0]].source
    for _, text in answer_texts(answer):
        for fact_id in placeholders(text):
            yield from (value.source for value in _high(library, fact_id))


def _high(library: Library, fact_id: str) -> Iterator[FactValue]:
    yield from (value for value in library.facts[fact_id].values if value.confidence == "high")
