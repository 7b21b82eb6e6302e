"""A strict view of one YAML mapping that collects every fault instead of stopping at the first.

Why this file exists: all readers ask for typed keys in one way and staff get one kind of message.
It must not know any particular record. Faults are kept as paths; lines are found only when
there is a fault.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Iterator
from datetime import date
from decimal import Decimal
from typing import Any

from content.model import Fault, Source
from content.yamltext import line_of

Path = tuple[str | int, ...]


class Faults:
    """The growing list of what is wrong, over all files."""

    def __init__(self) -> None:
        self._found: list[tuple[str, Path | int, str]] = []

    def add(self, file: str, where: Path | int, message: str) -> None:
        """Note a fault at a path inside a file, or at a line already known."""
        self._found.append((file, where, message))

    def __bool__(self) -> bool:
        return bool(self._found)

    def resolved(self, texts: dict[str, str]) -> list[Fault]:
        """All faults with their lines, in file and line order."""
        by_file = sorted(self._found, key=lambda found: found[0])
        faults = [Fault(file, _line(texts, file, where), message) for file, where, message in by_file]
        return sorted(faults, key=lambda fault: (fault.file, fault.line, fault.message))


def _line(texts: dict[str, str], file: str, where: Path | int) -> int:
    return where if isinstance(where, int) else line_of(texts.get(file, ""), where)


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """A closing question naming the nearest known word, or nothing."""
    close = difflib.get_close_matches(str(word), list(known), n=1, cutoff=0.6)
    return f"，是否要写 {close[0]}？" if close else ""


class Record:
    """Typed access to one mapping. Every getter notes a fault and gives an empty value on trouble."""

    def __init__(self, data: Any, file: str, path: Path, faults: Faults) -> None:
        self.file, self.path, self.faults = file, path, faults
        self.data: dict[str, Any] = {}
        if isinstance(data, dict):
            self.data = {str(key): value for key, value in data.items()}
        else:
            self.fault("这里应该是“键: 值”的写法")

    def fault(self, message: str, *steps: str | int) -> None:
        """Note what is wrong with this record, or with the value at ``steps`` inside it."""
        self.faults.add(self.file, self.path + steps, message)

    def only(self, known: Iterable[str]) -> Record:
        """Refuse keys that are not known; gives itself."""
        names = tuple(known)
        for key in self.data:
            if key not in names:
                self.fault(f"不认识的键 {key}{did_you_mean(key, names)}", key)
        return self

    def _typed(self, key: str, kind: type | tuple[type, ...], what: str, required: bool) -> Any:
        value = self.data.get(key)
        if value is None:
            if required:
                self.fault(f"缺少 {key}")
            return None
        if not isinstance(value, kind) or (isinstance(value, bool) and kind is not bool):
            self.fault(f"{key} 应该是{what}，现在是 {value!r}", key)
            return None
        return value

    def text(self, key: str, required: bool = True, limit: int = 0) -> str:
        """A string; ``limit`` characters at most where given."""
        value = self._typed(key, str, "文字（含特殊字符或纯数字时请加引号）", required)
        text = (value or "").strip()
        if required and value is not None and not text:
            self.fault(f"{key} 不能为空", key)
        if limit and len(text) > limit:
            self.fault(f"{key} 有 {len(text)} 字，最多 {limit} 字", key)
        return text

    def texts(self, key: str) -> tuple[str, ...]:
        """A list of strings; absent is empty."""
        values = self._typed(key, list, "列表", False) or []
        for index, value in enumerate(values):
            if not isinstance(value, str):
                self.fault(f"{key} 里的 {value!r} 应该是文字，请加引号", key, index)
        return tuple(value for value in values if isinstance(value, str))

    def day(self, key: str, required: bool = False) -> date | None:
        """An ISO date."""
        value: date | None = self._typed(key, date, "日期（如 2026-11-20）", required)
        return value

    def flag(self, key: str) -> bool:
        """true or false; absent is false."""
        return bool(self._typed(key, bool, " true 或 false", False))

    def number(self, key: str) -> Decimal | None:
        """A number, or None where absent."""
        value = self._typed(key, (int, Decimal), "数字", False)
        return None if value is None else Decimal(value)

    def real(self, key: str, required: bool = True) -> float:
        """A coordinate or distance; 0.0 where absent."""
        value = self._typed(key, (int, Decimal), "数字", required)
        return 0.0 if value is None else float(value)

    def choice(self, key: str, allowed: Iterable[str], default: str = "") -> Any:
        """One of the allowed words; ``default`` makes the key optional."""
        words = tuple(allowed)
        value = self.text(key, required=not default) or default
        if value and value not in words:
            self.fault(f"{key} 的 {value} 不在 {'、'.join(words)} 之中{did_you_mean(value, words)}", key)
        return value

    def one(self, key: str) -> Record | None:
        """The mapping under a key, or None where absent."""
        value = self.data.get(key)
        return None if value is None else Record(value, self.file, (*self.path, key), self.faults)

    def each(self, key: str) -> Iterator[Record]:
        """The mappings of a list."""
        for index, value in enumerate(self._typed(key, list, "列表", False) or []):
            yield Record(value, self.file, (*self.path, key, index), self.faults)

    def named(self, key: str) -> Iterator[tuple[str, Record]]:
        """The mappings of a mapping, with their names."""
        for name, value in (self._typed(key, dict, "“键: 值”", True) or {}).items():
            yield str(name), Record(value, self.file, (*self.path, key, str(name)), self.faults)

    def source(self, key: str = "source", required: bool = True) -> Source | None:
        """A source: title, and url and published_on where known."""
        record = self.one(key)
        if record is None:
            if required:
                self.fault(f"缺少 {key}：每条内容都要写出处")
            return None
        return record.as_source()

    def as_source(self) -> Source:
        """This record read as a source."""
        self.only(("title", "url", "published_on"))
        url = self.text("url", required=False)
        if url and not url.startswith(("https://", "http://")):
            self.fault("url 应以 https:// 或 http:// 开头；不知道就留空", "url")
        return Source(self.text("title"), url, self.day("published_on"))

    def not_before(self, first: str, last: str) -> None:
        """Refuse dates that contradict: ``last`` earlier than ``first``."""
        start, end = self.data.get(first), self.data.get(last)
        if isinstance(start, date) and isinstance(end, date) and end < start:
            self.fault(f"{last}（{end}）早于 {first}（{start}），请核对日期", last)
