"""What stands in place of a guess: the emergency, a told story, or one more question about the last answer.

Why this file exists: a ranking reads each message alone. Where it is not sure, what was said before is
worth more, and one list shows in which order that is tried.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from actions import after_fraud, check_words, detail, handlers, more, noted, scams, sentence, wording
from actions.answer import answer_need
from actions.evidence import WITHOUT_SUBJECT, any_support, bare, nouns, supports
from actions.followup import BARE_QUESTION, CERTAIN, SHORT, STANDING, says_nothing_own
from actions.outcome import Outcome, OutcomeKind
from actions.thresholds import load_thresholds
from actions.turn import Turn

_STORY = "fraud.scam_identify"
_HOW_MANY = re.compile(r"几(?:年|个月|天|成|次|倍|岁|张|份)")
_EVEN = 0.6
"""Confidence up to which a guess at a few words is no likelier than that they go on with the last answer."""
_HALF = 0.45
"""Confidence from which the best guess is said if it alone is of the last answer's topic."""


def than_guess(decide: Callable[[Turn], Outcome | None]) -> Callable[[Turn], Outcome | None]:
    """The step that decides, with what is rather said than its guess."""

    def step(turn: Turn) -> Outcome | None:
        before = turn.conversation.misses
        outcome = decide(turn)
        if outcome is None:
            return None
        for rather in (
            after_fraud.still_about,
            _same_need,
            _last_named_by_verb,
            _names_last,
            _story,
            _barely_more,
        ):
            found = rather(turn, outcome)
            if found is not None:
                return found
        once_more = None if before else _once_more(turn, outcome)
        return once_more or _not_written(turn, outcome) or noted.unclear(turn, outcome) or outcome

    return step


def _same_need(turn: Turn, outcome: Outcome) -> Outcome | None:
    """A short message whose guesses hold the last need, or one need of its topic ahead of strangers."""
    guessed = outcome.kind == OutcomeKind.CLARIFY and outcome.suggestions and len(turn.text) <= SHORT
    if not guessed:
        return None
    last = turn.conversation.need
    if last in outcome.suggestions:
        return _said(turn, last)
    topic, best = turn.conversation.topic, outcome.suggestions[0]
    of_topic = [n for n in outcome.suggestions if topic and n.startswith(f"{topic}.")]
    return _said(turn, best) if of_topic == [best] and outcome.confidence >= _HALF else None


def _not_written(turn: Turn, outcome: Outcome) -> Outcome | None:
    """要抵押吗 after an answer that says nothing of it: that is said, above guesses at another subject."""
    need = turn.library.needs.get(turn.conversation.need)
    guessed = outcome.kind == OutcomeKind.CLARIFY and outcome.suggestions and outcome.confidence < CERTAIN
    if need is None or need.handler != "answer" or not guessed or len(turn.text) > BARE_QUESTION:
        return None
    own = supports(nouns(turn.text), outcome.suggestions[0].split(".")[0])
    if not sentence.asks(turn.text) or turn.said("city") or (own and outcome.confidence > _EVEN):
        return None
    return detail.spoken_of(turn, need.id) or more.not_written(turn, need.id, outcome)


def _last_named_by_verb(turn: Turn, outcome: Outcome) -> Outcome | None:
    """存了划算不 after 个人养老金: only verbs speak for the first guess, and the last need comes next."""
    last, ranking = turn.conversation.need, turn.ranking
    near = 3 if ranking and ranking[0][1] < CERTAIN else 2
    next_best = last in [n for n, _ in ranking[1:near]]
    if not next_best and not check_words.asks_own_case(turn.text):
        return None
    best = turn.library.needs.get(ranking[0][0]) if ranking else None
    if best is None or len(turn.text) > SHORT or outcome.need != best.id or last not in turn.library.needs:
        return None
    if best.topic in STANDING or best.topic == turn.conversation.topic:
        return None
    if supports(nouns(turn.text), best.topic):
        return None
    return _said(turn, last) if next_best else detail.spoken_of(turn, last)


def _names_last(turn: Turn, outcome: Outcome) -> Outcome | None:
    """北京的骑手有没有 after 骑手受伤有保障吗: declined, though it holds a word of the last need."""
    last = turn.library.needs.get(turn.conversation.need)
    declined = outcome.kind == OutcomeKind.OUT_OF_SCOPE and outcome.confidence < CERTAIN
    if last is None or not declined or len(turn.text) > SHORT:
        return None
    return _said(turn, last.id) if any(pair in last.say for pair in detail.word_pairs(turn.text)) else None


def _said(turn: Turn, need: str) -> Outcome:
    turn.conversation.pending = {}
    return handlers.handle(turn, need, 1.0)


def _story(turn: Turn, outcome: Outcome) -> Outcome | None:
    """A story that resembles a known trick, where nothing else is likely."""
    guessed = outcome.kind == OutcomeKind.CLARIFY and outcome.confidence < noted.WILD
    if not guessed or _STORY not in outcome.suggestions or sentence.asks(turn.text):
        return None
    if scams.resembles(turn) is None:
        return None
    turn.conversation.pending = {}
    return handlers.handle(turn, _STORY, outcome.confidence)


def _barely_more(turn: Turn, outcome: Outcome) -> Outcome | None:
    """A few words without a noun of any subject (那得交满几年) that were taken for another one."""
    last, best = (turn.library.needs.get(n) for n in (turn.conversation.need, outcome.need))
    if last is None or best is None or best.topic == last.topic:
        return None
    standing = best.topic in STANDING
    nothing_own = says_nothing_own(turn) if standing else len(turn.text) <= BARE_QUESTION and bare(turn)
    talks = standing and best.topic not in {"out_of_scope", "fraud"} and best.id != "chitchat.bot_ability"
    return _still_about(turn) if nothing_own and not talks else None


def _once_more(turn: Turn, outcome: Outcome) -> Outcome | None:
    """A question that was not understood is tried once on the last answer."""
    return _still_about(turn) if _missed(outcome) and not _guessed(turn) else None


def _missed(outcome: Outcome) -> bool:
    """Not understood, declined without being sure, or guessed at without any."""
    if outcome.kind == OutcomeKind.CLARIFY:
        return outcome.confidence < noted.WILD or not outcome.suggestions
    unsure = outcome.confidence < load_thresholds().answer_at
    return outcome.kind == OutcomeKind.NOT_UNDERSTOOD or (outcome.kind == OutcomeKind.OUT_OF_SCOPE and unsure)


def _still_about(turn: Turn) -> Outcome | None:
    need = turn.library.needs.get(turn.conversation.need)
    asks = check_words.is_question(turn.text) or _HOW_MANY.search(turn.text)
    if need is None or need.handler != "answer" or not asks or len(turn.text) > SHORT:
        return None
    outcome = answer_need(turn, need.id)
    turn.conversation.pending = {}
    outcome.text = f"{wording.STILL_ABOUT.format(what=need.say)}\n{outcome.text}"
    turn.conversation.misses = 1
    return more.unless_said(turn, outcome)


def _guessed(turn: Turn) -> bool:
    """Whether the first guess, however unsure, has a word of its own subject in the message."""
    ranking = turn.ranking
    best = turn.library.needs.get(ranking[0][0]) if ranking else None
    if best is None:
        return any_support(turn)
    if best.topic in WITHOUT_SUBJECT:
        return False
    return best.id != turn.conversation.need and supports(turn.text, best.topic)
