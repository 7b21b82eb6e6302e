"""One record inside its YAML file: where it stands, what it says, how it is put there.

Why this file exists: staff edit records, the service loads files. It must not know databases.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping, Sequence
from copy import deepcopy
from typing import Any

from content.dump import record_text, replace_record
from content.find import Library
from content.load import values
from content.model import NATIONAL
from content.yamltext import YamlError, read

KINDS: dict[str, str] = {
    "answers": "答复",
    "facts": "数字",
    "contacts": "联系点",
    "notices": "文件",
    "clauses": "条款",
    "checks": "测一测",
    "scams": "诈骗类型",
    "signals": "诈骗迹象",
    "steps": "受骗后先说的话",
    "groups": "受骗警报的词组",
}
"""Kinds of records staff may edit; each but ``steps`` is also the top key of its files."""
FRAUD: dict[str, str] = {"scams": "scams", "signals": "signals", "steps": "steps", "groups": "urgent"}
"""Kinds that stand in one file below ``content/fraud``, and its name."""
_BY_ID = ("scams", "signals")
"""Kinds that are lists of records known by their ``id``."""
_FILES = ("steps",)
"""Kinds whose one record is a whole file: its sentences and their order only make sense together."""


_CLAUSES_OF = re.compile(r"/clauses_([a-z0-9_]+)\.yml$")
_NOTICE = re.compile(r"^notice:\s*[\"']?([^\s\"'#]+)", re.M)

REWRITE = 20
"""From so many changed contact points on a file of them is written anew: an import, not an edit."""


def name_in_file(kind: str, key: str) -> str:
    """How a file names a record: an answer's city stands in the file's path."""
    return key.split("@")[0] if kind == "answers" else key


def steps(data: Any, kind: str, key: str) -> tuple[str | int, ...] | None:
    """Where a record stands in a file's values, None where it does not; () for the whole file."""
    if kind in _FILES:
        return () if data and key == kind else None
    records = data.get(kind) if isinstance(data, dict) else None
    if isinstance(records, list):
        found = [i for i, each in enumerate(records) if _name_of(kind, each) == key]
        return (kind, found[0]) if found else None
    name = name_in_file(kind, key)
    return (kind, name) if isinstance(records, dict) and name in records else None


def _name_of(kind: str, record: dict[str, Any]) -> Any:
    """A clause is known by its first row of the coverage."""
    return record.get("id") if kind in _BY_ID else (record.get("rows") or [None])[0]


def value(text: str, kind: str, key: str) -> Any:
    """What a record says in a file's text, None where it is not written there; the caller's own copy.

    Raises:
        YamlError: the text is no YAML.
    """
    return deepcopy(said(values(text) if text else None, kind, key))


def said(data: Any, kind: str, key: str) -> Any:
    """What a record says in a file's values, None where it is not there."""
    place = steps(data, kind, key)
    if place is None:
        return None
    for step in place:
        data = data[step]
    return data


def put(text: str, kind: str, key: str, new: Any) -> str:
    """The text with a record replaced, or added at the end; every other line stays as it is.

    Raises:
        YamlError: the record shares its content with others, or would not read back as meant.
    """
    data: Any = read(text) if text else None
    place = steps(data, kind, key)
    if place == ():
        return _put_parts(text, data, new)
    if place is not None:
        try:
            return replace_record(text, place, new)
        except YamlError as error:
            raise YamlError(error.line, "这条记录和别的记录共用内容，请直接改文件") from error
    return _added(text, kind, {key: new})


def _put_parts(text: str, old: Mapping[str, Any], new: Any) -> str:
    """A whole file with only the parts rewritten that differ, so that its remarks stay."""
    missing = [name for name in old if name not in (new if isinstance(new, Mapping) else {})]
    if missing or set(new) - set(old):
        raise YamlError(1, f"缺少 {missing[0]}" if missing else "多了不认识的部分")
    for name, part in new.items():
        before = old[name]
        if isinstance(part, Mapping) and isinstance(before, Mapping) and list(part) == list(before):
            for key in part:
                text = replace_record(text, (name, key), part[key])
        else:
            text = replace_record(text, (name,), part)
    return text


def put_all(text: str, records: Sequence[tuple[str, str, Any]]) -> str:
    """The text with several records (kind, key, value) put in; many new ones cost one reading.

    Raises:
        YamlError: see ``put``.
    """
    data: Any = read(text) if text else None
    fresh = [r for r in records if steps(data, r[0], r[1]) is None]
    known = [r for r in records if steps(data, r[0], r[1]) is not None]
    if len(known) > REWRITE and all(kind == "contacts" for kind, _, _ in records):
        contacts = {**data["contacts"], **{key: new for _, key, new in records}}
        return record_text({"contacts": contacts})
    for kind, key, new in known:
        text = put(text, kind, key, new)
    for kind in dict.fromkeys(kind for kind, _, _ in fresh):
        text = _added(text, kind, {key: new for k, key, new in fresh if k == kind})
    return text


def _added(text: str, kind: str, new: Mapping[str, Any]) -> str:
    head = text if text else f"{kind}:\n"
    head += "" if head.endswith("\n") else "\n"
    named = {name_in_file(kind, key): each for key, each in new.items()}
    listed = kind == "clauses" or kind in _BY_ID
    added = head + record_text(list(new.values()) if listed else named, 2)
    data = read(added)
    for key, each in new.items():
        if said(data, kind, key) != each:
            raise YamlError(1, "这条记录写不进文件，请直接改文件")
    return added


def fingerprint(shipped: Any) -> str:
    """A hash of what a record says; "" for a record that is not there."""
    return "" if shipped is None else hashlib.sha256(record_text(shipped).encode()).hexdigest()[:16]


def all_of(library: Library, kind: str) -> Mapping[str, Any]:
    """Every record of a kind by its key."""
    if kind in FRAUD:
        data = library.fraud.get(FRAUD[kind], {})
        if kind in _FILES:
            return {kind: data} if data else {}
        records = data.get(kind, {})
        return {each["id"]: each for each in records} if kind in _BY_ID else records
    found: Mapping[str, Any] = getattr(library, kind)
    return found


def path_of(library: Library, kind: str, key: str) -> str:
    """The file a record stands in, "" where the library does not have it."""
    if kind in FRAUD:
        return path_for_new(kind, key, NATIONAL) if key in all_of(library, kind) else ""
    return library.origins.get(f"{kind}:{key}", ("", ()))[0]


def path_for_new(kind: str, key: str, scope: str) -> str:
    """The file a new record goes to."""
    if kind in FRAUD:
        return f"content/fraud/{FRAUD[kind]}.yml"
    folder = _folder(scope)
    if kind == "answers":
        return f"{folder}/answers/{key.split('.')[0]}.yml"
    if kind == "contacts":
        return "content/contacts.yml" if scope == NATIONAL else f"{folder}/contacts.yml"
    return f"{folder}/notices.yml" if kind == "notices" else f"{folder}/{kind}_staff.yml"


def file_of_clauses(notice: str, scope: str) -> str:
    """The file for clauses of a notice that has none yet: its name says whose they are."""
    return f"{_folder(scope)}/clauses_{notice.replace('-', '_')}.yml"


def _folder(scope: str) -> str:
    return "content/national" if scope == NATIONAL else f"content/cities/{scope}"


def begun(path: str) -> str:
    """How a file begins that is not there yet: clauses stand under their notice, other files begin empty."""
    found = _CLAUSES_OF.search(path)
    return f"notice: {found[1].replace('_', '-')}\nclauses:\n" if found else ""


def notice_of(text: str) -> str:
    """The notice a file of clauses is about, "" where it says none."""
    found = _NOTICE.search(text)
    return found[1] if found else ""
