"""Fraud content as of a day: what is said in the first minutes is short, plain and never a promise.

Why this file exists: these words reach people who are afraid; wording, sources and lengths are
judged here, broken keys and names are refused when content is loaded.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from content.checking.finding import Finding, fraud_texts
from content.checking.grounds import is_official
from content.checking.numbers import LITERAL
from content.find import Library
from content.model import Source

LONGEST_STEPS = 300
"""Characters of one sequence as it is sent; ``{bank}`` stands for up to ``BANK`` characters."""
BANK = 30
_NUMBER = re.compile(r"(?<![\d.])\d[\d-]{2,}(?![\d.])")
"""A telephone number as sentences have it."""


def check_fraud(library: Library, on: date) -> Iterator[Finding]:
    """Kinds of scams that call themselves verified without source, long steps, days, names used twice."""
    scams = library.fraud.get("scams", {})
    yield from _sources(scams)
    yield from _names_once(scams)
    yield from _sequences(library.fraud.get("steps", {}))
    for name, data in library.fraud.items():
        checked = data.get("checked_on")
        if checked and checked > on:
            yield Finding("fraud", name, f"checked_on {checked} 晚于 {on}", ("checked_on",))
    for kind, entry, steps, text in fraud_texts(library):
        for found in LITERAL.findall(text):
            yield Finding(kind, entry, f"数目“{found}”没有日期和出处，防骗的话里不写数目", steps)
        if kind != "signals":
            yield from _unknown_numbers(library, kind, entry, steps, text)


def _unknown_numbers(
    library: Library, kind: str, entry: str, steps: tuple[str | int, ...], text: str
) -> Iterator[Finding]:
    """Numbers to call are those of contact points that are certain; signs may name what a scam uses."""
    known = {each.number for each in library.contacts.values() if each.confidence == "high"}
    for found in _NUMBER.findall(text):
        if found not in known:
            yield Finding(kind, entry, f"号码“{found}”不是可靠的联系点的号码，请先在联系点里核实", steps)


def _sources(scams: Mapping[str, Any]) -> Iterator[Finding]:
    sources = scams.get("sources", {})
    for scam in scams.get("scams", ()):
        title = sources[scam["source"]]["title"]
        source = Source(title, sources[scam["source"]].get("url", ""))
        if scam["status"] == "verified" and not is_official(source):
            message = f"verified 要有官方出处，“{title}”不是，请写 needs_verification"
            yield Finding("scams", scam["id"], message, ("status",))


def _names_once(scams: Mapping[str, Any]) -> Iterator[Finding]:
    """A name that two kinds share decides neither."""
    owners: dict[str, list[str]] = defaultdict(list)
    for scam in scams.get("scams", ()):
        for name in {scam["name"], *scam.get("aliases", ())}:
            owners[name].append(scam["id"])
    for name, ids in owners.items():
        if len(ids) > 1:
            yield Finding("scams", ids[-1], f"叫法“{name}”也写在 {ids[0]}，请只留一处", ("aliases",))


def _sequences(steps: Mapping[str, Any]) -> Iterator[Finding]:
    for name, blocks in steps.get("sequences", {}).items():
        text = "\n".join(steps["blocks"][block] for block in blocks).replace("{bank}", "行" * BANK)
        if len(text) > LONGEST_STEPS:
            message = f"{name} 接起来有 {len(text)} 字，最多 {LONGEST_STEPS} 字"
            yield Finding("fraud", "steps", message, ("sequences", name))
