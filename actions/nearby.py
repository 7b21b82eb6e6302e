"""A bare follow-up that means a neighbour of the last need: 多久到账 after 怎么提, 租房 after 公积金怎么提.

Why this file exists: alone such words belong to any subject, and the classifier picks the commonest.
After an answer they belong to its topic, where one need says just that.
"""

from __future__ import annotations

import re

from actions import detail, handlers, sentence
from actions.evidence import WITHOUT_SUBJECT, bare, supports
from actions.followup import NATIONAL, says_nothing_own
from actions.outcome import Outcome
from actions.place import only_place
from actions.thresholds import load_thresholds
from actions.turn import Turn
from content.model import Need

SHORT = 12
"""Characters up to which a message may lack a subject of its own."""
_SHARE = 0.15
"""Share from which a neighbour is preferred to a guess that is not sure (dev follow-ups: 0.22 to 0.25)."""
_LEAST = 0.03
"""The same where the last answer says nothing on the aspect asked for, and the message has own words."""
_ONLY_ASKS = re.compile(
    r"怎么办?|咋办?|如何|找谁|问谁|哪里?|什么|啥|多少|多久|条件|材料|行吗|可以|能不能|有哪些|几|办|要"
)
"""Words of a question that belong to no need in particular."""
_IS_DETAIL = re.compile(r"^.{2,9}呢[?？]?$")
_PARTICLES = re.compile(r"^(?:那么?|我想|我要|我是|就是|是|要)+|[的呢啊呀吗嘛吧了?？。,，! ]+$")


def step(turn: Turn) -> Outcome | None:
    """The neighbour's answer, where the message names it or the classifier leans to it."""
    last = turn.library.needs.get(turn.conversation.need)
    if last is None or last.handler != "answer" or len(turn.text) > SHORT or only_place(turn):
        return None
    if NATIONAL.match(turn.text):
        return None
    if _IS_DETAIL.search(turn.text):
        told = detail.found(turn, last.id)
        if told is not None:
            return told
    found = _named(turn, last) or _leaned_to(turn, last)
    return handlers.handle(turn, found, 1.0) if found else None


def _neighbours(turn: Turn, last: Need) -> list[Need]:
    needs = (turn.library.needs[n] for n in turn.library.topics[last.topic].needs)
    return [n for n in needs if n.id != last.id and n.handler == "answer"]


def _named(turn: Turn, last: Need) -> str:
    """The one neighbour whose own words hold the whole message, or the last need asked once more."""
    words = _PARTICLES.sub("", turn.text)
    if len(_ONLY_ASKS.sub("", words)) < 2:
        return ""
    if words in last.say:
        return last.id if turn.said("aspect") else ""
    holding = [n.id for n in _neighbours(turn, last) if words in n.say]
    return holding[0] if len(holding) == 1 else ""


def _leaned_to(turn: Turn, last: Need) -> str:
    """The neighbour the classifier gives most, where no other subject is sure or named."""
    ranking = turn.ranking
    if not ranking or not _asks(turn) or _elsewhere(turn, last, *ranking[0]):
        return ""
    least = _SHARE if _says_aspect(turn, last) or says_nothing_own(turn) else _LEAST
    near = {n.id for n in _neighbours(turn, last)}
    own = dict(ranking).get(last.id, 0.0)
    best = next(((n, c) for n, c in ranking if n in near), ("", 0.0))
    return best[0] if best[1] >= least and best[1] > own else ""


def _asks(turn: Turn) -> bool:
    aspects = turn.said("aspect")
    return bool(aspects) or sentence.asks(turn.text)


def _elsewhere(turn: Turn, last: Need, best: str, confidence: float) -> bool:
    """Whether another subject is sure, with a word of its own in the message."""
    known = turn.library.needs.get(best)
    if known is None or known.topic == last.topic:
        return known is not None
    sure = confidence >= load_thresholds().answer_at and not bare(turn)
    if known.topic in WITHOUT_SUBJECT:
        return sure
    return sure and supports(turn.text, known.topic)


def _says_aspect(turn: Turn, last: Need) -> bool:
    """Whether the last answer has a word on the aspect asked for (or none is asked for)."""
    aspects = turn.said("aspect")
    found = turn.library.answer(last.id, turn.conversation.city, turn.now.date()).answer
    return not aspects or (found is not None and aspects[-1] in found.aspects)
