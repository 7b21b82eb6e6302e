"""Names the text code looks for, taken from content at start: cities, places, banks, programs.

Why this file exists: a new district or bank alias is content, not code. It reads names only and
must not know answers or clauses' meaning.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

from content.yamltext import read
from nlu.text.words import word_table

CONTENT = Path(__file__).resolve().parent.parent.parent / "content"


def _read(path: Path) -> Any:
    return read(path.read_text(encoding="utf-8")) if path.exists() else {}


@cache
def city_names() -> dict[str, str]:
    """Every name, alias and district that alone decides one of our cities, to the city's id."""
    names = {alias: city for city, aliases in word_table("nicknames").items() for alias in aliases}
    for path in sorted(CONTENT.glob("cities/*/city.yml")):
        city = _read(path)["city"]
        own = [city["name"], *city.get("aliases", []), *city.get("districts", [])]
        names |= {name: path.parent.name for name in own if len(name) >= 2}
    return names


@cache
def other_places() -> frozenset[str]:
    """Places outside our cities, by the name that is shown back when we have nothing for them."""
    places = _read(CONTENT / "places.yml").get("places", {})
    return frozenset([*places.get("provinces", []), *(c for row in places.get("cities", []) for c in row)])


@cache
def needs() -> tuple[str, ...]:
    """Ids ``topic.need`` of all needs in the order of content/topics.yml."""
    topics = _read(CONTENT / "topics.yml")["topics"]
    return tuple(f"{topic}.{need}" for topic, row in topics.items() for need in row["needs"])


@cache
def banks() -> dict[str, str]:
    """Bank names and short forms to the contact id."""
    names: dict[str, str] = {}
    for path in sorted([CONTENT / "contacts.yml", *CONTENT.glob("cities/*/contacts.yml")]):
        for ident, contact in (_read(path).get("contacts") or {}).items():
            if contact.get("kind") == "bank":
                names |= {n: ident for n in (contact["name"], *contact.get("aliases", [])) if n not in names}
    return names


def _walk(value: Any) -> Iterator[str]:
    """All program names (not aliases: those may be misspellings) below a YAML value."""
    if isinstance(value, dict):
        for program in value.get("programs") or []:
            yield program["name"] if isinstance(program, dict) else str(program)
        for child in value.values():
            yield from _walk(child)
    elif isinstance(value, list):
        for child in value:
            yield from _walk(child)


@cache
def programs() -> frozenset[str]:
    """Names of platforms, products and mechanisms that our clauses and answers speak of."""
    paths = [*CONTENT.glob("cities/*/clauses*.yml"), *CONTENT.glob("**/answers/*.yml")]
    return frozenset(name for path in sorted(paths) for name in _walk(_read(path)))
