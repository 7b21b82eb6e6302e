"""Shape: grounds, contact points, sizes, and answers where needs have none.

Why this file exists: a reply without source, without anybody to ask, or longer than one WeChat
text never reaches a citizen.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from content import voices
from content.checking.finding import Finding, answer_texts
from content.figures import placeholders
from content.find import Library
from content.model import ASPECTS, Answer

LONGEST_BYTES = 2048
"""WeChat's limit for one text message, in UTF-8 bytes."""

ABOUT_MATTERS = frozenset({"answer", "program", "fraud"})
"""Handlers whose answers state something about the world and so need grounds; the others speak of
the assistant itself."""


def check_shape(library: Library, on: date) -> Iterator[Finding]:
    """Every answer and clause as it would be sent, and every need without an answer."""
    for answer in library.answers.values():
        if library.needs[answer.need].handler in ABOUT_MATTERS:
            yield from _grounds(answer)
        asked = ("", *(name for name in ASPECTS if name in answer.aspects))
        for voice in voices.chats(answer, library, on, asked):
            yield from _size("answers", answer.id, voice)
    for clause in library.clauses.values():
        yield from _size("clauses", clause.key, voices.clause_chat(clause, library, on))
    yield from _unanswered(library)


def _grounds(answer: Answer) -> Iterator[Finding]:
    figures = any(placeholders(text) for _, text in answer_texts(answer))
    if answer.status == "verified" and not (answer.cites or answer.sources or figures):
        yield Finding("answers", answer.id, "verified 的答复要有依据：cites、sources 或有出处的数目")
    if not 1 <= len(answer.contacts) <= 3:
        yield Finding("answers", answer.id, "contacts 要写 1–3 个联系点", ("contacts",))
    if len(answer.follow_ups) > 3:
        yield Finding("answers", answer.id, "follow_ups 最多 3 个", ("follow_ups",))


def _size(kind: str, name: str, voice: voices.Voice) -> Iterator[Finding]:
    size = len(f"{voice.text}\n{voice.citation}".encode())
    if size > LONGEST_BYTES:
        yield Finding(kind, name, f"发出去有 {size} 字节，最多 {LONGEST_BYTES} 字节，请删短")


def _unanswered(library: Library) -> Iterator[Finding]:
    for need in library.needs.values():
        if need.handler == "answer" and need.id not in library.answers:
            yield Finding("topics", "", f"事项 {need.id} 没有全国答复", ("topics", need.topic))
