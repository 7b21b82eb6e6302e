"""Braces: a ``{figure}`` only where one is filled in; everywhere else citizens would read the braces.

Why this file exists: figures are filled in the texts of answers, and a worked-out value in a check's
results. Nothing else is.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from content.checking.finding import Finding, Text, answer_texts, clause_texts, fraud_texts
from content.criterion import Check, Question
from content.find import Library
from content.model import ASPECTS, ContactPoint, Notice

_BRACES = re.compile(r"[{｛][^{}｛｝]*[}｝]|[{}｛｝]")
_FIGURE = re.compile(r"\{[a-z0-9_]+\}")
_VALUE = "{value}"
_FIELDS = {
    **ASPECTS,
    "label": "短名", "met": "符合时说的话", "not_met": "不符合时说的话", "unclear": "需核实时说的话",
    "next": "接下来怎么办", "title": "标题", "intro": "开头的话", "after": "到期以后怎么说",
    "say": "说的话",
    "conclusion": "结论", "spoken": "口播", "name": "名称", "summary": "概要", "conditions": "条件",
    "figures": "写明的数字", "today": "现在的情况", "article": "第几条", "number": "号码", "notes": "说明",
    "purpose": "能办什么", "address": "地址", "hours": "办理时间", "services": "办理的业务", "unit": "单位",
    "ask": "怎么问", "why": "为什么问", "unknown": "不知道时", "programs": "平台或产品",
    "official": "正规做法", "signs": "认得出的迹象", "do": "怎么办", "says": "对市民怎么说",
}  # fmt: skip
"""Fields of the content as people call them."""
_PARTS = {"conditions": "个条件", "results": "个结果", "values": "个数值", "choices": "个回答"}


def check_braces(library: Library, _on: date) -> Iterator[Finding]:
    """Braces in texts where nothing is filled in, and braces in answers that are no figure's."""
    for answer in library.answers.values():
        for steps, text in answer_texts(answer):
            yield from _found("answers", answer.id, steps, _FIGURE.sub("", text))
        for index, program in enumerate(answer.programs):
            yield from _found("answers", answer.id, ("programs", index), program.name)
    for kind, name, steps, text in _raw(library):
        yield from _found(kind, name, steps, text)


def _raw(library: Library) -> Iterator[tuple[str, str, tuple[str | int, ...], str]]:
    """Kind, id, place and text of everything that is said as it is written."""
    for check in library.checks.values():
        yield from (("checks", check.id, *text) for text in _check_texts(check))
    for clause in library.clauses.values():
        for steps, text in (*clause_texts(clause), (("article",), clause.article)):
            yield "clauses", clause.key, steps, text
    for notice in library.notices.values():
        yield from (("notices", notice.id, *text) for text in _notice_texts(notice))
    for contact in library.contacts.values():
        yield from (("contacts", contact.id, *text) for text in _contact_texts(contact))
    for fact in library.facts.values():
        for index, value in enumerate(fact.values):
            yield "facts", fact.id, ("values", index, "unit"), value.unit
    for question in library.questions.values():
        for steps, text in _question_texts(question):
            yield "questions", "", ("questions", question.id, *steps), text
    yield from (each for each in fraud_texts(library) if each[0] != "fraud")  # steps: refused when loaded


def _check_texts(check: Check) -> Iterator[Text]:
    for key in ("title", "intro", "after"):
        yield (key,), getattr(check, key)
    for index, condition in enumerate(check.conditions):
        for key in ("label", "met", "not_met", "unclear"):
            yield ("conditions", index, key), getattr(condition, key)
    for index, result in enumerate(check.results):
        yield ("results", index, "say"), result.say.replace(_VALUE, "")
    for verdict, text in (check.next_steps or {}).items():
        yield ("next", verdict), text


def _notice_texts(notice: Notice) -> Iterator[Text]:
    yield from ((("title",), notice.title), (("number",), notice.number))
    yield from ((("notes", index), note) for index, note in enumerate(notice.notes))


def _contact_texts(contact: ContactPoint) -> Iterator[Text]:
    for key in ("name", "number", "purpose", "address", "hours"):
        yield (key,), getattr(contact, key)
    yield from ((("services", index), service) for index, service in enumerate(contact.services))


def _question_texts(question: Question) -> Iterator[Text]:
    for key in ("ask", "why", "unit", "unknown"):
        yield (key,), getattr(question, key)
    yield ("label",), question.label if question.label != question.ask else ""
    for index, choice in enumerate(question.choices):
        yield ("choices", index, "say"), choice.say


def _found(kind: str, name: str, steps: tuple[str | int, ...], text: str) -> Iterator[Finding]:
    for found in _BRACES.findall(text):
        what = f"{_place(kind, steps)}里的“{found}”不会换成数字，市民会看到花括号"
        yield Finding(kind, name, f"{what}。{_mend(kind, found)}", steps)


def _mend(kind: str, found: str) -> str:
    if kind == "answers":
        return "请写成 {数字编号}，编号只有小写字母、数字和下划线"
    return "请改成不写数目的话，数目写到答复里" if _FIGURE.fullmatch(found) else "请删去花括号"


def _place(kind: str, steps: tuple[str | int, ...]) -> str:
    """Where in a record, in words: 第2个条件的“符合时说的话”."""
    of = f"提问 {steps[1]} 的" if kind == "questions" else ""
    own = steps[2:] if kind == "questions" else steps
    if own[0] == "next":
        return f"“{_FIELDS['next']}”（{_FIELDS[str(own[1])]}）"
    if len(own) == 3:
        return f"{of}第{int(own[1]) + 1}{_PARTS[str(own[0])]}的“{_FIELDS[str(own[2])]}”"
    at = f"第{int(own[1]) + 1}项" if len(own) == 2 and isinstance(own[1], int) else ""
    return f"{of}“{_FIELDS[str(own[-1] if not at else own[0])]}”{at}"
