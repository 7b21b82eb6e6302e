"""A kind of scam or a sign of one as staff wrote it, with what only the console has to ask of it.

Why this file exists: the content's own reader judges the words and patterns; here stands that an id stays
and that no pattern can keep the message check busy for minutes. It must not judge wording.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from bot.live.texts import FRAUD, all_of
from content.find import Library
from content.reading.fraud import read_fraud
from content.reading.record import Faults, Record

LONGEST = 600
"""Characters of one pattern: the longest shipped one has 331."""
_NESTED = re.compile(r"\([^()]*[+*][^()]*\)[+*]")
"""A repeated group that repeats within: on some texts it takes minutes."""


def faults(kind: str, key: str, value: Any, library: Library) -> list[str]:
    """What is wrong with a record of ``content/fraud``, its references aside; nothing for a good one."""
    if not isinstance(value, Mapping):
        return ["这条内容读不出来"]
    noted = Faults()
    alone = {**library.fraud[kind], kind: [value]} | ({"benign": []} if kind == "signals" else {})
    read_fraud(Record(alone, kind, (), noted), kind)
    return [*_own(key, value), *(fault.message for fault in noted.resolved({}))]


def new_faults(library: Library, records: Iterable[tuple[str, str]]) -> Iterator[str]:
    """What the loader lets pass and the gate does not, of the changed records."""
    for kind, key in records:
        if kind in FRAUD:
            yield from (f"{key}：{fault}" for fault in _own(key, all_of(library, kind).get(key, {})))


def _own(key: str, value: Mapping[str, Any]) -> Iterator[str]:
    if value.get("id") != key:
        yield "编号不能改"
    for pattern in [*(value.get("patterns") or ()), *(value.get("unless") or ())]:
        for part in [pattern] if isinstance(pattern, str) else pattern:
            if isinstance(part, str) and len(part) > LONGEST:
                yield f"写法太长，最多 {LONGEST} 字"
            if isinstance(part, str) and _NESTED.search(part):
                yield f"写法“{part[:40]}”里重复套重复，会让检查变得很慢"
