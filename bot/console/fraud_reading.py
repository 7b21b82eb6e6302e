"""A record of the fraud files as staff wrote it, with what only the console has to ask of it.

Why this file exists: the content's own reader judges the words and patterns; here stands that an id stays,
that no pattern keeps the check busy for minutes, that the steps stay whole, and that the alarm fires on no
calm question it left alone before. It must not judge wording.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from typing import Any

from actions.alarm import Alarm, squashed
from actions.urgent import alarm
from bot.console import words
from bot.console.records import title
from bot.console.sayings import shipped_examples, shipped_stored
from bot.live.texts import FRAUD, all_of
from content.find import Library
from content.reading.fraud import read_fraud
from content.reading.record import Faults, Record

LONGEST = 1000
"""Characters of one pattern: the longest shipped one has 702."""
_NESTED = re.compile(r"\([^()]*[+*][^()]*\)[+*]")
"""A repeated group that repeats within: on some texts it takes minutes."""


_ALARMING = ("fraud.scam_victim_urgent", "fraud.scam_in_progress")
"""Needs whose questions the alarm is for."""
_EVERY = 10
"""Of the calm sample questions the alarm is asked one in so many: all of them take half a minute."""
_TOLD = 3
"""Sentences named in one fault."""
_HELP = re.compile(r"110|派出所")


def faults(kind: str, key: str, value: Any, library: Library) -> list[str]:
    """What is wrong with a record of ``content/fraud``, its references aside; nothing for a good one."""
    if not isinstance(value, list if kind == "groups" else Mapping):
        return ["这条内容读不出来"]
    noted = Faults()
    read_fraud(Record(_alone(kind, key, value, library), kind, (), noted), FRAUD[kind])
    return [*_own(kind, key, value, library), *(fault.message for fault in noted.resolved({}))]


def _alone(kind: str, key: str, value: Any, library: Library) -> dict[str, Any]:
    """The file with this record in it, and nothing else that could be wrong."""
    if kind == "steps":
        return dict(value)
    file = library.fraud[FRAUD[kind]]
    if kind == "groups":
        return {**file, kind: {**file[kind], key: value}}
    return {**file, kind: [value]} | ({"benign": []} if kind == "signals" else {})


def new_faults(now: Library, new: Library, records: Sequence[tuple[str, str]]) -> Iterator[str]:
    """What the loader lets pass and the gate does not, of the changed records."""
    for kind, key in records:
        if kind in FRAUD:
            own = _own(kind, key, all_of(new, kind).get(key, {}), now)
            yield from (f"{title(new, kind, key)}：{fault}" for fault in own)
    if any(kind == "groups" for kind, _ in records):
        yield from _alarms(alarm(now), alarm(new))


def _own(kind: str, key: str, value: Any, library: Library) -> Iterator[str]:
    if kind == "steps":
        yield from _steps(value, library)
        return
    if kind != "groups" and value.get("id") != key:
        yield "编号不能改"
    patterns = value if kind == "groups" else [*(value.get("patterns") or ()), *(value.get("unless") or ())]
    if kind == "groups" and not patterns:
        yield "写法至少写一条"
    for pattern in patterns:
        for part in [pattern] if isinstance(pattern, str) else pattern:
            if isinstance(part, str) and len(part) > LONGEST:
                yield f"写法太长，最多 {LONGEST} 字"
            if isinstance(part, str) and _NESTED.search(part):
                yield f"写法“{part[:40]}”里重复套重复，会让检查变得很慢"


def _steps(value: Mapping[str, Any], library: Library) -> Iterator[str]:
    """Everything that is said now is still said, and every order sends to the police."""
    for part in ("sequences", "again", "answers"):
        said = _mapping(value, part)
        say = words.aside if part == "answers" else words.situation
        for name in library.fraud["steps"][part]:
            if not said.get(name):
                yield f"{words.field(part, 'steps')}里少了“{say(name)}”"
    blocks = _mapping(value, "blocks")
    for name, order in _mapping(value, "sequences").items():
        if not _HELP.search("".join(str(blocks.get(each, "")) for each in order)):
            yield f"“{words.situation(name)}”这组话里没有说打110或去派出所"


def _mapping(value: Mapping[str, Any], part: str) -> Mapping[str, Any]:
    found = value.get(part)
    return found if isinstance(found, Mapping) else {}


def _alarms(before: Alarm, after: Alarm) -> Iterator[str]:
    """Calm questions that would raise an alarm from now on, and calls for help that no longer would."""
    calm, calls = _questions()
    started = [
        said for said, letters in calm if after.situation_in(letters) and not before.situation_in(letters)
    ]
    missed = [
        said for said, letters in calls if before.situation_in(letters) and not after.situation_in(letters)
    ]
    if started:
        yield f"{len(started)} 句平常的话会变成受骗警报，比如“{'”“'.join(started[:_TOLD])}”"
    if missed:
        yield f"{len(missed)} 句求助的话会不再触发警报，比如“{'”“'.join(missed[:_TOLD])}”"


@lru_cache(maxsize=1)
def _questions() -> tuple[list[tuple[str, str]], list[tuple[str, str]]]:
    """Calm questions and calls for help, stored ones and samples, with the letters the alarm sees."""
    stored, samples = shipped_stored(), shipped_examples()
    calm = [text for need, texts in stored.items() if need not in _ALARMING for text in texts]
    calm += [text for need, texts in samples.items() if need not in _ALARMING for text in texts][::_EVERY]
    calls = [text for need in _ALARMING for text in (*stored.get(need, ()), *samples.get(need, ()))]
    return [(text, squashed(text)) for text in calm], [(text, squashed(text)) for text in calls]
