"""A found document as an operator sees, copies and reads it: state, days, and the three voices.

Why this file exists: search page, copies, embed and API show the same words from here. It must not know
requests.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from bot.desk.documents import Document
from content import citation, remarks, voices
from content.aloud import aloud
from content.find import Library
from content.model import NATIONAL, Answer, Clause, ContactPoint

STATES = {"current": "现行", "expired": "到期", "unverified": "待核实", "not_in_sources": "资料未载"}
CONTACT_KINDS = {"hotline": "热线", "bank": "银行", "platform": "平台", "office": "窗口", "branch": "网点"}


@dataclass(frozen=True, slots=True)
class Shown:
    """One entry. ``state`` is a key of ``STATES``; ``copy`` is short with citation and permalink, ``full``
    the whole record with all sources, ``spoken`` for reading out; days are ISO or ""."""

    kind: str
    id: str
    title: str
    place: str
    state: str
    checked_on: str
    valid_until: str
    lead: str
    full: str
    copy: str
    spoken: str
    citation: str
    link: str
    need: str = ""
    check: str = ""
    programs: tuple[str, ...] = ()
    cities: tuple[tuple[str, str], ...] = ()

    @property
    def state_name(self) -> str:
        """The state in Chinese."""
        return STATES[self.state]

    @property
    def voices(self) -> dict[str, str]:
        """Voice as it is remembered to its words."""
        return {"copy": self.copy, "spoken": self.spoken, "chat": self.full}


class Shelf:
    """Entries of one library on one day, worked out once each.

    Args:
        library: the content.
        on: the day.
        base: public address for permalinks, without a slash at the end.
        version: what permalinks name; the library's own where it is not an earlier one.
    """

    def __init__(self, library: Library, on: date, base: str, version: str = "") -> None:
        self.library, self.on, self.base = library, on, base
        self.version = version or library.version
        self._known: dict[tuple[str, str], Shown] = {}

    def shown(self, document: Document) -> Shown:
        """The entry of a document."""
        return self.entry(document.kind, document.id)

    def entry(self, kind: str, record: str) -> Shown:
        """The entry of a record by kind and id.

        Raises:
            KeyError: there is no such record.
        """
        key = (kind, record)
        if key not in self._known:
            self._known[key] = self._make(kind, record)
        return self._known[key]

    def _make(self, kind: str, record: str) -> Shown:
        if kind == "clause":
            return self._clause(self.library.clauses[record])
        if kind == "contact":
            return self._contact(self.library.contacts[record])
        return self._answer(self.library.answers[record])

    def place(self, scope: str) -> str:
        """A scope's Chinese name."""
        return "全国" if scope == NATIONAL else self.library.cities[scope].name

    def state_of(self, answer: Answer) -> str:
        """How an answer stands on the day."""
        if remarks.over(answer, self.on):
            return "expired"
        if answer.status == "not_in_sources":
            return "not_in_sources"
        late = answer.review_by is not None and self.on > answer.review_by
        return "unverified" if late or answer.status == "needs_verification" else "current"

    def _answer(self, answer: Answer) -> Shown:
        library = self.library
        link = f"{self.base}/a/{answer.id}@{self.version}"
        chat = voices.chat(answer, library, self.on)
        full = voices.copy_text(answer, library, self.on).replace(voices.PERMALINK, link)
        check = library.check_for(answer.need, answer.scope if answer.scope != NATIONAL else "")
        return Shown(
            "answer", answer.id, library.needs[answer.need].name, self.place(answer.scope),
            self.state_of(answer), answer.checked_on.isoformat(), _day(answer.valid_to),
            full.split("\n", 1)[0], full, _lines(chat.text, chat.citation, f"链接：{link}"),
            voices.spoken(answer, library, self.on), chat.citation, link, answer.need,
            check.id if check else "", tuple(p.name for p in answer.programs), self._cities(answer),
        )  # fmt: skip

    def _cities(self, answer: Answer) -> tuple[tuple[str, str], ...]:
        """Other places that have their own answer to the same need."""
        ids = [
            (c.id, c.name)
            for c in self.library.cities.values()
            if f"{answer.need}@{c.id}" in self.library.answers
        ]
        return tuple(pair for pair in ids if pair[0] != answer.scope)

    def _clause(self, clause: Clause) -> Shown:
        notice = self.library.notices[clause.notice_id]
        voice = voices.clause_chat(clause, self.library, self.on)
        grounds = citation.full(citation.clause_grounds(clause, self.library), self.on)
        status = notice.status_on(self.on)
        state = "expired" if clause.superseded or status in ("expired", "superseded") else "current"
        state = "unverified" if status == "press_report" else state
        return Shown(
            "clause", clause.key, clause.name, self.place(notice.scope), state, notice.checked_on.isoformat(),
            _day(notice.period_to), clause.summary, _lines(voice.text, "依据：", *grounds),
            _lines(voice.text, voice.citation), aloud(voice.text.splitlines()), voice.citation, "",
            clause.need, programs=tuple(p.name for p in clause.programs),
        )  # fmt: skip

    def _contact(self, contact: ContactPoint) -> Shown:
        words = remarks.contact_words(contact)
        more = [contact.purpose, contact.district, contact.address, contact.hours]
        source = f"号码核对日期：{contact.checked_on.isoformat()}（{contact.source.title}）"
        state = "current" if contact.confidence == "high" else "unverified"
        full = _lines(words, *more, source)
        spoken = aloud([f"{words}，{contact.purpose}"])
        return Shown(
            "contact", contact.id, contact.name, self.place(contact.scope), state,
            contact.checked_on.isoformat(), "", words, full, full, spoken, source, "",
            programs=(CONTACT_KINDS[contact.kind],),
        )  # fmt: skip


def _day(value: date | None) -> str:
    return value.isoformat() if value else ""


def _lines(*parts: str) -> str:
    return "\n".join(filter(None, parts))


def worth(shelf: Shelf, uses: dict[str, int], document: Document) -> float:
    """Freshness and use as a factor: what has ended or is not verified steps back, what is used much, up."""
    used = 1 + min(uses.get(document.id, 0), 200) / 2000
    if document.kind != "answer":
        return used
    state = shelf.state_of(shelf.library.answers[document.id])
    return used * {"current": 1.0, "unverified": 0.96, "not_in_sources": 0.9}.get(state, 0.8)
