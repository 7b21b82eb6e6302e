"""Days: nothing checked in the future, nothing past its end shown as current.

Why this file exists: what was true last year is the commonest wrong answer.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from content import voices
from content.checking.finding import Finding, answer_texts
from content.find import Library
from content.model import Answer

_END = re.compile(
    r"(?:到|至)(\d{4})年(\d{1,2})月(\d{1,2})日|(\d{4})年(\d{1,2})月(\d{1,2})日(?:止|前|为止|以前|到期|截止|结束)"
)
_SAID_TO_BE_OVER = re.compile(r"已|过期|曾|原来|当时|过去|之前的|不再|结束|停")


def check_days(library: Library, on: date) -> Iterator[Finding]:
    """Days of checking later than ``on``; ends in the past that a current answer still announces."""
    yield from _checked_later(library, on)
    for answer in library.answers.values():
        yield from _ends_in_the_past(answer, on)
        yield from _silent_about_expiry(answer, library, on)


def _checked_later(library: Library, on: date) -> Iterator[Finding]:
    dated = [
        *(("notices", notice.id, notice.checked_on) for notice in library.notices.values()),
        *(("answers", answer.id, answer.checked_on) for answer in library.answers.values()),
        *(("contacts", contact.id, contact.checked_on) for contact in library.contacts.values()),
    ]
    for kind, name, checked_on in dated:
        if checked_on > on:
            yield Finding(kind, name, f"核验日期 {checked_on} 晚于 {on}", ("checked_on",))
    for fact in library.facts.values():
        for index, value in enumerate(fact.values):
            if value.checked_on > on:
                yield Finding(
                    "facts",
                    fact.id,
                    f"核验日期 {value.checked_on} 晚于 {on}",
                    ("values", index, "checked_on"),
                )


def _ends_in_the_past(answer: Answer, on: date) -> Iterator[Finding]:
    if answer.valid_to is not None and on > answer.valid_to:
        return
    for steps, text in answer_texts(answer):
        if steps == ("after",):
            continue
        for sentence in re.split(r"[。；！？\n]", text):
            ended = [day for day in _days(sentence) if day < on]
            if ended and not _SAID_TO_BE_OVER.search(sentence):
                yield Finding("answers", answer.id, f"{ended[0]} 已过，请写 valid_to 和 after", steps)


def _days(sentence: str) -> Iterator[date]:
    for groups in _END.findall(sentence):
        year, month, day = (int(part) for part in groups if part)
        try:
            yield date(year, month, day)
        except ValueError:
            continue


def _silent_about_expiry(answer: Answer, library: Library, on: date) -> Iterator[Finding]:
    """The rendered reply has to say so when every notice it stands on has ended."""
    notices = [library.notices[i] for i in {cite.split("#")[0] for cite in answer.cites}]
    if not notices or any(n.status_on(on) not in ("expired", "superseded") for n in notices):
        return
    voice = voices.chat(answer, library, on)
    if not re.search(r"过期|取代|到期|为止|结束", voice.text + voice.citation):
        yield Finding("answers", answer.id, "依据的文件都已到期，答复却没有说明")
