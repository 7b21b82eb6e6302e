"""What the fraud files say of each other has to exist: signals, steps, short words said again.

Why this file exists: a scam whose steps are missing would fail in the first minute it is needed.
It judges nothing else; files that are absent are not missed.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from content.reading.record import Record, did_you_mean
from content.shelf import Shelf


def check_fraud_references(shelf: Shelf) -> None:
    """Note a fault at each kind of scam and each urgent situation that names something unknown."""
    steps = shelf.fraud.get("steps", {})
    sequences, again = _named(steps, "sequences"), _named(steps, "again")
    signals = {name for name, _ in _entries(shelf, "signals")}
    for _, record in _entries(shelf, "scams"):
        names = record.data.get("signals")
        for name in names if isinstance(names, list) else ():
            _known(record, "signals", name, signals, "迹象")
        _known(record, "help_steps", record.data.get("help_steps"), sequences, "步骤")
    for name, record in _entries(shelf, "situations"):
        _known(record, "steps", record.data.get("steps"), sequences, "步骤")
        _known(record, "id", name, again, "再说一遍时的话（steps.yml 的 again）")


def _entries(shelf: Shelf, kind: str) -> Iterator[tuple[str, Record]]:
    for name, record in shelf.records.items():
        if name.startswith(f"{kind}:"):
            yield name.split(":", 1)[1], record


def _named(data: Any, key: str) -> Mapping[str, Any]:
    value = data.get(key) if isinstance(data, Mapping) else None
    return value if isinstance(value, Mapping) else {}


def _known(record: Record, key: str, name: object, known: Mapping[str, Any] | set[str], what: str) -> None:
    if known and name and name not in known:
        record.fault(f"{what} {name} 不存在{did_you_mean(str(name), known)}", key)
