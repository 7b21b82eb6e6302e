"""One record of the content as the console handles it: where it stands, what it says, what it is called.

Why this file exists: pages, publications and imports name records alike. It must not know drafts.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from bot.console import words
from bot.live import texts
from bot.live.switches import NAMES, PREFIX
from bot.live.texts import KINDS
from content.find import Library
from content.shelf import scope_of
from content.yamltext import read

_TITLES = ("name", "title", "says")


@dataclass(frozen=True, slots=True)
class Subject:
    """A record: ``value`` is None while it is only about to be written."""

    kind: str
    key: str
    path: str
    scope: str
    title: str
    value: Any

    @property
    def name(self) -> str:
        """``kind:key``."""
        return f"{self.kind}:{self.key}"

    @property
    def kind_name(self) -> str:
        """Its kind in Chinese."""
        return KINDS[self.kind]


def subject(library: Library, kind: str, key: str) -> Subject | None:
    """A record of the library, None where there is no such record."""
    path = texts.path_of(library, kind, key) if kind in KINDS else ""
    if not path:
        return None
    value = texts.value(library.texts[path], kind, key)
    return Subject(kind, key, path, scope_of(path), title(library, kind, key, value), value)


def drafted(library: Library, name: str, path: str, yaml: str) -> Subject:
    """The record of a draft, with the draft's text."""
    kind, _, key = name.partition(":")
    value = read(yaml)
    return Subject(kind, key, path, scope_of(path), title(library, kind, key, value), value)


def title(library: Library, kind: str, key: str, value: Any = None) -> str:
    """What staff call a record: as ``value`` says, else as the content in force does."""
    if kind == "answers":
        need = library.needs.get(key.split("@")[0])
        return need.name if need else key
    if kind in ("steps", "groups"):
        return words.group(key) if kind == "groups" else KINDS[kind]
    found = (
        value if isinstance(value, dict) else texts.all_of(library, kind).get(key) if kind in KINDS else None
    )
    said = found if isinstance(found, dict) else {name: getattr(found, name, "") for name in _TITLES}
    return str(next((said[name] for name in _TITLES if said.get(name)), key))


def cite_name(library: Library, cite: str) -> str:
    """A clause or notice as staff read it: the document, the article, and every measure of the article."""
    notice, clauses = library.notices.get(cite.split("#")[0]), library.clauses_by_id(cite)
    label = notice.label if notice else cite
    return f"{label} {clauses[0].article} {'、'.join(c.name for c in clauses)}" if clauses else label


def called(library: Library, key: str) -> str:
    """The name of a record that a fault knows only by its id, with its place; the id for an unknown one."""
    kind = "steps" if key == "steps" else next((k for k in KINDS if f"{k}:{key}" in library.origins), "")
    return full_title(library, kind, key) if kind else key


def full_title(library: Library, kind: str, key: str) -> str:
    """A record's name and, where it belongs to one city, the city."""
    scope = scope_of(texts.path_of(library, kind, key) or "content/national")
    city = library.cities.get(key.partition("@")[2] if kind == "answers" else scope)
    return f"{title(library, kind, key)}（{city.name}）" if city else title(library, kind, key)


def page_of(kind: str, key: str) -> str:
    """Path of a record's page."""
    return f"/console/records/{kind}/{key}"


def subject_name(library: Library, subject: str) -> str:
    """How the log calls a record, a need or an emergency switch; "" for anything else."""
    kind, _, key = subject.partition(":")
    if kind in KINDS and key:
        return f"{KINDS[kind]} {full_title(library, kind, key)}"
    if kind == "need" and key in library.needs:
        return f"事项 {library.needs[key].name}"
    if subject.startswith(PREFIX):
        switch, _, target = subject.removeprefix(PREFIX).partition(".")
        city = library.cities.get(target)
        return f"{NAMES.get(switch, switch)} {city.name if city else called(library, target)}".strip()
    return (
        f"{KINDS['answers']} {full_title(library, 'answers', subject)}" if subject in library.answers else ""
    )
