"""A record as staff read it: every field, set value and reference in Chinese words, line by line.

Why this file exists: differences and history are read by people who know rules and not files. It must not
know drafts or HTML.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from bot.console import words
from bot.console.diffs import Stretch, side_by_side, stretches
from bot.console.records import cite_name
from bot.console.schema import SCHEMAS, WHOLE
from bot.live.texts import all_of
from content.find import Library
from content.yamltext import YamlError, read

_FIGURE = re.compile(r"\{([a-z0-9_]+)\}")
_INDENT = "　"


def outline(library: Library, kind: str, record: Any) -> str:
    """The record's words; "" for one that is not there."""
    if record is None:
        return ""
    said = {WHOLE[kind]: record} if kind in WHOLE else record
    if not isinstance(said, Mapping):
        return str(said)
    return "\n".join(_Outline(library, kind, said).lines())


def outline_of(library: Library, kind: str, yaml: str) -> str:
    """The words of a record's text; the text itself where it is no YAML."""
    try:
        return outline(library, kind, read(yaml) if yaml else None)
    except YamlError:
        return yaml


def difference(library: Library, kind: str, before: str, after: str) -> list[Stretch]:
    """Two texts of a record side by side."""
    return stretches(side_by_side(outline_of(library, kind, before), outline_of(library, kind, after)))


@dataclass(slots=True)
class _Outline:
    library: Library
    kind: str
    record: Mapping[str, Any]
    names: dict[str, Callable[[str], str]] = field(init=False)

    def __post_init__(self) -> None:
        conditions = self.record.get("conditions") or ()
        own = {c["id"]: c.get("label", "") for c in conditions if isinstance(c, Mapping) and "id" in c}
        fact = self._fact
        self.names = {
            "cites": self._cite, "replaced_by": self._cite, "contacts": self._contact,
            "signals": self._signal,
            "follow_ups": self._need, "need": self._need, "instead": self._need, "topics": self._topic,
            "fact": fact, "first": fact, "source": self._source, "sequences": self._sentence,
            "conditions": lambda name: own.get(name) or name, "facts": fact, "at_least": self._figure,
            "at_most": self._figure, "less_than": self._figure,
        }  # fmt: skip

    def lines(self) -> Iterator[str]:
        """The fields in the order of the form, others after them."""
        order = [each.name for each in SCHEMAS.get(self.kind, ())]
        found = sorted(self.record, key=lambda name: order.index(name) if name in order else len(order))
        for name in found:
            yield from self._field(words.field(name, self.kind), name, self.record[name], "")

    def _field(self, word: str, name: str, said: Any, indent: str) -> Iterator[str]:
        if said in (None, "", [], {}):
            return
        if isinstance(said, Mapping):
            yield f"{indent}{word}："
            yield from self._mapping(name, said, indent + _INDENT)
        elif isinstance(said, list):
            yield f"{indent}{word}："
            yield from self._list(name, said, indent + _INDENT)
        else:
            yield f"{indent}{word}：{self._value(name, said)}"

    def _mapping(self, name: str, said: Mapping[str, Any], indent: str) -> Iterator[str]:
        fact = str(said.get("fact", ""))
        for key, each in said.items():
            if name == "facts":
                yield f"{indent}{self._fact(str(key))}：{self._choice(str(key), each)}"
            elif fact and key in ("is", "one_of"):
                told = each if isinstance(each, list) else [each]
                yield f"{indent}{words.field(key)}：{'、'.join(self._choice(fact, one) for one in told)}"
            else:
                yield from self._field(self._key(name, str(key)), self._within(name, str(key)), each, indent)

    def _within(self, name: str, key: str) -> str:
        """By which field's rule a value below ``name`` is read."""
        return name if name in ("sequences", "conditions", "blocks", "again", "answers") else key

    def _key(self, name: str, key: str) -> str:
        """The word of a key below a field: sentences, situations and conditions have names of their own."""
        of = {"blocks": words.sentence, "sequences": words.situation, "again": words.situation,
              "answers": words.aside, "conditions": self.names["conditions"]}  # fmt: skip
        return of[name](key) if name in of else words.field(key)

    def _list(self, name: str, said: list[Any], indent: str) -> Iterator[str]:
        for number, each in enumerate(said, 1):
            if isinstance(each, Mapping):
                yield f"{indent}{number}"
                yield from self._mapping("", each, indent + _INDENT)
            else:
                parts = each if isinstance(each, list) else [each]
                yield f"{indent}· {' && '.join(self._value(name, part) for part in parts)}"

    def _value(self, name: str, said: Any) -> str:
        known = words.VALUES.get(name, {})
        text = words.value(name, said)
        if text in known.values():
            return text
        return self.names[name](text) if name in self.names else self._figures(text)

    def _choice(self, fact: str, said: Any) -> str:
        question = self.library.questions.get(fact)
        says = {c.id: c.say for c in question.choices} if question else {}
        return says.get(str(said)) or words.value("facts", said)

    def _fact(self, name: str) -> str:
        question = self.library.questions.get(name)
        return (question.label or question.ask) if question else name

    def _figure(self, text: str) -> str:
        return self._figures(text).strip("{}")

    def _figures(self, text: str) -> str:
        """Figures by their names, in the braces they are written in."""
        facts = self.library.facts
        return _FIGURE.sub(lambda f: f"{{{facts[f[1]].name}}}" if f[1] in facts else f[0], text)

    def _cite(self, name: str) -> str:
        return cite_name(self.library, name)

    def _contact(self, name: str) -> str:
        found = self.library.contacts.get(name)
        return f"{found.name} {found.number}".strip() if found else name

    def _need(self, name: str) -> str:
        return self.library.needs[name].name if name in self.library.needs else name

    def _topic(self, name: str) -> str:
        return self.library.topics[name].name if name in self.library.topics else name

    def _signal(self, name: str) -> str:
        return str(all_of(self.library, "signals").get(name, {}).get("says", name))

    def _source(self, name: str) -> str:
        sources = self.library.fraud.get("scams", {}).get("sources", {})
        return str(sources.get(name, {}).get("title", name))

    def _sentence(self, name: str) -> str:
        blocks = self.record.get("blocks")
        return str(blocks.get(name, name)) if isinstance(blocks, Mapping) else name
