"""A subject named and nothing asked of it: 成都公积金, or a line of the menu. Its needs are offered.

Why this file exists: the only word of such a message stands in a hundred clauses and answers, so any hit
would be chance.
"""

from __future__ import annotations

import re

from actions.outcome import Outcome, OutcomeKind, to_tap
from actions.place import place_of, remember
from actions.turn import Turn

_SHOWN = 8
_AROUND = re.compile(r"[的这那边在我里你们本地当呢啊吧，,。?？ ]|关于|问一?下|咨询")
_WORD = 2
"""Characters of the shortest word that names a topic."""


def listed(turn: Turn, topic_id: str) -> Outcome:
    """The needs of a topic to choose from, at most eight."""
    needs = list(turn.library.topics[topic_id].needs)[:_SHOWN]
    turn.conversation.pending = {"kind": "choices", "needs": needs}
    return Outcome(
        OutcomeKind.CLARIFY,
        f"{turn.library.topics[topic_id].name}，您想问哪一项？",
        choices=to_tap(turn.library, needs),
        suggestions=tuple(needs),
        asks="choice",
    )


def named_alone(turn: Turn) -> Outcome | None:
    """The topic's needs, where a place and a word of the topic's name are all that was said."""
    places = [e.text for e in turn.understanding.entities if e.kind == "city"] if turn.understanding else []
    rest = turn.text
    for place in places:
        rest = rest.replace(place, "")
    rest = _AROUND.sub("", rest)
    found = [t.id for t in turn.library.topics.values() if len(rest) >= _WORD and rest in t.name]
    if not places or len(found) != 1:
        return None
    remember(turn, place_of(turn))
    return listed(turn, found[0])
