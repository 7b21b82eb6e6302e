"""The vocabulary of the scripts: one small function per key.

Why this file exists: a script says what a reply must convey. Meanings (``says``, ``order``) are judged
by patterns kept in ``says.yml`` under the script's id and the turn's number, so no sentence of a
script is repeated.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from actions.outcome import OutcomeKind
from content.find import Library
from tests.conversations.runner import Played, Script

_FIGURE = re.compile(r"(?<![\d.\-年月])(\d[\d,]*(?:\.\d+)?)\s*(万|千)?(元|个月|倍|%|岁|天|年(?!\d))")
_AS_OF = re.compile(
    r"（[^（）]*(?:截至|核验|起)[^（）]*）|依据：.*|\d{4}-\d\d-\d\d|\d{4}年(?:\d{1,2}月)?(?:\d{1,2}日)?"
)
_SCALE = {"万": 10000, "千": 1000}
_ENTITLED = re.compile(r"您可以享受|您有权|(?<!不)一定能")
_PROMISES = {
    "approval": re.compile(
        r"[必稳]批|包过|(?<!不)(?:一定|肯定)(?:能|会)?(?:批|通过|办下来)|保证(?:获批|通过)"
    ),
    "recovery": re.compile(
        r"(?<!不)(?<!没人)(?<!不能)(?<!不敢)(?<!没人能)(?:一定|肯定|保证)(?:能|可以)?(?:追|拿|要|找)回"
    ),
    "benefit": re.compile(r"(?<!不)(?:一定|肯定|保证)(?:能|会|可以)?(?:报销|享受|领)"),
    "safety": re.compile(r"(?:是|很)安全的|放心(?:吧|去)|是真的(?!不)"),
}
_STATUS = {
    "not_in_sources": (
        {OutcomeKind.NOT_IN_SOURCES},
        re.compile(
            r"没有写|没写|资料未载|没(?:有)?(?:核实|查|找|见)到|没有收录|没有看到|不敢乱说|没有.{0,8}细则|核对时还没有"
        ),
    ),
    "expired": ({OutcomeKind.EXPIRED}, re.compile(r"到期|已过|已经过了|期限.{0,8}过|结束")),
    "superseded": (
        {OutcomeKind.SUPERSEDED},
        re.compile(r"已经?(?:被|由|变|改|全面|在全国|扩大)|取代|不再是|全国"),
    ),
    "in_force": (set(), re.compile(r"现在有效(?!吗)|正在执行|仍然有效|目前有效")),
    "no_end_date": (set(), re.compile(r"没有写有效期|没有写失效")),
    "unverified": (set(), re.compile(r"没有(?:核实|查)到|待核实|还没有核对")),
    "draft": (set(), re.compile(r"征求意见|草案")),
}


class Judge:
    """Judges one turn against its ``must`` and ``must_not``."""

    def __init__(self, played: Played, patterns: Mapping[str, Any], library: Library) -> None:
        self.played, self.library = played, library
        self.outcome, self.text = played.outcome, played.text
        self._patterns = {key: list(patterns.get(key) or []) for key in ("must", "must_not", "order")}

    def faults(self) -> list[str]:
        """What was wanted and is missing, what was not wanted and is there, and what always holds."""
        wanted = [self._fault(key, value, True) for each in self._list("must") for key, value in each.items()]
        refused = [
            self._fault(key, value, False) for each in self._list("must_not") for key, value in each.items()
        ]
        return [fault for fault in [*wanted, *refused, *self._always()] if fault]

    def _list(self, key: str) -> list[dict[str, Any]]:
        return list(self.played.turn.get(key) or [])

    def _fault(self, key: str, value: Any, wanted: bool) -> str:
        check: Callable[[Any, bool], bool] | None = getattr(self, f"_{key}", None)
        if check is None:
            return f"unknown key {key}"
        if check(value, wanted) == wanted:
            return ""
        return f"{'missing' if wanted else 'unwanted'} {key} {value}; got {self._got(key)}"

    def _got(self, key: str) -> str:
        told = {
            "need": self.outcome.need,
            "topic": self.outcome.need,
            "city": self.outcome.city,
            "asks": self.outcome.asks,
            "outcome": self.outcome.verdict,
            "verdict": self.outcome.verdict,
            "reasons": str(self.outcome.reasons),
            "handoff": self.outcome.handoff,
        }
        return told.get(key) or f"{self.outcome.kind}: {self.text[:400]!r}"

    def _always(self) -> list[str]:
        sizes = [len(part.encode()) for part in self.played.received]
        faults = [f"{size} bytes" for size in sizes if size > 2048]
        faults += [
            f"promises {name}" for name in ("approval", "recovery") if _PROMISES[name].search(self.text)
        ]
        pasted = re.findall(r"\d{15,18}", str(self.played.turn.get("text", "")))
        return faults + [f"repeats {number}" for number in pasted if number in self.text]

    # one key each

    def _need(self, value: str, _wanted: bool) -> bool:
        return self.outcome.need.split(".")[-1] == value

    def _topic(self, value: str, _wanted: bool) -> bool:
        return self.outcome.need.split(".")[0] == value

    def _city(self, value: str, _wanted: bool) -> bool:
        city = self.library.cities.get(self.outcome.city)
        return city is not None and city.name == value

    def _cites(self, value: Mapping[str, str], _wanted: bool) -> bool:
        return value["doc"] in self.text and value.get("article", "") in self.text

    def _status(self, value: str, _wanted: bool) -> bool:
        kinds, words = _STATUS[value]
        return self.outcome.kind in kinds or bool(words.search(self.text))

    def _offers(self, value: str, _wanted: bool) -> bool:
        return bool(re.search(rf"(?<!\d){re.escape(str(value))}(?!\d)", self.text))

    def _asks(self, value: str, _wanted: bool) -> bool:
        if value == "topic":
            return self.outcome.kind in {OutcomeKind.CLARIFY, OutcomeKind.NOT_UNDERSTOOD}
        return self.outcome.asks == value

    def _figure(self, value: Mapping[str, Any], _wanted: bool) -> bool:
        allowed = {_plain(str(each)) for each in value["allowed"]}
        return all(figure in allowed for figure in self._figures())

    def _figure_for(self, _value: str, _wanted: bool) -> bool:
        return bool(self._figures())

    def _figures(self) -> list[str]:
        return [_plain(found[0]) for found in _FIGURE.finditer(_AS_OF.sub("", self.outcome.text))]

    def _outcome(self, value: str, _wanted: bool) -> bool:
        return self.outcome.verdict == value

    def _verdict(self, value: str, _wanted: bool) -> bool:
        return self.outcome.verdict == value

    def _reasons(self, value: list[list[str]], _wanted: bool) -> bool:
        return {tuple(pair) for pair in value} <= set(self.outcome.reasons)

    def _handoff(self, value: str, _wanted: bool) -> bool:
        return self.outcome.handoff == value

    def _any(self, value: list[str], _wanted: bool) -> bool:
        return any(each in self.text for each in value)

    def _silent(self, value: bool, _wanted: bool) -> bool:
        return (not self.played.received) == value

    def _max_chars(self, value: int, _wanted: bool) -> bool:
        return len(re.sub(r"\s", "", self.outcome.text)) <= value

    def _state(self, value: Mapping[str, str], _wanted: bool) -> bool:
        """An empty profile: no city, fact or check, and no need but the deletion itself."""
        if value == {"profile": "deleted"}:
            return self.played.rows == 0
        talk = self.played.conversation
        kept = talk.city or talk.facts or talk.check or talk.need not in {"", "privacy.delete_data"}
        return value != {"profile": "empty"} or not kept

    def _entitlement(self, _value: bool, _wanted: bool) -> bool:
        return bool(_ENTITLED.search(self.text))

    def _promises(self, value: str, _wanted: bool) -> bool:
        pattern = _PROMISES.get(value)
        return bool(pattern and pattern.search(self.text))

    def _repeats_pii(self, _value: bool, _wanted: bool) -> bool:
        return any(n in self.text for n in re.findall(r"\d{9,}", str(self.played.turn.get("text", ""))))

    def _says(self, value: str, wanted: bool) -> bool:
        patterns = self._patterns["must" if wanted else "must_not"]
        if not patterns:
            raise LookupError(f"no pattern in says.yml for {value!r}")
        return bool(re.search(patterns.pop(0), self.text, re.S))

    def _order(self, value: list[str], _wanted: bool) -> bool:
        places = [re.search(pattern, self.text) for pattern in self._patterns["order"]]
        if len(places) < len(value):
            raise LookupError(f"no patterns in says.yml for the order of {value}")
        starts = [place.start() if place else -1 for place in places]
        return -1 not in starts and starts == sorted(starts)


def _plain(text: str) -> str:
    """4,000 = 4000 = 4千; units but the scale are dropped."""
    found = re.match(r"([\d,.]+)\s*(万|千)?", text)
    if not found:
        return text
    number = float(found[1].replace(",", "")) * _SCALE.get(found[2] or "", 1)
    return f"{number:g}" if number < 1e6 else str(int(number))


def failures(
    script: Script, played: Sequence[Played], says: Mapping[str, Any], library: Library
) -> list[str]:
    """Everything a script wanted and did not get, as ``turn 2: key: …`` lines."""
    found = []
    patterns = says.get(script["id"]) or {}
    for number, each in enumerate(played, 1):
        judged = Judge(each, patterns.get(number) or {}, library)
        found += [f"turn {number}: {fault}" for fault in judged.faults()]
    return found
