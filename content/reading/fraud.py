"""Fraud content（防骗）: kinds of scams, signals of messages, urgent signs and urgent steps.

Why this file exists: what helps somebody in the first minutes is refused with file and line when it
is broken, like any other content. The dialogue reads the data itself; nothing is turned into other
records here, and nothing is matched against messages.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache
from typing import Any

from content.reading.record import Record, did_you_mean

LONGEST_SIGN = 40
"""Characters of one sign or advice: a sentence read in a hurry."""

Placed = tuple[str, str, Record]
"""Kind (``scams``, ``signals``, ``situations``), id and record of one entry."""

_LINK = "<link>"
_SCAM_KEYS = ("id", "name", "aliases", "status", "signals", "signs", "do", "official", "help_steps", "source")
_WEIGHTS = ("strong", "medium", "weak")
_VERDICTS = ("likely_scam", "suspicious")


def read_fraud(root: Record, name: str) -> list[Placed]:
    """The entries of one fraud file that carry ids; everything wrong in it is noted."""
    readers = {"scams": _scams, "signals": _signals, "steps": _steps, "urgent": _urgent}
    if name not in readers:
        root.fault(f"防骗文件只有 {'、'.join(readers)}，没有 {name}{did_you_mean(name, readers)}")
        return []
    return readers[name](root)


def _scams(root: Record) -> list[Placed]:
    root.only(("sources", "checked_on", "scams")).day("checked_on", required=True)
    sources = [name for name, record in root.named("sources") if record.as_source()]
    return [_scam(record, sources) for record in root.each("scams")]


def _scam(record: Record, sources: list[str]) -> Placed:
    record.only(_SCAM_KEYS)
    record.text("name", limit=25)
    record.texts("aliases")
    record.choice("status", ("verified", "needs_verification"))
    record.choice("source", sources)
    record.text("help_steps")
    record.text("official", required=False, limit=LONGEST_SIGN)
    for key in ("signs", "do", "signals"):
        _some(record, key)
    for key in ("signs", "do"):
        for index, text in enumerate(record.texts(key)):
            if len(text) > LONGEST_SIGN:
                record.fault(f"{key} 的一句有 {len(text)} 字，最多 {LONGEST_SIGN} 字", key, index)
    return "scams", record.text("id"), record


def _signals(root: Record) -> list[Placed]:
    root.only(
        ("points", "thresholds", "sentence_end", "link", "official_hosts", "quiet", "signals", "benign")
    )
    for key, names in (("points", _WEIGHTS), ("thresholds", _VERDICTS)):
        _numbers(root, key, names)
    for key in ("sentence_end", "link"):
        _compiles(root, root.text(key), key)
    _some(root, "official_hosts")
    quiet = root.one("quiet")
    if quiet is None:
        root.fault("缺少 quiet")
    else:
        _patterns(quiet.only(("always", "patterns", "unless")), ("always", "patterns", "unless"))
        _some(quiet, "patterns")
    found = [_signal(record) for record in root.each("signals")]
    for record in root.each("benign"):
        _benign(record, [name for _, name, _ in found])
    return found


def _signal(record: Record) -> Placed:
    record.only(("id", "says", "weight", "patterns", "unless"))
    record.text("says", limit=LONGEST_SIGN)
    record.choice("weight", _WEIGHTS)
    _some(record, "patterns")
    _patterns(record, ("patterns", "unless"))
    return "signals", record.text("id"), record


def _benign(record: Record, signals: list[str]) -> None:
    record.only(("id", "says", "patterns", "cancels")).text("id")
    record.text("says", limit=LONGEST_SIGN)
    _some(record, "patterns")
    _patterns(record, ("patterns",))
    for name in record.texts("cancels"):
        if name not in signals:
            record.fault(f"迹象 {name} 不存在{did_you_mean(name, signals)}", "cancels")


def _steps(root: Record) -> list[Placed]:
    root.only(("source", "checked_on", "bank_unknown", "blocks", "sequences", "answers", "again"))
    root.source()
    root.day("checked_on", required=True)
    root.text("bank_unknown")
    for key in ("blocks", "answers", "again"):
        _words(root, key)
    blocks = _mapping(root, "blocks")
    for name, used in _mapping(root, "sequences").items():
        for block in used if isinstance(used, list) else [used]:
            if block not in blocks:
                root.fault(f"没有叫 {block} 的话{did_you_mean(str(block), blocks)}", "sequences", name)
    return []


def _urgent(root: Record) -> list[Placed]:
    root.only(("homophones", "groups", "situations"))
    for index, pair in enumerate(_list(root, "homophones")):
        if not (isinstance(pair, list) and len(pair) == 2 and all(isinstance(part, str) for part in pair)):
            root.fault("homophones 的每一条写成 [写法, 正字]", "homophones", index)
        else:
            _compiles(root, pair[0], "homophones", index)
    groups = _mapping(root, "groups")
    for name, patterns in groups.items():
        for index, pattern in enumerate(patterns if isinstance(patterns, list) else [patterns]):
            _compiles(root, pattern, "groups", name, index)
    return [_situation(record, groups) for record in root.each("situations")]


def _situation(record: Record, groups: Iterable[str]) -> Placed:
    record.only(("id", "name", "steps", "rules", "unless"))
    record.text("name", limit=LONGEST_SIGN)
    record.text("steps")
    rules = [(("rules", i), rule) for i, rule in enumerate(_list(record, "rules"))]
    for steps, rule in [*rules, (("unless",), _list(record, "unless"))]:
        for name in rule if isinstance(rule, list) else [rule]:
            if str(name).removeprefix("not:") not in groups:
                record.fault(f"词组 {name} 不存在{did_you_mean(str(name), groups)}", *steps)
    if not rules:
        record.fault("rules 至少写一条", "rules")
    return "situations", record.text("id"), record


def _words(root: Record, key: str) -> None:
    """Texts by name that may hold ``{bank}`` and nothing else in braces."""
    for name, text in _mapping(root, key).items():
        if not isinstance(text, str) or not text.strip():
            root.fault(f"{key} 的 {name} 应该是一句话", key, name)
        elif set(re.findall(r"\{(.*?)\}", text)) - {"bank"}:
            root.fault(f"{key} 的 {name} 里只能有 {{bank}} 这一个占位", key, name)


def _numbers(root: Record, key: str, names: Iterable[str]) -> None:
    record = root.one(key)
    if record is None:
        root.fault(f"缺少 {key}")
        return
    record.only(names)
    for name in names:
        if record.number(name) is None:
            record.fault(f"缺少 {name}")


def _patterns(record: Record, keys: Iterable[str]) -> None:
    """Each pattern is a regex, or a list of regexes that must all match; ``<link>`` is no regex."""
    for key in keys:
        for index, pattern in enumerate(_list(record, key)):
            for part in pattern if isinstance(pattern, list) else [pattern]:
                _compiles(record, part, key, index)


def _compiles(record: Record, pattern: Any, *steps: str | int) -> None:
    if not isinstance(pattern, str) or not pattern:
        record.fault(f"{pattern!r} 应该是一个正则", *steps)
        return
    if wrong := _wrong_with(pattern):
        record.fault(f"正则写错了：{wrong}", *steps)


@lru_cache(maxsize=2048)
def _wrong_with(pattern: str) -> str:
    """What a pattern is no regex for, "" when it is one; the hundreds that stay are looked at once."""
    try:
        re.compile("|".join(part for part in pattern.split("|") if part != _LINK))
    except re.error as error:
        return str(error)
    return ""


def _some(record: Record, key: str) -> None:
    if not _list(record, key):
        record.fault(f"{key} 至少写一条", *([key] if key in record.data else []))


def _list(record: Record, key: str) -> list[Any]:
    value = record.data.get(key)
    if value is not None and not isinstance(value, list):
        record.fault(f"{key} 应该是列表，现在是 {value!r}", key)
    return value if isinstance(value, list) else []


def _mapping(record: Record, key: str) -> dict[str, Any]:
    value = record.data.get(key)
    if not isinstance(value, dict):
        record.fault(f"{key} 应该是“键: 值”", *([key] if key in record.data else []))
        return {}
    return value
