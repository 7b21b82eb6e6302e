"""Names only: topics, needs and cities, without loading the rest of the content.

Why this file exists: the Rasa environment needs the ids of needs and the names of cities, quickly
and without the search libraries.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from content.load import ContentFaults, texts_under
from content.model import City, Need, Topic
from content.places import Places
from content.reading.record import Faults, Record
from content.shelf import Shelf, reader_of
from content.yamltext import read

_WANTED = ("content/topics.yml", "content/places.yml")


@dataclass(frozen=True, slots=True)
class Names:
    """Topics and needs by id, cities by id, and the recogniser of places."""

    topics: Mapping[str, Topic]
    needs: Mapping[str, Need]
    cities: Mapping[str, City]
    places: Places


def load_names(root: Path) -> Names:
    """The names in the content folder ``root``.

    Raises:
        ContentFaults: where one of these few files is faulty.
    """
    shelf, faults = Shelf(), Faults()
    texts = {path: text for path, text in texts_under(root).items() if _wanted(path)}
    for path, text in texts.items():
        reader = reader_of(path)
        if reader is not None:
            reader(shelf, Record(read(text), path, (), faults), path)
    if faults:
        raise ContentFaults(faults.resolved(texts))
    places = Places(tuple(shelf.cities.values()), shelf.places)
    return Names(shelf.topics, shelf.needs, shelf.cities, places)


def _wanted(path: str) -> bool:
    return path in _WANTED or path.endswith("/city.yml")
