"""Answers to a question of ours: which city, which of these, shall I delete.

Why this file exists: what we asked last gives short words their meaning. Anything that is not an
answer is left to the later steps, and the question is dropped, not repeated.
"""

from __future__ import annotations

from actions import events, feedback, handlers, handoff, phrases, privacy, program, titles, wording
from actions.answer import answer_at
from actions.evidence import any_support
from actions.outcome import Choice, Outcome, OutcomeKind
from actions.place import Place, city_name, only_place, place_of, remember
from actions.turn import Turn


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
    if not place.said or len(turn.text) > 12:
        return None
    remember(turn, place)
    return handlers.handle(turn, pending["need"], 1.0)


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
    """An aspect alone (啥子材料) before the subject was picked: the list stays."""
    aspects = turn.said("aspect")
    if not aspects or len(turn.text) > _ASPECT_ONLY or any_support(turn):
        return None
    turn.conversation.pending = {"kind": "choices", "needs": needs}
    choices = tuple(Choice(turn.library.needs[n].say) for n in needs)
    return Outcome(
        OutcomeKind.CLARIFY, wording.PICK_FIRST, choices=choices, need=needs[0], suggestions=tuple(needs),
        asks="choice",
    )  # fmt: skip


_ASPECT_ONLY = 8
"""Characters up to which an aspect is asked for without a subject."""


def _topic(turn: Turn, topics: list[str]) -> Outcome | None:
    number = phrases.list_number(turn.text)
    if number is not None and number <= len(topics):
        return events.topic(turn, topics[number - 1])
    if number == len(topics) + 1:
        return handoff.start(turn)
    named = [t for t in topics if turn.library.topics[t].name == turn.text.strip()]
    return events.topic(turn, named[0]) if named else None


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
