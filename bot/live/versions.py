"""An answer as it was: by its own version (``v3``) or by the version of the whole content (12 hex digits).

Why this file exists: a link somebody copied months ago still shows the words it was copied with.
"""

from __future__ import annotations

import copy
import re
from dataclasses import dataclass
from datetime import date, datetime
from types import MappingProxyType
from typing import Any

from bot.clock import CHINA
from bot.live.texts import name_in_file
from bot.services import Services
from content.find import Library
from content.model import Answer
from content.reading.answers import read_answers
from content.reading.record import Faults, Record
from content.yamltext import YamlError, read
from store import content_records
from store.database import Connection, Database
from store.errors import StoreUnavailable

_OWN = re.compile(r"v([1-9][0-9]{0,6})")


@dataclass(frozen=True, slots=True)
class Old:
    """An earlier answer, the library it is shown with, and the day it is shown for (None: today)."""

    answer: Answer
    library: Library
    on: date | None


def is_off(services: Services, answer: Answer) -> bool:
    """Whether staff switched an answer or its city off."""
    live = services.extras.get("live")
    return live is not None and (answer.id in live.switches.answers or answer.scope in live.switches.cities)


def find(services: Services, library: Library, answer: Answer, version: str) -> Old | None:
    """The answer in a version, None where there is no such version."""
    database = services.extras.get("database")
    if not isinstance(database, Database):
        return None
    try:
        with database.read() as connection:
            known = content_records.is_release(connection, version)
            row = _row(connection, answer.id, version)
    except StoreUnavailable:
        return None
    if row is None:
        return Old(answer, library, None) if known else None
    old = _read(answer, row.yaml)
    if old is None:
        return None
    shown = copy.copy(library)
    shown.answers = MappingProxyType({**library.answers, old.id: old})
    on = datetime.fromtimestamp(row.published_at, CHINA).date() if row.published_at else None
    return Old(old, shown, on)


def _row(connection: Connection, answer_id: str, version: str) -> Any | None:
    own = _OWN.fullmatch(version)
    if own:
        return content_records.version(connection, "answers", answer_id, int(own.group(1)))
    return content_records.at_release(connection, "answers", answer_id, version)


def _read(answer: Answer, yaml: str) -> Answer | None:
    faults = Faults()
    try:
        data = {"answers": {name_in_file("answers", answer.id): read(yaml)}}
    except YamlError:
        return None
    found = read_answers(Record(data, answer.id, (), faults), answer.scope)
    return found[0][0] if found and not faults else None
