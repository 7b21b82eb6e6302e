"""Which city a turn is about: said now, remembered, or a place that has no content here.

Why this file exists: answers of two cities must never mix, so one function decides the city.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from actions.insured import treated_in
from actions.turn import Turn
from content.find import Library

OTHER = "other:"
_FILLER = re.compile(
    r"搞错|弄错|说错|打错|记错|错了|不对|更正|如果|要是|怎么样|一样|情况|没有|有没有|有|搬家?|住|这边|这样|我是说|我说的"
    r"|[那换成呢的是要在也这么吗不我老家人现?？，,。 啊呀看下查了里都到去来说]"
)


@dataclass(frozen=True, slots=True)
class Place:
    """``city`` is a covered city's id or ""; ``other`` a named place without content or "".

    ``said`` tells whether the citizen named it in this message.
    """

    city: str = ""
    other: str = ""
    said: bool = False


def place_of(turn: Turn) -> Place:
    """The place of a turn; a covered city that was named wins over another named place."""
    named = turn.said("city")
    cities = [v for v in named if not v.startswith(OTHER)]
    others = [v.removeprefix(OTHER) for v in named if v.startswith(OTHER)]
    if cities:
        return Place(cities[-1], others[-1] if others else "", said=True)
    if others and turn.conversation.city and treated_in(turn.text, others[-1]):
        return Place(turn.conversation.city)
    if others:
        return Place("", others[-1], said=True)
    lives = _lives_in(turn)
    if lives:
        return Place(lives, said=True)
    implied = city_of_program(turn)
    return Place(implied, said=True) if implied else Place(turn.conversation.city)


def _lives_in(turn: Turn) -> str:
    """The city that stands alone after 在 as typed (我在成都 户口…), which without the space is an origin."""
    for name, city in _names(turn.library):
        if re.search(rf"在{re.escape(name)}(?=[\s，,。；;]|$)", turn.raw):
            return city
    return ""


@lru_cache(maxsize=2)
def _names(library: Library) -> tuple[tuple[str, str], ...]:
    return tuple((name, city) for city in library.cities for name in _own_names(library, city))


def city_of_program(turn: Turn) -> str:
    """The city whose own name stands in a program the message names (惠蓉保, 渝快保), or ""."""
    found = {city for name, city in _programs(turn.library) if name in turn.text}
    return found.pop() if len(found) == 1 else ""


@lru_cache(maxsize=2)
def _programs(library: Library) -> tuple[tuple[str, str], ...]:
    """Program names that hold a name or nickname of their city, with that city."""
    named = [(library.notices[c.notice_id].scope, c.programs) for c in library.clauses.values()]
    named += [(answer.scope, answer.programs) for answer in library.answers.values()]
    return tuple(
        {
            (program.name, scope)
            for scope, programs in named
            if scope in library.cities
            for program in programs
            if any(own in program.name for own in _own_names(library, scope))
        }
    )


def _own_names(library: Library, city: str) -> tuple[str, ...]:
    return (library.cities[city].name, *library.cities[city].aliases)


def remember(turn: Turn, place: Place) -> None:
    """Keep a named covered city for later turns; a place without content is not remembered.

    What was told before any city was known was told of this one.
    """
    if not (place.said and place.city):
        return
    turn.conversation.city = place.city
    for kept in turn.conversation.facts.values():
        kept["city"] = kept.get("city") or place.city


def city_name(turn: Turn, city: str) -> str:
    """The Chinese name of a covered city, or ""."""
    found = turn.library.cities.get(city)
    return found.name if found else ""


def covered_names(turn: Turn) -> str:
    """The covered cities, as citizens read them."""
    return "、".join(c.name for c in turn.library.cities.values())


def only_place(turn: Turn) -> bool:
    """Whether nothing is left of the message when place names and filler are taken out."""
    if not turn.understanding or not turn.understanding.values("city"):
        return False
    rest = turn.text
    for entity in turn.understanding.entities:
        if entity.kind == "city":
            rest = rest.replace(entity.text, "")
    return len(_FILLER.sub("", rest)) <= 1
