"""Hears the answer to one question of a check: 两年多, 刚半年, 有, 租的, 第二个.

Why this file exists: a form on a phone is filled with words. It turns words into a fact's value and
says plainly when it heard none; it must not know which check is asking.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cache

from actions import days, phrases, sentence
from content.criterion import FactInput, Question
from nlu.text import entities
from nlu.text.names import city_names
from nlu.text.numbers import NUMERAL, number

_YES_START = re.compile(r"^(有|是|对|嗯|恩|当然|肯定|已经|结了|交过|办了|可以|能|要|会|需要|确实)")
_NO_START = re.compile(r"^(没|不|无|否|从没|还没|未)")
_ECHO = re.compile(r"^(?:都|已经|早就|也|我)*([^没不未无还了过]{1,3})(?:了|过)[的呀啊哦]*$")
"""落了, 开过: the question's own verb said back is a yes."""
_SOME = re.compile("几")
"""好几个月 tells no number."""
_BARE = re.compile(
    rf"^[^0-9零〇一二两三四五六七八九十百千]*(?P<n>{NUMERAL})\s*(?P<unit>[个口人名岁套次块元年月%]*).{{0,4}}$"
)
_BROKEN = re.compile(r"(?<![没不无])(?<!没有)断(?!.{0,8}(?:后|又|重新|再|接|续))")
"""中间断了一个月: months before a break do not count on, so how many do is not known."""
_COUNTED = re.compile("[口人名岁套次]")
"""一套 counts homes, never months or money."""
_SPAN = re.compile("[块元年月]")
"""一年 is a length of time, never an age or a number of children."""
_EVERYWHERE = frozenset(
    "的了有没不无未还是您我你他她在这那个吗呢吧和或也都就已经可以能会要过给到上里哪什么么行好"
)
"""Letters that tell nothing about what a question is about."""
_LETTERS = re.compile(r"[\u4e00-\u9fff]")
_COME = r"(?<![以近从本看后原下起算])来|到(?:这|此|城里|本地|{cities})|住|待|呆"
_DEEDS = (_COME, r"打工|上班|工作|务工|干(?:了|活)", r"落|迁|户口", r"交|缴|存", r"执照|注册|办")
"""What a span of time may be counted from: coming, working, settling, paying, registering."""
_BEFORE = re.compile(r"以前|之前|从前|原来|原先|曾|(?:待|住|呆|干|打工|工作|上班|读)过")
"""以前在北京打工 tells nothing of today."""
_SIGN = re.compile(r"^(>=|<=|>|<|~)?(.+)$")


@dataclass(frozen=True, slots=True)
class Heard:
    """``found`` False: nothing usable was said. ``vague``: the value is an estimate（大概、多）.

    ``loose``: taken from a sentence that only begins like a yes or a no.
    """

    found: bool
    value: FactInput = None
    vague: bool = False
    loose: bool = False


NOTHING = Heard(False)


def hear(question: Question, text: str, today: date | None = None) -> Heard:
    """The value said for this question; ``NOTHING`` when the text is no answer to it, or asks itself.

    Args:
        question: the fact.
        text: what was said.
        today: for 去年 and 上个月; without it only days in full are heard.
    """
    text = sentence.plain_no(text.strip())
    if sentence.asks(text) and text not in {c.say for c in question.choices}:
        return NOTHING
    match question.kind:
        case "yes_no":
            return _yes_no(question, text)
        case "choice":
            return _choice(question, text)
        case "date":
            return _date(days.dated(text, today) if today else text)
        case _:
            return _number(question, text, today)


def _yes_no(question: Question, text: str) -> Heard:
    said = [(len(w), True) for w in question.yes if sentence.affirms(text, w)] + [
        (len(w), False) for w in question.no if w in text
    ]
    if said:
        return Heard(True, max(said)[1])
    first = sentence.head(text)
    if phrases.is_no(first) or phrases.is_yes(first):
        return Heard(True, phrases.is_yes(first))
    echo = _ECHO.match(first)
    if echo and _subject(echo[1]) & _letters_of_yes(question):
        return Heard(True, True, loose=True)
    for start, value in ((_NO_START, False), (_YES_START, True)):
        if start.match(text) and _about(question, text):
            return Heard(True, value, loose=True)
    return NOTHING


def _about(question: Question, text: str) -> bool:
    """Whether a short text that begins with a yes or no speaks of nothing but the question's subject."""
    if len(text) > 12:
        return False
    return len(_subject(text)) < 2 or shared_letters(question, text) > 0


def shared_letters(question: Question, text: str) -> int:
    """How many letters that carry a subject a text shares with a question and its answers."""
    return len(_subject(text) & _own_letters(question))


def _own_letters(question: Question) -> set[str]:
    return _subject("".join([question.ask, question.label, *question.yes, *question.no]))


def _letters_of_yes(question: Question) -> set[str]:
    """The letters whose echo is a yes; 店早关了 echoes only the words of a no."""
    asked = _subject("".join([question.ask, question.label, *question.yes]))
    return asked - (_subject("".join(question.no)) - _subject("".join(question.yes)))


def _subject(text: str) -> set[str]:
    return set(_LETTERS.findall(text)) - _EVERYWHERE


def _choice(question: Question, text: str) -> Heard:
    picked = phrases.list_number(text)
    if picked is not None and picked <= len(question.choices):
        return Heard(True, question.choices[picked - 1].id)
    said = [(len(w), c.id) for c in question.choices for w in (c.say, *c.sayings) if w in text]
    return Heard(True, max(said)[1]) if said else NOTHING


@cache
def _deeds() -> tuple[re.Pattern[str], ...]:
    cities = "|".join(map(re.escape, city_names()))
    return tuple(re.compile(deed.format(cities=cities)) for deed in _DEEDS)


def _of_another_deed(question: Question, text: str) -> bool:
    """Whether a span is told of another deed than the question's: 来了五年 is no time since settling."""
    told = {deed for deed in _deeds() if deed.search(text)}
    return bool(told) and not any(deed.search(question.ask) for deed in told)


def _number(question: Question, text: str, today: date | None) -> Heard:
    if question.kind in {"months", "years"} and _of_another_deed(question, text):
        return NOTHING
    if "连续" in question.ask and _BROKEN.search(text):
        return Heard(True, None)
    kind = "amount" if question.kind == "money" else "duration"
    spans = [f.value for f in entities(text) if f.kind == kind and not _SOME.search(f.text)]
    if spans and question.kind in {"money", "months", "years"}:
        return _fit(question, *_estimate(spans[0], question))
    since = days.months_since(days.dated(text, today), today) if today else None
    if since and question.grows:
        return _fit(question, since[0] / (12 if question.kind == "years" else 1), since[1])
    bare = _BARE.match(text)
    if not bare or len(text) > 12:
        return NOTHING
    if (_SPAN if question.kind == "number" else _COUNTED).search(bare["unit"]):
        return NOTHING
    return _fit(question, number(bare["n"]), False)


def _estimate(span: str, question: Question) -> tuple[Decimal, bool]:
    """A value that lies where the words put it: 两年多 is 30 months, 不到一年 is 11."""
    found = _SIGN.match(span)
    assert found is not None
    sign, value = found[1] or "", Decimal(found[2])
    step = Decimal(6) if value >= 12 and value % 12 == 0 else Decimal("0.5")
    if question.kind == "money":
        step = value / 20
    if sign == ">":
        value += step
    elif sign == "<":
        value -= min(step, Decimal(1)) if question.kind != "money" else step
    if question.kind == "years":
        value /= 12
    return value, bool(sign)


def _fit(question: Question, value: Decimal, vague: bool) -> Heard:
    low, high = question.minimum, question.maximum
    if (low is not None and value < low) or (high is not None and value > high):
        return NOTHING
    return Heard(True, int(value) if question.kind == "months" else value, vague)


def _date(text: str) -> Heard:
    spans = [f.value for f in entities(text) if f.kind == "date" and re.match(r"\d{4}", f.value)]
    if not spans:
        return NOTHING
    parts = [int(p) for p in spans[0].split("-")]
    return Heard(True, date(*([*parts, 1, 1])[:3]))


def volunteered(question: Question, text: str, elsewhere: Callable[[str], bool] = bool) -> Heard:
    """A fact told without being asked, by the question's own ``hears`` patterns.

    Args:
        question: the fact.
        text: what was said.
        elsewhere: whether a piece of the text names a place that is not the check's city; a home or
            hukou there is none here. Asked for local facts only.
    """
    text = sentence.plain_no(text)
    for pattern, value in question.hears:
        places = list(re.finditer(pattern, text))
        if not places:
            continue
        found = next((place for place in places if not elsewhere(place[0])), places[0])
        captured = found[found.lastindex or 0].rstrip("呢?？")  # 要是只交了一个月呢 names the span
        if value is None and "连续" in question.ask and _BROKEN.search(text):
            return Heard(True, None)
        heard = Heard(True, value) if value is not None else hear(question, captured)
        if heard.value is True and question.local and elsewhere(found[0]):
            return NOTHING if _BEFORE.search(text) else Heard(True, False)
        if heard.found:
            return heard
    return NOTHING


def says_by_name(question: Question, text: str) -> Heard:
    """An answer in the question's own words (有房, 没落户), never a bare yes or no."""
    if question.kind not in {"yes_no", "choice"} or not any(
        w in text for w in (*question.yes, *question.no, *_choice_words(question)) if len(w) > 1
    ):
        return NOTHING
    return hear(question, text)


def _choice_words(question: Question) -> list[str]:
    return [w for c in question.choices for w in (c.say, *c.sayings)]
