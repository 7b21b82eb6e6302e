"""The check as a conversation: one decisive question at a time, in the citizen's own words.

Why this file exists: the evaluator knows what can still change the verdict; this file asks for it,
hears the answer, explains, skips, stops, resumes and lets the citizen wander off and come back. What
happens after a verdict or a pause is in ``actions.reopen``.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

from actions import aside, check_words, choose, phrases, suppose, told, verdict
from actions.corrections import correct, forget
from actions.hear import NOTHING, Heard
from actions.outcome import Choice, Outcome, OutcomeKind
from actions.place import only_place, place_of, remember
from actions.turn import Turn
from content.criteria import Evaluation
from content.criterion import NUMERIC_KINDS, Check, Question
from content.references import facts_of

_AMOUNTS = NUMERIC_KINDS | {"date"}
SHORT = 10
"""Characters up to which a span of time alone is taken as the answer to another question."""
LEFT_FOR = timedelta(hours=12)
"""A form left alone for longer is dropped politely."""


def step(turn: Turn) -> Outcome | None:
    """Go on with the check under way, if the message belongs to it."""
    state = turn.conversation.check
    check = turn.library.checks.get(state.get("id", ""))
    if check is None or not state.get("open"):
        return None
    asked = turn.library.questions[state["asked"]]
    if turn.now - datetime.fromisoformat(state["at"]) > LEFT_FOR:
        turn.conversation.check = {"id": check.id}
        said = told.hears(turn, asked).found
        return _left(check, check_words.DROPPED, f"测一测：{check.title}") if said else None
    return _go_on(turn, check, asked)


def _left(check: Check, text: str, say: str) -> Outcome:
    """The check is left for now, and how to take it up again."""
    text = text.format(title=check.title)
    return Outcome(OutcomeKind.NEEDS_FACTS, text, choices=(Choice(say),), need=check.need, confidence=1.0)


def _go_on(turn: Turn, check: Check, asked: Question) -> Outcome | None:
    text = told.said(turn)
    forgotten = forget(turn)
    if forgotten is not None:
        return forgotten
    if phrases.is_why(text):
        return ask(turn, check, asked, lead=asked.why)
    if phrases.is_stop(text):
        return stopped(turn, check)
    supposing = suppose.in_passing(turn, check)
    if supposing:
        return ask(turn, check, asked, lead=supposing)
    if only_place(turn) and not check_words.supposes(text):
        return _moved(turn, check)
    if check_words.changes(text) and correct(turn, check, text):
        return proceed(turn, check, lead=check_words.CHANGED)
    if check_words.wants_check(text):
        return _asked_anyway(turn, check, asked)
    if suppose.asks_meaning(turn, asked):
        return ask(turn, check, asked, lead=f"{asked.why}{check_words.NOT_SURE}")
    heard = _answer(turn, check, asked)
    if phrases.is_resume(text) and not heard.found:
        return ask(turn, check, asked, lead=check_words.RESUMED)
    if phrases.is_unknown(text) and not (heard.found and asked.kind in _AMOUNTS):
        return _unknown(turn, check, asked)
    if heard.found and heard.value is None:
        return _unknown(turn, check, asked)
    if phrases.is_skip(text):
        told.keep(turn, check, asked, None)
        return proceed(turn, check, lead=check_words.SKIPPED)
    if heard.found:
        vague = _keep_answer(turn, check, asked, heard)
        return proceed(turn, check, lead=check_words.ESTIMATED if vague else "")
    return _not_heard(turn, check, asked)


def _asked_anyway(turn: Turn, check: Check, asked: Question) -> Outcome | None:
    """帮我看看 in the middle of a check: another check by its subject, else this one goes on."""
    if aside.wants_another(turn, check):
        aside.pause(turn)
        return None
    took = told.take(turn, check)
    return proceed(turn, check) if took else ask(turn, check, asked)


def _answer(turn: Turn, check: Check, asked: Question) -> Heard:
    """The answer heard; a mere beginning with 没 that names another fact of the check is not one."""
    text = told.said(turn)
    instead = check_words.correction_of(text) if check_words.changes(text) else ""
    heard = told.hears(turn, asked, instead)
    others = told.hear_all(turn, check, told.said(turn))
    return NOTHING if others and asked not in others and heard.loose else heard


def _moved(turn: Turn, check: Check) -> Outcome | None:
    """The citizen is in another city than the check's: the same check there, or leave it to the answer."""
    place = place_of(turn)
    remember(turn, place)
    other = choose.check_of(turn, check.need, place.city) if place.city else None
    if other is not None:
        return start(turn, other)
    turn.conversation.check = {}
    return None


def _keep_answer(turn: Turn, check: Check, asked: Question, heard: Heard) -> bool:
    """The answer and what else is told (迁了 两年多 answers two questions); whether any is an estimate."""
    told.take(turn, check)
    told.keep(turn, check, asked, heard.value)
    following = turn.library.questions.get(told.standing(turn, check).next_fact)
    if following is None or following.kind not in _AMOUNTS or asked.kind in _AMOUNTS:
        return heard.vague
    more = told.hears_more(turn, following)
    if more.found:
        told.keep(turn, check, following, more.value)
    return heard.vague or more.vague


def _not_heard(turn: Turn, check: Check, asked: Question) -> Outcome | None:
    """A digression is answered and the check kept; mumbling is asked again once, then left open."""
    if told.take(turn, check):
        return proceed(turn, check, lead=check_words.TAKEN)
    meant = told.take_meant(turn, check, loosely=True) if len(turn.text) <= SHORT else ()
    if meant:
        label = turn.library.questions[meant[0]].label
        return proceed(turn, check, lead=check_words.TAKEN_AS.format(label=label))
    if aside.is_aside(turn):
        aside.pause(turn)
        return None
    if turn.conversation.check.get("again"):
        told.keep(turn, check, asked, None)
        return proceed(turn, check, lead=check_words.LEFT_OPEN)
    turn.conversation.check = {**turn.conversation.check, "again": True}
    return ask(turn, check, asked, lead=check_words.not_heard(asked))


def _unknown(turn: Turn, check: Check, asked: Question) -> Outcome:
    """A 不知道 gets the hint where to look; when 符合 is out of reach the state is said at once."""
    told.keep(turn, check, asked, None)
    evaluation = told.standing(turn, check)
    hint = check_words.FOUND_LATER.format(hint=asked.unknown) if asked.unknown else check_words.LEFT_OPEN
    if evaluation.next_fact and _can_be_met(check, evaluation):
        return proceed(turn, check, lead=hint)
    return conclude(turn, check, evaluation, lead=hint)


def _can_be_met(check: Check, evaluation: Evaluation) -> bool:
    """Whether the open facts could still make it 符合."""
    if check.combine == "any":
        return True
    waiting = [line.condition for line in evaluation.conditions if line.verdict == "unclear"]
    return all(set(facts_of(c.when)) & set(evaluation.open_facts) for c in waiting if c.when is not None)


def start(turn: Turn, check: Check, lead: str = "") -> Outcome:
    """Begin a check with what is known and what the message tells."""
    turn.conversation.check = {"id": check.id}
    told.take(turn, check)
    return begin(turn, check, lead)


def begin(turn: Turn, check: Check, lead: str = "") -> Outcome:
    """Begin a check with what is known already; the words of a tapped title tell nothing."""
    turn.conversation.check = {"id": check.id}
    if not check.holds_on(turn.now.date()):
        return over(turn, check, turn.now.date())
    evaluation = told.standing(turn, check)
    settled = verdict.progress(evaluation) if evaluation.next_fact else ""
    return proceed(turn, check, lead="\n".join(filter(None, [lead or check.intro, settled])))


def over(turn: Turn, check: Check, on: date) -> Outcome:
    """The rule is not in force on that day: say what is written for it.

    A day ahead leaves the check as it stands, to be asked about again.
    """
    turn.conversation.check = _closed(turn, check) if on > turn.now.date() else {}
    cited = verdict.citation(turn, check, list(check.conditions), on)
    ahead = check_words.ON_DAY.format(day=on.isoformat()) if on > turn.now.date() else ""
    return Outcome(
        OutcomeKind.EXPIRED, f"{ahead}{check.after}", citation=cited, need=check.need, confidence=1.0,
        answer_id=check.id,
    )  # fmt: skip


def proceed(turn: Turn, check: Check, lead: str = "", on: date | None = None) -> Outcome:
    """Evaluate; ask for the next decisive fact, or say the verdict."""
    evaluation = told.standing(turn, check, on)
    if not evaluation.in_force:
        return over(turn, check, on or turn.now.date())
    if evaluation.next_fact:
        return ask(turn, check, turn.library.questions[evaluation.next_fact], lead=lead, fresh=True)
    return conclude(turn, check, evaluation, lead, on)


def conclude(
    turn: Turn, check: Check, evaluation: Evaluation, lead: str = "", on: date | None = None
) -> Outcome:
    """Say where the check stands and leave it so that it can be taken up again."""
    turn.conversation.check = _closed(turn, check)
    outcome = verdict.outcome(turn, check, evaluation, on or turn.now.date(), lead)
    if evaluation.next_fact:
        outcome.choices = (Choice(check_words.RESUME), *outcome.choices)
    return outcome


def _closed(turn: Turn, check: Check) -> dict[str, Any]:
    old = turn.conversation.check
    return {
        "id": check.id,
        "open": False,
        "answered": old.get("asked") or old.get("answered", ""),
        "at": turn.now.isoformat(),
        "what_if": old.get("what_if") or {},
    }


def ask(turn: Turn, check: Check, question: Question, lead: str = "", fresh: bool = False) -> Outcome:
    """The question with its tappable answers; ``fresh`` when it is not a repetition."""
    old = turn.conversation.check if turn.conversation.check.get("id") == check.id else {}
    state = {**old, "id": check.id, "open": True, "asked": question.id, "at": turn.now.isoformat()}
    if fresh:
        state |= {"answered": old.get("asked", ""), "again": False}
    turn.conversation.check = state
    return Outcome(
        OutcomeKind.NEEDS_FACTS,
        "\n".join(filter(None, [lead, question.ask])),
        choices=tuple(Choice(s) for s in check_words.says(question)),
        need=check.need,
        confidence=1.0,
        city=told.city_of(turn, check),
        asks=question.id,
    )


def stopped(turn: Turn, check: Check) -> Outcome:
    """The citizen ends the check; it can be taken up again."""
    turn.conversation.check = {**turn.conversation.check, "open": False}
    return _left(check, check_words.STOPPED, check_words.RESUME)
