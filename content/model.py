"""The content model: every record an answer is made of, as frozen values.

Why this file exists: one definition of notice, clause, fact, answer, contact point, city and
topic, shared by loader, checks, look-up, console and rendering. It must not know YAML, SQL,
WeChat or the clock: dates are passed in as ``on``.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Literal

from content.fault import Fault as Fault
from content.subject import CityUse as CityUse
from content.subject import Need as Need
from content.subject import Topic as Topic

Strength = Literal["must", "support", "encourage", "explore", "state"]
"""Normative force of a clause: 应/严格 · 支持 · 鼓励 · 探索/争取 · 陈述 (a plain statement)."""

NoticeStatus = Literal["in_force", "no_end_date", "expired", "superseded", "press_report"]
AnswerStatus = Literal["verified", "needs_verification", "not_in_sources"]
Confidence = Literal["high", "medium", "low"]
ContactKind = Literal["hotline", "bank", "platform", "office", "branch"]

ASPECTS: dict[str, str] = {
    "definition": "是什么",
    "condition": "条件",
    "materials": "材料",
    "procedure": "怎么办",
    "amount": "数额",
    "time": "时间",
    "channel": "去哪办",
    "contact": "找谁问",
}
"""Aspect id to the short Chinese label a citizen sees, in display order."""

NATIONAL = "national"
"""Scope id of content that holds for the whole country."""


@dataclass(frozen=True, slots=True)
class Source:
    """Where a statement comes from. ``title`` is always shown; ``url`` may be empty, never invented."""

    title: str
    url: str = ""
    published_on: date | None = None


@dataclass(frozen=True, slots=True)
class Issuer:
    """A body that issued a notice: its name ``then`` and the name of its successor ``now``."""

    then: str
    now: str = ""


@dataclass(frozen=True, slots=True)
class Notice:
    """A policy document (政策文件). ``id`` is ``city-year-number``; ``number`` is 文号 or ""."""

    id: str
    scope: str
    title: str
    number: str
    issuers: tuple[Issuer, ...]
    status: NoticeStatus
    source: Source
    checked_on: date
    issued_on: date | None = None
    in_force_from: date | None = None
    period_to: date | None = None
    replaced_by: str = ""
    notes: tuple[str, ...] = ()

    def status_on(self, on: date) -> NoticeStatus:
        """The status on a day: a notice past its ``period_to`` is expired whatever was written."""
        if self.status == "superseded":
            return "superseded"
        if self.period_to is not None and on > self.period_to:
            return "expired"
        return self.status

    @property
    def label(self) -> str:
        """How a citation names it: the number, or the title in book marks where none is known."""
        return self.number or f"《{self.title}》"


@dataclass(frozen=True, slots=True)
class Program:
    """A named platform, product or mechanism, with the names people use for it."""

    name: str
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Clause:
    """One measure of one article of a notice, in our own words.

    Several records may share an article; ``key`` (the first coverage row id) is unique.
    ``not_stated`` lists aspects that the notice itself leaves open (资料未载).
    """

    key: str
    notice_id: str
    article: str
    name: str
    summary: str
    strength: Strength
    rows: tuple[str, ...]
    programs: tuple[Program, ...] = ()
    keywords: tuple[str, ...] = ()
    figures: tuple[str, ...] = ()
    conditions: tuple[str, ...] = ()
    not_stated: tuple[str, ...] = ()
    today: str = ""
    superseded: bool = False
    contacts: tuple[str, ...] = ()
    need: str = ""

    @property
    def id(self) -> str:
        """Public citation id, for example ``chengdu-2022-75#三（四）14``."""
        return f"{self.notice_id}#{self.article}"


@dataclass(frozen=True, slots=True)
class FactValue:
    """A figure that holds from ``valid_from`` to ``valid_to`` (both inclusive, None = open)."""

    value: Decimal | str
    unit: str
    source: Source
    confidence: Confidence
    checked_on: date
    valid_from: date | None = None
    valid_to: date | None = None

    def covers(self, on: date) -> bool:
        """Whether the value holds on that day."""
        after = self.valid_from is None or self.valid_from <= on
        return after and (self.valid_to is None or on <= self.valid_to)


@dataclass(frozen=True, slots=True)
class Fact:
    """A dated, sourced figure. An uncovered day has no value, never yesterday's."""

    id: str
    scope: str
    name: str
    values: tuple[FactValue, ...]

    def on(self, day: date) -> FactValue | None:
        """The value in force on ``day``; None where no value covers it or none is confident enough."""
        found = [v for v in self.values if v.covers(day) and v.confidence == "high"]
        return found[-1] if found else None


@dataclass(frozen=True, slots=True)
class Answer:
    """A curated answer to one need in one scope (a city id or ``national``).

    Texts may hold ``{fact_id}`` placeholders. ``aspects`` maps an id of ``ASPECTS`` to text.
    """

    need: str
    scope: str
    conclusion: str
    status: AnswerStatus
    checked_on: date
    aspects: dict[str, str] = field(default_factory=dict)
    cites: tuple[str, ...] = ()
    sources: tuple[Source, ...] = ()
    contacts: tuple[str, ...] = ()
    follow_ups: tuple[str, ...] = ()
    review_by: date | None = None
    valid_from: date | None = None
    valid_to: date | None = None
    after: str = ""
    spoken: str = ""
    programs: tuple[Program, ...] = ()

    @property
    def id(self) -> str:
        """Answer id: ``topic.need`` nationally, ``topic.need@city`` in a city."""
        return self.need if self.scope == NATIONAL else f"{self.need}@{self.scope}"


@dataclass(frozen=True, slots=True)
class ContactPoint:
    """A hotline, bank line, platform, office or branch. Unknown fields stay empty."""

    id: str
    kind: ContactKind
    name: str
    number: str
    purpose: str
    confidence: Confidence
    source: Source
    checked_on: date
    scope: str = NATIONAL
    topics: tuple[str, ...] = ()
    aliases: tuple[str, ...] = ()
    bank: str = ""
    district: str = ""
    address: str = ""
    lat: float | None = None
    lon: float | None = None
    services: tuple[str, ...] = ()
    hours: str = ""

    @property
    def shown(self) -> bool:
        """Low confidence is never shown; medium is shown with a mark (DESIGN 5)."""
        return self.confidence != "low"


@dataclass(frozen=True, slots=True)
class City:
    """A covered city with the names people use for it and its districts and counties.

    ``districts`` holds only names that mean this city wherever they are written; names that other
    places share (朝阳, 高新区, 江北) stand in ``ambiguous`` and never decide the city alone.
    """

    id: str
    name: str
    aliases: tuple[str, ...]
    districts: tuple[str, ...]
    province: str
    area_code: str
    lat: float
    lon: float
    radius_km: float
    ambiguous: tuple[str, ...] = ()
