"""还有呢, 说详细点: the part of the last answer not said yet, and an honest end when there is none.

Why this file exists: a follow-up must not get the same words twice. What is left of the record is said
part by part; what the record does not hold is said to be missing, with whom to ask.
"""

from __future__ import annotations

import re

from actions import wording
from actions.answer import answer_need, follow_ups
from actions.contacts import contact_line
from actions.outcome import Choice, Outcome, OutcomeKind
from actions.place import place_of
from actions.turn import Turn
from content.model import ASPECTS, Answer
from content.voices import chat

_MORE = re.compile(
    r"^(?:那|然后|就这些)?[,， ]*(?:还有|别的|其他的?|其它的?)(?:什么|啥子?)?(?:要求|要注意的)?"
    r"[呢吗么没不]?(?:有)?[?？]?$"
    r"|^(?:上面|刚才|前面)?(?:那个|那条|这个|这条)?(?:能不能|可以|请|麻烦|你|再)*(?:说|讲|写)?(?:得)?"
    r"(?:再)?(?:详细|具体|仔细|清楚)(?:点|一点|些|一些)?(?:说|讲)?(?:说|讲|吗|么|嘛|下|一下)*[?？]?$"
    r"|^(?:展开|多|接着|继续)(?:说说?|讲讲?)(?:点|一下|看)?$"
)


def asked(text: str) -> bool:
    """Whether nothing but more of the same is asked for."""
    return bool(_MORE.search(text))


def step(turn: Turn, need: str) -> Outcome:
    """The whole answer after a part of it, then what the whole left out, then that there is no more."""
    answer = turn.library.answer(need, place_of(turn).city, turn.now.date()).answer
    if answer is None or turn.conversation.aspect not in {"", *_left_out(turn, answer)}:
        return answer_need(turn, need)
    said = {str(note.get("aspect", "")) for note in turn.conversation.recent if note["need"] == need}
    left = [name for name in _left_out(turn, answer) if name not in said]
    return answer_need(turn, need, left[0]) if left else nothing(turn, need)


def _left_out(turn: Turn, answer: Answer) -> list[str]:
    """Aspects that the answer holds and its short form does not say."""
    lines = chat(answer, turn.library, turn.now.date()).text.splitlines()
    return [n for n in answer.aspects if not any(line.startswith(f"{ASPECTS[n]}：") for line in lines)]


def nothing(turn: Turn, need: str) -> Outcome:
    """The record holds no more than what was said: whom to ask, and where to go on."""
    known = turn.library.needs[need]
    place = place_of(turn)
    found = turn.library.answer(need, place.city, turn.now.date()).answer
    lines = [
        wording.NOTHING_MORE.format(what=known.say),
        contact_line(turn.library.contacts_for(need, place.city)),
    ]
    ways = (*(follow_ups(turn, found, known) if found else ()), Choice("人工"))
    return Outcome(
        OutcomeKind.CLARIFY,
        "\n".join(filter(None, lines)),
        choices=ways,
        need=need,
        confidence=1.0,
        city=place.city,
    )


def unless_said(turn: Turn, outcome: Outcome) -> Outcome:
    """A follow-up's outcome; where it would repeat the last reply, the whole answer, then that it is all."""
    if not _just_said(turn, outcome) or outcome.asks:
        return outcome
    whole = answer_need(turn, outcome.need) if outcome.aspect else outcome
    return nothing(turn, outcome.need) if _just_said(turn, whole) else whole


def _just_said(turn: Turn, outcome: Outcome) -> bool:
    last = turn.conversation.recent[-1] if turn.conversation.recent else {}
    said = (last.get("answer_id"), last.get("aspect"))
    return bool(outcome.answer_id) and (outcome.answer_id, outcome.aspect) == said


def not_written(turn: Turn, need: str, guessed: Outcome) -> Outcome:
    """The record does not speak of it: whom to ask, and what else it might have been, still to pick."""
    known = turn.library.needs[need]
    contacts = contact_line(turn.library.contacts_for(need, place_of(turn).city))
    guessed.text = "\n".join(filter(None, [wording.NOT_WRITTEN.format(what=known.say), contacts]))
    guessed.offer, guessed.need = wording.OR_ANOTHER, need
    return guessed
