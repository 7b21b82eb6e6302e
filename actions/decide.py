"""From a ranking to a reply: answer, ask back, search, or say that it was not understood.

Why this file exists: a confident wrong answer costs someone money, so the choice between answering
and asking back is made in one place, from one calibrated confidence and the words in the text.
"""

from __future__ import annotations

from actions import handlers, insured, panic, program, topics, without_rasa, wording
from actions.after_fraud import UNDER_WAY, VICTIM
from actions.evidence import supports
from actions.outcome import Choice, Outcome, OutcomeKind, to_tap
from actions.place import place_of, remember
from actions.thresholds import Thresholds, load_thresholds
from actions.turn import Turn

_UNDERSTOOD = {"out_of_scope", "chitchat"}
HALF_SURE = 0.45
"""Confidence from which a curated answer of the same subject stands above a clause."""
DECLINE_AT = 0.35
"""Share of out-of-scope needs from which a message is declined rather than asked back."""
_WORTH_NAMING = 0.1
CERTAIN = 0.97
"""Confidence from which no other need is offered (other writers' questions: 96 % of needs right above it)."""
_MAY_BE_ANOTHER = {
    OutcomeKind.NEEDS_CITY,
    OutcomeKind.ANSWERED,
    OutcomeKind.ANSWERED_NATIONALLY,
    OutcomeKind.NOT_IN_SOURCES,
    OutcomeKind.CITY_NOT_COVERED,
    OutcomeKind.EXPIRED,
}


def step(turn: Turn) -> Outcome | None:
    """Decide on the ranking; always ends the turn."""
    ranking = turn.ranking
    ranking = tuple((n, c) for n, c in ranking if n in turn.library.needs)
    if not ranking:
        return without_rasa.answer(turn) or not_understood(turn)
    limits = load_thresholds()
    best, confidence = ranking[0]
    unclear = panic.says_nothing(turn) or (confidence >= panic.CLEARLY and panic.too_little(turn, confidence))
    if best in {VICTIM, UNDER_WAY} and unclear:
        return panic.ask(turn)
    named = None if _curated(turn, ranking, limits) else topics.named_alone(turn) or _clause(turn, ranking)
    if named is not None:
        return named
    if _sure(turn, ranking, limits):
        return _with_others(turn, handlers.handle(turn, best, confidence), ranking)
    away = insured.away_from_home(turn, ranking)
    if away:
        return _with_others(turn, handlers.handle(turn, away, confidence), ranking)
    if _elsewhere(turn, ranking):
        return _declined(turn, ranking)
    offered = _close_calls(turn, ranking, limits)
    if offered:
        return _clarify(turn, offered, ranking)
    return program.by_search(turn, best, confidence) or not_understood(turn, best, confidence)


def _with_others(turn: Turn, outcome: Outcome, ranking: tuple[tuple[str, float], ...]) -> Outcome:
    """Below near certainty the runners-up stand under the answer, to tap if it was not meant."""
    asks_city = outcome.kind == OutcomeKind.NEEDS_CITY
    if outcome.confidence >= CERTAIN or outcome.kind not in _MAY_BE_ANOTHER:
        return outcome
    if outcome.asks and not asks_city:
        return outcome
    likely = [n for n, _ in ranking[:3] if n != outcome.need][:2]
    others = [n for n in likely if turn.library.needs[n].topic not in _UNDERSTOOD]
    if others and asks_city:
        _beside_cities(turn, outcome, others)
    elif others:
        outcome.offer_instead(turn.library, others, wording.OR_ANOTHER)
    return outcome


def _beside_cities(turn: Turn, outcome: Outcome, others: list[str]) -> None:
    """The runners-up after the cities, so that nobody chooses a city for what they did not ask."""
    outcome.suggestions = tuple(others)
    outcome.choices += to_tap(turn.library, others)
    outcome.text += wording.NOT_THIS_BUT.format(what=turn.library.needs[outcome.need].say)


def _elsewhere(turn: Turn, ranking: tuple[tuple[str, float], ...]) -> bool:
    """Whether the message is most likely none of our subjects, though no need of that kind is sure."""
    share = sum(c for n, c in ranking if turn.library.needs[n].topic == "out_of_scope")
    return turn.library.needs[ranking[0][0]].topic == "out_of_scope" and share >= DECLINE_AT


def _declined(turn: Turn, ranking: tuple[tuple[str, float], ...]) -> Outcome:
    """A polite no, with what it might have been after all."""
    outcome = handlers.handle(turn, *ranking[0])
    others = [
        n for n, c in ranking[1:4] if c >= _WORTH_NAMING and turn.library.needs[n].topic not in _UNDERSTOOD
    ]
    if others:
        outcome.offer_instead(turn.library, others[:2], wording.OR_ANOTHER)
    return outcome


def _clause(turn: Turn, ranking: tuple[tuple[str, float], ...]) -> Outcome | None:
    """What the words plainly name; under the curated answer where that subject is half sure already."""
    best, confidence = ranking[0]
    clause = program.plain_hit(turn)
    if clause is None:
        return None
    need = turn.library.needs[best]
    same = clause.need in turn.library.needs and turn.library.needs[clause.need].topic == need.topic
    if same and confidence >= HALF_SURE and need.handler == "answer":
        return _with_others(turn, handlers.handle(turn, best, confidence), ranking)
    return program.say(turn, clause, best, confidence)


def _curated(turn: Turn, ranking: tuple[tuple[str, float], ...], limits: Thresholds) -> bool:
    """Whether a curated policy answer is in view, so that a clause is only added to it."""
    best = turn.library.needs[ranking[0][0]]
    return best.topic not in _UNDERSTOOD and _sure(turn, ranking, limits)


def _sure(turn: Turn, ranking: tuple[tuple[str, float], ...], limits: Thresholds) -> bool:
    best, confidence = ranking[0]
    lead = confidence - (ranking[1][1] if len(ranking) > 1 else 0.0)
    if confidence < limits.answer_at or lead < limits.margin:
        return False
    topic = turn.library.needs[best].topic
    return topic in _UNDERSTOOD or supports(turn.text, topic) or confidence >= 1 - (1 - limits.answer_at) / 3


def _close_calls(
    turn: Turn, ranking: tuple[tuple[str, float], ...], limits: Thresholds
) -> tuple[tuple[str, float], ...]:
    """Up to three needs worth offering; none where the text has no word of ours and nothing leads."""
    near = tuple((n, c) for n, c in ranking[:4] if c >= limits.offer_at)
    serious = tuple((n, c) for n, c in near if turn.library.needs[n].topic not in _UNDERSTOOD)[:3]
    if not near or (turn.library.needs[ranking[0][0]].topic in _UNDERSTOOD and len(serious) < 2):
        return ()
    return serious


def _clarify(
    turn: Turn, offered: tuple[tuple[str, float], ...], ranking: tuple[tuple[str, float], ...]
) -> Outcome:
    needs = [n for n, _ in offered]
    remember(turn, place_of(turn))
    turn.conversation.pending = {"kind": "choices", "needs": needs, "yes": len(needs) == 1}
    return Outcome(
        OutcomeKind.CLARIFY,
        wording.CLARIFY if len(needs) > 1 else wording.CLARIFY_ONE,
        choices=to_tap(turn.library, needs),
        need=ranking[0][0],
        confidence=ranking[0][1],
        suggestions=tuple(needs),
        asks="choice",
    )


def not_understood(turn: Turn, need: str = "", confidence: float = 0.0) -> Outcome:
    """The first time the menu, the second time a person (offered, never forced)."""
    turn.conversation.misses += 1
    again = turn.conversation.misses > 1
    text = wording.NOT_UNDERSTOOD_AGAIN if again else f"{wording.NOT_UNDERSTOOD}{wording.CAN_DO}"
    choices = (Choice("人工"), Choice("菜单")) if again else (Choice("菜单"),)
    return Outcome(
        OutcomeKind.NOT_UNDERSTOOD,
        text,
        choices=choices,
        need=need,
        confidence=confidence,
        handoff="offered" if again else "",
    )
