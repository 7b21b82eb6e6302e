"""Checks by name: 测一测：标题 from a tapped line, and the list of what can be checked.

Why this file exists: a bare 测一测 asks what there is to check. It knows titles and cities, not rules.
"""

from __future__ import annotations

from actions.eligibility import begin
from actions.outcome import Choice, Outcome, OutcomeKind
from actions.place import city_name
from actions.turn import Turn
from content.criterion import Check
from content.model import NATIONAL

_WORD = "测一测"
_BARE = frozenset(
    {"测", "测测", "测一测", "测一下", "我要测", "我要测一测", "帮我测", "帮我测测", "帮我测一下"}
)
_SHOWN = 8
"""Titles in one list: more is a list nobody reads."""
_LIST = "{city}能测的有这些，点一个或回复数字。没列出的，直接打字问“我能不能……”，能测的我会接着问："
_ASK_CITY = "测一测会问几个小问题，看您合不合条件。先告诉我在哪个城市，我列出当地能测的："


def start(turn: Turn) -> Outcome | None:
    """The check whose title was tapped; a bare 测一测 takes that of the last need, or lists them."""
    text = turn.raw.strip().rstrip("。.!！ ")
    if not text.startswith(_WORD) and text not in _BARE:
        return None
    title = "" if text in _BARE else text.removeprefix(_WORD).strip("：: ")
    talk = turn.conversation
    if title:
        return _titled(turn, title)
    last = turn.library.check_for(talk.need, talk.city) if talk.need else None
    return begin(turn, last) if last else listed(turn)


def _titled(turn: Turn, title: str) -> Outcome | None:
    found = [c for c in turn.library.checks.values() if c.title == title]
    here = [c for c in found if c.scope in {turn.conversation.city, NATIONAL, ""}]
    if not found:
        return None
    if not here:
        turn.conversation.city = found[0].scope
    return begin(turn, (here or found)[0])


def listed(turn: Turn) -> Outcome:
    """What can be checked in the known city; else the city is asked for first."""
    city = turn.conversation.city
    if not city:
        turn.conversation.pending = {"kind": "checks"}
        cities = tuple(Choice(c.name) for c in turn.library.cities.values())
        return Outcome(OutcomeKind.NEEDS_CITY, _ASK_CITY, choices=cities, asks="city")
    says = [f"{_WORD}：{check.title}" for check in _of_city(turn, city)]
    text = _LIST.format(city=city_name(turn, city))
    return Outcome(OutcomeKind.CHITCHAT, text, choices=tuple(Choice(s) for s in says), city=city)


def _of_city(turn: Turn, city: str) -> list[Check]:
    """The city's own checks before the national ones, one for each need."""
    checks = turn.library.checks.values()
    ordered = [c for c in checks if c.scope == city] + [c for c in checks if c.scope == NATIONAL]
    by_need: dict[str, Check] = {}
    for check in ordered:
        by_need.setdefault(check.need, check)
    return list(by_need.values())[:_SHOWN]
