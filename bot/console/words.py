"""What content is called in Chinese: fields, set values, and what the fraud files name (``words.yml``).

Why this file exists: forms, differences, history, reports and the log say the same word for the same
thing. It must not know forms, drafts or pages.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any, get_args, get_type_hints

from content.criterion import Branch, Operator
from content.model import ASPECTS
from content.yamltext import read

_DATA: dict[str, Any] = read((Path(__file__).parent / "words.yml").read_text("utf-8"))
FIELDS: dict[str, str] = {**ASPECTS, **_DATA["fields"]}
"""Every field of the content in Chinese."""
FILES: dict[str, str] = _DATA["files"]
"""Where staff find what the files hold that faults name."""
FUNCTIONS: dict[str, str] = _DATA["functions"]
"""What an eligibility check may work out."""
SITUATIONS: dict[str, str] = _DATA["situations"]
"""What may be going on, by the names of ``fraud/urgent.yml`` and ``fraud/steps.yml``."""
ASIDES: dict[str, str] = _DATA["asides"]
"""What people ask after the urgent steps, by the names of ``fraud/steps.yml``."""
SENTENCES: dict[str, str] = _DATA["sentences"]
"""What the sentences of the urgent steps are made for; see ``sentence``."""
GROUPS: dict[str, str] = _DATA["groups"]
"""Groups of words of ``fraud/urgent.yml``."""
_OPERATORS = (*get_args(Operator), *get_args(get_type_hints(Branch)["operator"]))
VALUES: dict[str, dict[str, str]] = {
    **_DATA["values"],
    "operator": {each: FIELDS[each] for each in _OPERATORS},
    "not_stated": ASPECTS, "help_steps": SITUATIONS, "function": FUNCTIONS,
}  # fmt: skip
"""Field to its set values in Chinese."""
_OF: dict[str, dict[str, str]] = {
    **VALUES, "again": SITUATIONS, "sequences": SITUATIONS, "steps": SITUATIONS, "answers": ASIDES,
    "blocks": SENTENCES, "groups": GROUPS,
}  # fmt: skip
"""Field to everything it may name."""
_TOKEN = re.compile(r"(?<![\w.@/{-])[a-z][a-z_]*(?![\w.@/}-])", re.ASCII)
_REGEX_FAULT = re.compile(r"(正则写错了：).*?(?: at position (\d+).*)?$", re.DOTALL)
_YAML_FAULT = re.compile(r"（[ -~]+）")
_ADDED = re.compile(r"added_(\d+)")


def field(name: str, kind: str = "") -> str:
    """A field's word in a kind of record; the name itself where there is none.

    >>> field("number"), field("number", "notices")
    ('电话', '文号')
    """
    own: dict[str, str] = _DATA["fields_of"].get(kind, {})
    return own.get(name) or FIELDS.get(name, name)


def value(name: str, said: object) -> str:
    """A set value's word in a field, any other value as it is written.

    >>> value("status", "verified"), value("status", "maybe"), value("superseded", True)
    ('已核实', 'maybe', '是')
    """
    text = str(said).lower() if isinstance(said, bool) else str(said)
    return VALUES.get(name, {}).get(text, text)


def situation(name: str) -> str:
    """What is going on, in the words of the urgent steps."""
    return SITUATIONS.get(name, name)


def aside(name: str) -> str:
    """What is asked after the urgent steps."""
    return ASIDES.get(name, name)


def group(name: str) -> str:
    """A group of words of the alarm."""
    return GROUPS.get(name, name)


def sentence(name: str) -> str:
    """What a sentence of the urgent steps is made for; those staff add are numbered.

    >>> sentence("calm"), sentence("added_2")
    ('安心：看警方处置', '另加的第 2 句')
    """
    added = _ADDED.fullmatch(name)
    return f"另加的第 {added[1]} 句" if added else SENTENCES.get(name, name)


def plain(message: str) -> str:
    """A fault as staff read it: fields, set values, names and files in their words, no English of a library.

    >>> plain("缺少 conclusion")
    '缺少 结论'
    >>> plain("正则写错了：missing ), unterminated subpattern at position 3")
    '正则写错了：有一个括号没有关上（第 4 个字起）'
    """
    if "正则写错了" in message:
        return _REGEX_FAULT.sub(lambda f: f"{f[1]}{_regex_fault(message)}{_place(f[2])}", message)
    message = _YAML_FAULT.sub("", message) if "YAML" in message else message
    for file, where in FILES.items():
        message = message.replace(file, where)
    named = [name for name in _TOKEN.findall(message) if name in _OF]
    known = [_OF[name] for name in named] + [FIELDS, SITUATIONS, SENTENCES, *VALUES.values()]
    return _TOKEN.sub(lambda f: next((of[f[0]] for of in known if f[0] in of), f[0]), message)


def _regex_fault(message: str) -> str:
    faults: dict[str, str] = _DATA["regex"]
    return next((said for begin, said in faults.items() if begin in message), "写法不对")


def _place(position: str | None) -> str:
    return f"（第 {int(position) + 1} 个字起）" if position else ""
