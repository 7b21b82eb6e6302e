"""Switches staff can flip while everything runs: notice to everyone, one answer, one city, everything off.

Why this file exists: they act within a second and without changing content. They hold for every way a
turn can end, so the assistant asks here last. Fraud alarms and hand-offs are never switched off.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from actions.contacts import contact_line
from actions.outcome import Choice, Outcome, OutcomeKind
from content.find import Library

PREFIX = "emergency."
NOTICE, ANSWER, CITY, ASSISTANT = "notice", "answer", "city", "assistant"
NAMES = {NOTICE: "给所有人的通知", ANSWER: "停用一条答复", CITY: "停用一座城市", ASSISTANT: "停用整个助手"}

ANSWER_OFF = "这条答复正在核对，暂时不给。{contact}"
CITY_OFF = "{city}的内容正在核对，暂时不给。{contact}"
ASSISTANT_OFF = "助手正在检修，暂时不能回答。{contact}菜单和联系电话还能用。"
_ALWAYS = {
    OutcomeKind.URGENT_FRAUD,
    OutcomeKind.HANDED_OFF,
    OutcomeKind.CHITCHAT,
    OutcomeKind.SERVICE_TROUBLE,
}
_ALWAYS_TOPICS = ("fraud.", "contact.", "privacy.")


@dataclass(frozen=True, slots=True)
class Switches:
    """What is switched at the moment. ``answers`` are answer ids, ``cities`` city ids."""

    notice: str = ""
    assistant_off: bool = False
    answers: frozenset[str] = frozenset()
    cities: frozenset[str] = frozenset()

    def apply(self, outcome: Outcome, library: Library, clicked: bool = False) -> Outcome:
        """The outcome as it may be sent; the given one is not changed."""
        if self == NONE or outcome.silent:
            return outcome
        allowed = outcome if clicked and not outcome.answer_id else self._allowed(outcome, library)
        if self.notice:
            allowed = replace(allowed, text=f"【通知】{self.notice}\n{allowed.text}")
        return allowed

    def _allowed(self, outcome: Outcome, library: Library) -> Outcome:
        if outcome.kind in _ALWAYS or outcome.handoff == "started":
            return outcome
        contact = contact_line(library.contacts_for(outcome.need, outcome.city))
        if self.assistant_off and not outcome.need.startswith(_ALWAYS_TOPICS):
            return _off(outcome, ASSISTANT_OFF.format(contact=contact), (Choice("菜单"), Choice("人工")))
        if outcome.answer_id in self.answers:
            return _off(outcome, ANSWER_OFF.format(contact=contact))
        if outcome.city in self.cities and outcome.city in library.cities:
            return _off(outcome, CITY_OFF.format(city=library.cities[outcome.city].name, contact=contact))
        return outcome


def _off(outcome: Outcome, text: str, choices: tuple[Choice, ...] = (Choice("菜单"),)) -> Outcome:
    return Outcome(
        OutcomeKind.SERVICE_TROUBLE, text, choices=choices, need=outcome.need, city=outcome.city,
        confidence=outcome.confidence, effects=outcome.effects,
    )  # fmt: skip


NONE = Switches()


@dataclass(frozen=True, slots=True)
class Switch:
    """One switch as staff see it. ``target`` is an answer or city id, ``until`` 0 for no end."""

    kind: str
    target: str
    text: str = ""
    reason: str = ""
    until: float = 0.0
    by: str = ""
    at: float = 0.0

    @property
    def name(self) -> str:
        """Its name in the database."""
        return f"{PREFIX}{self.kind}" + (f".{self.target}" if self.target else "")


def of(found: list[Switch], now: float) -> Switches:
    """What a set of switches means at a moment."""
    live = [s for s in found if not s.until or s.until > now]
    return Switches(
        notice="；".join(s.text for s in live if s.kind == NOTICE and s.text),
        assistant_off=any(s.kind == ASSISTANT for s in live),
        answers=frozenset(s.target for s in live if s.kind == ANSWER),
        cities=frozenset(s.target for s in live if s.kind == CITY),
    )
