"""A detail of the last answer: the part of it that holds the words asked about, or its short form.

Why this file exists: "我没居住证" and "填哪个医院" after an answer are about that answer. What is
written there about the word is said again alone; nothing is composed.
"""

from __future__ import annotations

import re

from actions.answer import answer_need
from actions.outcome import Outcome
from actions.place import place_of
from actions.turn import Turn
from content.figures import fill
from content.model import Answer

_ASIDE = re.compile(
    r"^(?:那|但|可是?|不过|万一|要是|如果|还有)?(?:我|他|她|家里|孩子)?(?:没有?|没得|还没|不是|有|可以|能|已经)"
)
_REFERS = re.compile(
    r"^(?:那|但|可是?|不过|万一|要是|如果|还有|填|写|选|带)|^(?:管|算|有)(?:多久|几年|用)|^.{2,9}呢[?？]?$"
    r"|(?:行不行|行吗|行不|可以吗|得行不|有没有关系|有影响吗|要紧吗)[?？]?$"
    r"|^(?:要|需要|用|得有|得办)[^，。]{2,8}[吗不么][?？]?$"
)
_OTHER = re.compile(r"别的|其他|其它|另外")
_FILLER = re.compile(
    r"那|但是?|可是|不过|万一|要是|如果|还有|我|他|她|没有|没得|没|有|是|的|了|吗|呢|么|啊|不|能|可以|怎么|哪个|哪|什么|啥|多少|办|要|就|也|个|拿出来|出来|知道"
)
_WORD = 2
"""Characters of the shortest word that finds its place in an answer."""


def found(turn: Turn, need: str) -> Outcome | None:
    """The aspect of the last answer that speaks of the message's own word, or None."""
    if (
        need not in turn.library.needs
        or _OTHER.search(turn.text)
        or not (_ASIDE.match(turn.text) or _REFERS.search(turn.text))
    ):
        return None
    return spoken_of(turn, need)


def spoken_of(turn: Turn, need: str) -> Outcome | None:
    """The aspect of a need's answer that speaks of the message's own words, or None."""
    answer = _answer(turn, need)
    aspect = _speaking_of(answer, turn.text) if answer else ""
    return answer_need(turn, need, aspect) if aspect else None


def _answer(turn: Turn, need: str) -> Answer | None:
    return turn.library.answer(need, place_of(turn).city, turn.now.date()).answer


def _speaking_of(answer: Answer, text: str) -> str:
    """The aspect holding most of the message's word pairs; "" where none holds any."""
    pairs = word_pairs(text)
    score = {name: sum(pair in said for pair in pairs) for name, said in answer.aspects.items()}
    if not any(score.values()) and "condition" in score and any(pair in answer.conclusion for pair in pairs):
        return "condition"
    best = max(score, key=lambda name: score[name], default="")
    return best if best and score[best] else ""


def word_pairs(text: str) -> set[str]:
    """Pairs of letters of the message's own words, without what stands in any sentence."""
    rest = [piece for piece in _FILLER.sub(" ", text).split() if len(piece) >= _WORD]
    return {piece[i : i + _WORD] for piece in rest for i in range(len(piece) - 1)}


def shortly(turn: Turn, need: str) -> Outcome:
    """The last answer in one sentence: its conclusion, with source and contact as before."""
    outcome = answer_need(turn, need, turn.conversation.aspect)
    answer = _answer(turn, need)
    if answer is None or outcome.asks:
        return outcome
    conclusion = fill(answer.conclusion, turn.library.facts, turn.now.date()).text
    outcome.text = f"简单说：{conclusion}"
    return outcome
