"""Three voices from one record: chat text, text to copy, spoken sentence（口播）.

Why this file exists: chat, desk and pages say the same thing because they say it from here. It
must not know WeChat, conversations or the clock.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from content import citation, remarks
from content.aloud import aloud
from content.figures import fill, placeholders
from content.model import ASPECTS, Answer, Clause, FactValue

if TYPE_CHECKING:
    from content.find import Library

PERMALINK = "{permalink}"
"""Stands for the public page's address in copied text; the desk puts it in."""

ASPECTS_SHOWN = 3
_USEFUL_FIRST = ("condition", "amount", "procedure", "channel", "materials", "time", "definition")
_ABOUT_A_NUMBER = ("_amount", "_rate", "_ratio", "_interest", "_tax", "_compensation", "_pay")
"""Ends of the needs that ask for a number themselves."""
_SAID_WHEN_MISSING = ("amount", "time", "materials")
"""Aspects whose absence is said: where and how are mostly told by the conclusion already."""
_ASPECT_NOT_WRITTEN = "{label}：资料未载，请向办理机构确认。"


@dataclass(frozen=True, slots=True)
class Voice:
    """A reply's body and its grounds.

    ``citation`` is one line, "" only where nothing is stated. ``notices`` are labels as citizens see
    them (文号, or 《标题》), ``clauses`` citation ids.
    """

    text: str
    citation: str
    notices: tuple[str, ...]
    clauses: tuple[str, ...]


def chat(answer: Answer, library: Library, on: date, aspect: str = "") -> Voice:
    """Conclusion first, then the asked aspect or the most useful ones, then remarks and whom to ask.

    Args:
        answer: the answer found; past its ``valid_to`` only its ``after`` is said.
        library: for figures, clauses and contact points.
        on: the day the citizen asks.
        aspect: an id of ``ASPECTS`` if the citizen asked for one.
    """
    return next(chats(answer, library, on, (aspect,)))


def chats(answer: Answer, library: Library, on: date, aspects: Iterable[str]) -> Iterator[Voice]:
    """What ``chat`` says to each of several aspects; what ends all of them is worded once."""
    ends = remarks.about(answer, library, on)
    ends.append(remarks.whom_to_ask(library.contacts_for(answer.need, answer.scope)))
    for aspect in aspects:
        lines, used = _body(answer, library, on, _chosen(answer, aspect))
        yield _voice([*lines, *ends], citation.grounds_of(answer, library, used), on)


def clause_chat(clause: Clause, library: Library, on: date) -> Voice:
    """What one clause says, what it leaves open, what became of it, and whom to ask."""
    lines = [f"{clause.name}：{clause.summary}"]
    lines += [f"文件写的条件：{_listed(clause.conditions)}"] if clause.conditions else []
    lines += [f"文件写的数字：{_listed(clause.figures)}"] if clause.figures else []
    lines += [f"现在的情况：{clause.today}"] if clause.today else []
    lines += remarks.not_stated(clause)
    lines += remarks.about_clauses([clause], library, on)
    contacts = [library.contacts[i] for i in clause.contacts if library.contacts[i].shown]
    lines.append(remarks.whom_to_ask(contacts))
    return _voice(lines, citation.clause_grounds(clause, library), on)


def copy_text(answer: Answer, library: Library, on: date) -> str:
    """Everything the record says with its full sources, for pasting into another conversation."""
    lines, used = _body(answer, library, on, [name for name in ASPECTS if name in answer.aspects])
    lines += remarks.about(answer, library, on)
    lines.append(remarks.whom_to_ask(library.contacts_for(answer.need, answer.scope)))
    sources = citation.full(citation.grounds_of(answer, library, used), on)
    return "\n".join(filter(None, [*lines, "依据：", *sources, f"链接：{PERMALINK}"]))


def spoken(answer: Answer, library: Library, on: date, aspect: str = "") -> str:
    """What an operator reads out: no brackets, no notice numbers, numbers as words."""
    if remarks.over(answer, on):
        texts = [remarks.after(answer)]
    else:
        asked = answer.aspects.get(aspect) or next(
            (answer.aspects[name] for name in _USEFUL_FIRST if name in answer.aspects), ""
        )
        texts = [answer.spoken] if answer.spoken and not aspect else [answer.conclusion, asked]
    said = [fill(text, library.facts, on, dated=False).text for text in texts if text]
    said += remarks.about(answer, library, on)
    contacts = library.contacts_for(answer.need, answer.scope)
    return aloud([*said, remarks.whom_to_ask(contacts[:1])])


def _body(
    answer: Answer, library: Library, on: date, aspects: list[str]
) -> tuple[list[str], list[FactValue]]:
    if remarks.over(answer, on):
        filled = fill(remarks.after(answer), library.facts, on)
        return [filled.text], list(filled.used)
    conclusion = fill(answer.conclusion, library.facts, on)
    lines, used = [conclusion.text], list(conclusion.used)
    for name in aspects:
        if name not in answer.aspects:
            lines.append(_ASPECT_NOT_WRITTEN.format(label=ASPECTS[name]))
            continue
        filled = fill(answer.aspects[name], library.facts, on)
        lines.append(f"{ASPECTS[name]}：{filled.text}")
        used += filled.used
    return lines, used


def _chosen(answer: Answer, aspect: str) -> list[str]:
    if aspect in answer.aspects or aspect in _SAID_WHEN_MISSING:
        return [aspect]
    if aspect == "contact":
        return []  # whom to ask ends every reply
    return sorted(_written(answer), key=lambda name: _says_no_figure(answer, name))[:ASPECTS_SHOWN]


def _written(answer: Answer) -> list[str]:
    return [name for name in _USEFUL_FIRST if name in answer.aspects]


def _says_no_figure(answer: Answer, name: str) -> bool:
    """An amount without a figure is for whoever asks; unasked, it would push out what helps more."""
    if name != "amount" or answer.need.endswith(_ABOUT_A_NUMBER):
        return False
    return not placeholders(answer.aspects[name])


def _voice(lines: list[str], grounds: citation.Grounds, on: date) -> Voice:
    return Voice(
        text="\n".join(filter(None, lines)),
        citation=citation.compact(grounds, on),
        notices=tuple(notice.label for notice, _ in grounds.notices),
        clauses=grounds.clauses,
    )


def _listed(items: tuple[str, ...]) -> str:
    return "；".join(item.rstrip("。；") for item in items) + "。"
