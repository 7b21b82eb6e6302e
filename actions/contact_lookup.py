"""Which number, and when: the named bank's line, the hotline for a subject, our own hours.

Why this file exists: "建行电话多少" wants one number, not an article about numbers.
"""

from __future__ import annotations

import re

from actions.answer import answer_need
from actions.contacts import contact_words
from actions.evidence import WITHOUT_SUBJECT, supports
from actions.outcome import Choice, Outcome, OutcomeKind
from actions.place import place_of, remember
from actions.turn import Turn
from content.model import ContactPoint

_SOURCE = "号码核对日期：{day}；拨打前可在官方渠道再核对。"
_NO_NUMBER = "{name}的电话我这里没有核实到，请看银行卡背面或它的官方应用。"
_UNREACHABLE = re.compile(r"打不(?:通|进)|占线|没人接|不接|无人接听|忙音|打了.{0,4}没(?:人|用)")
_LATER = "{name}一时打不通的，换个时段再打；急的话也可以走下面这条："
_HOURS = "人工服务时间是{hours}（法定节假日休息）。现在{state}。要转人工，回复“人工”。"


def handle(turn: Turn, need: str) -> Outcome:
    """The needs of topic contact that ask for a number or for hours."""
    remember(turn, place_of(turn))
    if need == "contact.service_hours":
        return _hours(turn, need)
    found = _bank(turn) if need != "contact.hotline_number" else None
    found = found or _hotlines(turn) or _bank(turn)
    if found and _UNREACHABLE.search(turn.text):
        return _unreachable(turn, found, need)
    return _said(found, need) if found else answer_need(turn, need)


def _unreachable(turn: Turn, found: list[ContactPoint], need: str) -> Outcome:
    """12333打不通: another time, another line and a person, never the same number alone."""
    general = turn.library.contacts["government_hotline"]
    outcome = _said([general] if general not in found else found, need)
    outcome.text = f"{_LATER.format(name=contact_words(found[0]))}\n{outcome.text}"
    outcome.choices = (Choice("人工"),)
    return outcome


def _hours(turn: Turn, need: str) -> Outcome:
    state = "在服务时间内" if turn.service.is_staffed(turn.now) else "不在服务时间"
    text = _HOURS.format(hours=turn.service.hours_text, state=state)
    return Outcome(OutcomeKind.ANSWERED, text, need=need, choices=(Choice("人工"),))


def _bank(turn: Turn) -> list[ContactPoint]:
    hidden = [c for c in turn.library.contacts.values() if c.kind == "bank" and not c.shown]
    unknown = [c for c in hidden if c.name in turn.raw]
    bank = turn.library.bank(turn.raw)
    return unknown or ([bank] if bank else [])


def _hotlines(turn: Turn) -> list[ContactPoint]:
    """Lines named by their own number or name, else those that serve the subject of the text."""
    public = [c for c in turn.library.contacts.values() if c.kind != "bank" and c.shown]
    named = [c for c in public if any(w and w in turn.raw for w in (c.number, c.name, *c.aliases))]
    if named:
        return [c for c in named if c.scope in {"national", turn.conversation.city}][:2]
    topics = [t for t in turn.library.topics if t not in WITHOUT_SUBJECT and supports(turn.text, t)]
    if not topics:
        return []
    subject = next((t for t in topics if t != "fraud"), topics[0])
    need = turn.library.topics[subject].needs[0]
    return list(turn.library.contacts_for(need, turn.conversation.city))[:2]


def _said(found: list[ContactPoint], need: str) -> Outcome:
    lines = [_line(c) for c in found]
    day = min(c.checked_on for c in found).isoformat()
    return Outcome(OutcomeKind.ANSWERED, "\n".join(lines), citation=_SOURCE.format(day=day), need=need)


def _line(contact: ContactPoint) -> str:
    if not contact.shown:
        return _NO_NUMBER.format(name=contact.name)
    return f"{contact_words(contact)}：{contact.purpose}"
