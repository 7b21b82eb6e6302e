"""A need without the classifier: from word counts, else from search over the answers.

Why this file exists: with Rasa away a citizen still gets the answer or up to three needs to choose
from. It is surer to ask than the classifier is; fraud steps never wait for a choice.
"""

from __future__ import annotations

from actions import handlers, program, wording
from actions.evidence import supports
from actions.outcome import Outcome, OutcomeKind, to_tap
from actions.turn import Turn

LEAD = 0.15
"""Lead over the second guess, as a share of the first, from which it is answered: on 1,169 questions
that holds for 44 %, and 92 % of them are right."""
OFFERED = 3
CLOSE = 0.6
"""Share of the best guess below which a need is not offered."""
FOUND = 0.25
"""Search score from which an answer's need is offered while no guesses are at hand."""
_URGENT = {"fraud.scam_victim_urgent", "fraud.scam_in_progress"}
_STANDING = {"out_of_scope", "chitchat"}

Ranking = tuple[tuple[str, float], ...]


def answer(turn: Turn) -> Outcome | None:
    """The reply to a message nobody classified; None when nothing fits."""
    guesses = _guesses(turn)
    if guesses and (_is_urgent(turn, guesses[0][0]) or _leads(turn, guesses)):
        return handlers.handle(turn, guesses[0][0], 0.0)
    named = program.plain_hit(turn)
    if named is not None:
        return program.say(turn, named, guesses[0][0] if guesses else "", 0.0)
    offered = [need for need, share in guesses[:OFFERED] if share >= CLOSE and _is_policy(turn, need)]
    return _offer(turn, offered) if offered else program.by_search(turn)


def _is_urgent(turn: Turn, need: str) -> bool:
    return need in _URGENT and supports(turn.text, "fraud")


def _guesses(turn: Turn) -> Ranking:
    """Needs best first, the best with share 1."""
    heard = turn.understanding.guesses if turn.understanding else ()
    known = tuple((need, share) for need, share in heard if need in turn.library.needs)
    return known or _from_search(turn)


def _from_search(turn: Turn) -> Ranking:
    """Needs of the answers found; as equals, unless the first is a sure hit, so that they are offered."""
    hits = turn.library.search_answers(turn.text, turn.conversation.city, OFFERED)
    best = hits[0].score if hits else 0.0
    sure = best >= program.SURE_SCORE
    return tuple((h.answer.need, h.score / best if sure else 1.0) for h in hits if h.score >= FOUND)


def _leads(turn: Turn, guesses: Ranking) -> bool:
    best, share = guesses[0]
    second = guesses[1][1] if len(guesses) > 1 else 0.0
    topic = turn.library.needs[best].topic
    return share - second >= LEAD * share and (topic in _STANDING or supports(turn.text, topic))


def _is_policy(turn: Turn, need: str) -> bool:
    return turn.library.needs[need].topic not in _STANDING


def _offer(turn: Turn, needs: list[str]) -> Outcome:
    turn.conversation.pending = {"kind": "choices", "needs": needs}
    return Outcome(
        OutcomeKind.CLARIFY,
        wording.CLARIFY,
        choices=to_tap(turn.library, needs),
        need=needs[0],
        suggestions=tuple(needs),
        asks="choice",
    )
