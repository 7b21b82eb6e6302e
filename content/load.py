"""All content from a folder or from texts: everything, or all faults at once.

Why this file exists: content is never half loaded; whoever serves it keeps the last good library
when this raises. It must not know where the texts are kept (files, database versions).
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

from content.find import Library
from content.model import Fault
from content.reading.record import Faults, Record
from content.references import check_references
from content.shelf import Shelf, reader_of
from content.yamltext import YamlError, read

FILES_KEPT = 512
"""Texts whose values are kept, about 30 kB each: a publication changes one file of 150, and reading all of
them again is two thirds of the time until it is live."""


class ContentFaults(ValueError):
    """Content that cannot be served. ``faults`` holds everything wrong, in file and line order."""

    def __init__(self, faults: list[Fault]) -> None:
        super().__init__("\n".join(map(str, faults)))
        self.faults = faults


def load_library(root: Path) -> Library:
    """The library of the YAML files under ``root`` (the folder ``content``).

    Raises:
        ContentFaults: naming every fault with file and line.
    """
    return library_from_texts(texts_under(root))


def texts_under(root: Path) -> dict[str, str]:
    """YAML texts by path, as ``content/cities/chengdu/city.yml`` whatever the folder is called."""
    paths = sorted(root.rglob("*.yml"))
    return {f"content/{path.relative_to(root).as_posix()}": path.read_text("utf-8") for path in paths}


def library_from_texts(texts: Mapping[str, str]) -> Library:
    """The library of texts by path; see ``load_library``."""
    shelf, faults = Shelf(), Faults()
    said = {
        path: _read_file(path, texts[path], shelf, faults) for path in sorted(texts, key=_questions_first)
    }
    check_references(shelf)
    if faults:
        raise ContentFaults(faults.resolved(dict(texts)))
    return Library(shelf, _version(said), dict(texts))


def _version(said: Mapping[str, object]) -> str:
    """A short fingerprint of what the files say: however it is written, the same content has the same one."""
    text = json.dumps(said, ensure_ascii=False, default=repr)
    return hashlib.sha256(text.encode()).hexdigest()[:12]


@lru_cache(maxsize=FILES_KEPT)
def values(text: str) -> Any:
    """What a file's text says; shared, so nobody changes anything in it.

    Raises:
        YamlError: it is no YAML.
    """
    return read(text)


def _questions_first(path: str) -> tuple[bool, str]:
    return (path != "content/questions.yml", path)


def _read_file(path: str, text: str, shelf: Shelf, faults: Faults) -> object:
    """Put what a file says onto the shelf; gives it."""
    reader = reader_of(path)
    if reader is None:
        faults.add(path, 1, "不认识的文件，请按 docs/content-format.md 的文件名放置")
        return None
    try:
        data = values(text)
    except YamlError as error:
        faults.add(path, error.line, str(error))
        return None
    reader(shelf, Record(data, path, (), faults), path)
    return data
