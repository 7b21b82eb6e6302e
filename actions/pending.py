"""Answers to a question of ours: which city, which of these, shall I delete.

Why this file exists: what we asked last gives short words their meaning. Anything that is not an
answer is left to the later steps, and the question is dropped, not repeated.
"""

from __future__ import annotations

from dataclasses import replace

from actions import (
    check_words,
    facts,
    feedback,
    followup,
    handlers,
    handoff,
    phrases,
    privacy,
    program,
    sentence,
    titles,
    told,
    topics,
    wording,
)
from actions.answer import answer_at, answer_need
from actions.evidence import any_support, supports
from actions.outcome import Outcome, OutcomeKind, to_tap
from actions.place import Place, city_name, only_place, place_of, remember
from actions.turn import Turn
from content.model import NATIONAL


def step(turn: Turn) -> Outcome | None:
    """Take the pending question, once."""
    pending, turn.conversation.pending = turn.conversation.pending, {}
    match pending.get("kind"):
        case "city":
            return _city(turn, pending)
        case "choices":
            return _choice(turn, list(pending["needs"]), bool(pending.get("yes")))
        case "clauses":
            return _clause(turn, list(pending["keys"]))
        case "callback":
            return handoff.callback(turn)
        case "delete":
            return privacy.confirm(turn)
        case "topics":
            return _topic(turn, list(pending["topics"]))
        case "checks":
            return _checks(turn)
        case "reason":
            return feedback.reason(turn, dict(pending["about"]))
    return None


def _checks(turn: Turn) -> Outcome | None:
    """The city whose checks are to be listed."""
    if not only_place(turn) or not place_of(turn).city:
        return None
    remember(turn, place_of(turn))
    return titles.listed(turn)


def _city(turn: Turn, pending: dict[str, str]) -> Outcome | None:
    if wording.OTHER_CITY in turn.text:
        return _without_city(turn, pending)
    place = place_of(turn)
    if not place.said:
        return _told_first(turn, pending)
    if len(turn.text) > 12:
        return None
    remember(turn, place)
    need, aspect = pending["need"], pending.get("aspect", "")
    checks = turn.conversation.check.get("wanted") == need
    if aspect and not checks and turn.library.needs[need].handler == "answer" and not turn.said("aspect"):
        return replace(answer_need(turn, need, aspect), confidence=1.0)
    return handlers.handle(turn, need, 1.0)


def _told_first(turn: Turn, pending: dict[str, str]) -> Outcome | None:
    """没房 交了八个月 before the city is said: kept for the check, and the city is asked for again."""
    checks = [c for c in turn.library.checks.values() if c.need == pending["need"]]
    if not checks or sentence.asks(turn.text) or len(turn.text) > _STATEMENT:
        return None
    heard = told.hear_all(turn, checks[0], told.said(turn))
    for question, found in heard.items():
        facts.keep(turn.conversation, question.id, found.value, turn.now.date())
    if not heard:
        return None
    turn.conversation.check = {"wanted": pending["need"]}
    outcome = answer_need(turn, pending["need"], pending.get("aspect", ""))
    outcome.text = f"{check_words.TAKEN}{wording.ASK_CITY}"
    return outcome


def _without_city(turn: Turn, pending: dict[str, str]) -> Outcome:
    return answer_at(turn, pending["need"], Place(other=wording.YOUR_CITY), pending.get("aspect", ""))


def _choice(turn: Turn, needs: list[str], yes: bool = False) -> Outcome | None:
    number = phrases.list_number(turn.text) or (1 if yes and phrases.is_yes(turn.text) else None)
    if number is not None and number <= len(needs):
        return handlers.handle(turn, needs[number - 1], 1.0)
    for need in needs:
        if turn.text.strip() == turn.library.needs[need].say:
            return handlers.handle(turn, need, 1.0)
    return _which_first(turn, needs)


def _which_first(turn: Turn, needs: list[str]) -> Outcome | None:
    """A city, an aspect (啥子材料) or a fact before the subject was picked: taken in, and the list stays."""
    if only_place(turn) and place_of(turn).city:
        remember(turn, place_of(turn))
        return _list(turn, needs, wording.CLARIFY_HERE.format(city=city_name(turn, place_of(turn).city)))
    named = [n for n in needs if supports(turn.text, turn.library.needs[n].topic)]
    if turn.said("aspect") and len(turn.text) <= _ASPECT_ONLY and not any_support(turn):
        return (
            handlers.handle(turn, named[0], 1.0)
            if len(named) == 1
            else _list(turn, needs, wording.PICK_FIRST)
        )
    return _list(turn, needs, wording.PICK_FIRST) if _tells_of(turn, needs) else None


def _tells_of(turn: Turn, needs: list[str]) -> bool:
    """Whether a short statement tells a fact of what was offered, which is kept for its check."""
    if sentence.asks(turn.text) or len(turn.text) > _STATEMENT or followup.speaks_for_itself(turn):
        return False
    city = turn.conversation.city
    checks = [c for c in turn.library.checks.values() if c.need in needs and c.scope in {city, NATIONAL}]
    return bool([check for check in checks if told.take(turn, check)])


def _list(turn: Turn, needs: list[str], text: str) -> Outcome:
    turn.conversation.pending = {"kind": "choices", "needs": needs}
    choices = to_tap(turn.library, needs)
    return Outcome(
        OutcomeKind.CLARIFY, text, choices=choices, need=needs[0], suggestions=tuple(needs), asks="choice"
    )


_STATEMENT = 12
"""Characters of the longest statement that only adds something before the subject was picked."""
_ASPECT_ONLY = 8
"""Characters up to which an aspect is asked for without a subject."""


def _topic(turn: Turn, ids: list[str]) -> Outcome | None:
    number = phrases.list_number(turn.text)
    if number is not None and number <= len(ids):
        return topics.listed(turn, ids[number - 1])
    if number == len(ids) + 1:
        return handoff.start(turn)
    named = [t for t in ids if turn.library.topics[t].name == turn.text.strip()]
    return topics.listed(turn, named[0]) if named else None


def _clause(turn: Turn, keys: list[str]) -> Outcome | None:
    number = phrases.list_number(turn.text)
    if number is not None and number <= len(keys):
        return program.answer_clause(turn, keys[number - 1])
    named = [k for k in keys if turn.library.clauses[k].name in turn.text]
    return program.answer_clause(turn, named[0]) if len(named) == 1 else None


def said_line(turn: Turn) -> Outcome | None:
    """The words of a tappable line: the exact ``say`` of a need is answered without a classifier."""
    for need in turn.library.needs.values():
        if need.say == turn.raw.strip():
            return handlers.handle(turn, need.id, 1.0)
    return None


def city_changed(turn: Turn) -> Outcome | None:
    """A message that is only a place: remember it and say so, when nothing else is open."""
    place = place_of(turn)
    if not place.said or turn.conversation.need or not only_place(turn):
        return None
    remember(turn, place)
    if not place.city:
        return None
    text = wording.CITY_SET.format(city=city_name(turn, place.city))
    return Outcome(OutcomeKind.ANSWERED, f"{text}{wording.CAN_DO}", city=place.city)
