"""The check as a conversation: one decisive question at a time, in the citizen's own words.

Why this file exists: the evaluator knows what can still change the verdict; this file asks for it,
hears the answer, explains, skips, stops, resumes and lets the citizen wander off and come back.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta

from actions import check_words, facts, phrases, verdict
from actions.evidence import any_support
from actions.hear import hear, volunteered
from actions.outcome import Choice, Outcome, OutcomeKind
from actions.thresholds import load_thresholds
from actions.turn import Turn
from content.criteria import Evaluation, evaluate
from content.criterion import Check, FactInput, Question

_AMOUNTS = {"months", "years", "money", "date"}
LEFT_FOR = timedelta(hours=12)
"""A form left alone for longer is dropped politely."""


def step(turn: Turn) -> Outcome | None:
    """Go on with the check under way, if there is one and the message belongs to it."""
    state = turn.conversation.check
    check = turn.library.checks.get(state.get("id", ""))
    if check is None:
        turn.conversation.check = {}
        return None
    if not state.get("open"):
        return _reopen(turn, check)
    if turn.now - datetime.fromisoformat(state["at"]) > LEFT_FOR:
        turn.conversation.check = {}
        return _dropped(check) if hear(turn.library.questions[state["asked"]], turn.text).found else None
    return _go_on(turn, check, turn.library.questions[state["asked"]])


def _dropped(check: Check) -> Outcome:
    """The answer to a question of yesterday: say that it lapsed and offer to start again."""
    text = check_words.DROPPED.format(title=check.title)
    again = Choice(f"测一测：{check.title}")
    return Outcome(OutcomeKind.NEEDS_FACTS, text, choices=(again,), need=check.need, confidence=1.0)


def _reopen(turn: Turn, check: Check) -> Outcome | None:
    """After a stop or a verdict: take it up again, correct a fact, or ask what-if."""
    if phrases.is_resume(turn.text):
        return proceed(turn, check, lead=check_words.RESUMED)
    changed = check_words.changes(turn.text) and _hear_again(turn, check)
    return proceed(turn, check, lead=check_words.CHANGED) if changed else None


def _go_on(turn: Turn, check: Check, asked: Question) -> Outcome | None:
    text = turn.text
    if phrases.is_why(text):
        return _ask(turn, check, asked, lead=asked.why)
    if phrases.is_stop(text):
        return _stopped(turn, check)
    if check_words.changes(text) and _hear_again(turn, check):
        return proceed(turn, check, lead=check_words.CHANGED)
    if phrases.is_unknown(text):
        return _unknown(turn, check, asked)
    if phrases.is_skip(text):
        facts.keep(turn.conversation, asked.id, None, turn.now.date())
        return proceed(turn, check, lead=check_words.SKIPPED)
    heard = hear(asked, text)
    if heard.found and not _wanders_off(turn):
        facts.keep(turn.conversation, asked.id, heard.value, turn.now.date())
        _hear_all(turn, check)
        _hear_next(turn, check, asked)
        return proceed(turn, check, lead=check_words.ESTIMATED if heard.vague else "")
    return _not_heard(turn, check, asked)


def _hear_next(turn: Turn, check: Check, asked: Question) -> None:
    """迁了 两年多 answers two questions: take the amount for the next one, if that is what it needs."""
    following = turn.library.questions.get(peek(turn, check).next_fact)
    if following is None or following.kind not in _AMOUNTS or asked.kind in _AMOUNTS:
        return
    heard = hear(following, turn.text)
    if heard.found:
        facts.keep(turn.conversation, following.id, heard.value, turn.now.date())


def _wanders_off(turn: Turn) -> bool:
    """Whether the message is a question of its own rather than an answer."""
    if not turn.understanding or not turn.understanding.ranking or len(turn.text) <= 6:
        return False
    _need, confidence = turn.understanding.ranking[0]
    asks = turn.text.endswith(("吗", "?", "？", "呢", "怎么办", "多少"))
    return asks and confidence >= load_thresholds().answer_at and any_support(turn)


def _not_heard(turn: Turn, check: Check, asked: Question) -> Outcome | None:
    """A digression is answered and the check kept; mumbling is asked again once, then left open."""
    ranking = turn.understanding.ranking if turn.understanding else ()
    sure = bool(ranking) and ranking[0][1] >= load_thresholds().answer_at
    if sure and (any_support(turn) or ranking[0][0].startswith("chitchat.") or len(turn.text) > 4):
        turn.conversation.check = {**turn.conversation.check, "open": False}
        return None
    if turn.conversation.check.get("again"):
        facts.keep(turn.conversation, asked.id, None, turn.now.date())
        return proceed(turn, check, lead=check_words.LEFT_OPEN)
    turn.conversation.check = {**turn.conversation.check, "again": True}
    return _ask(turn, check, asked, lead=check_words.NOT_HEARD)


def _unknown(turn: Turn, check: Check, asked: Question) -> Outcome:
    """The first 不知道 gets the hint where to look, the second leaves the fact open."""
    if asked.unknown and not turn.conversation.check.get("hinted"):
        turn.conversation.check = {**turn.conversation.check, "hinted": True}
        return _ask(turn, check, asked, lead=check_words.HINT.format(hint=asked.unknown), again=True)
    facts.keep(turn.conversation, asked.id, None, turn.now.date())
    return proceed(turn, check, lead=check_words.LEFT_OPEN)


def _hear_all(turn: Turn, check: Check) -> bool:
    """Take every fact of the check that the message tells without being asked."""
    told = False
    for question in check_words.questions_of(check, turn.library):
        heard = volunteered(question, turn.text)
        if heard.found:
            facts.keep(turn.conversation, question.id, heard.value, turn.now.date())
            told = True
    return told


def _hear_again(turn: Turn, check: Check) -> bool:
    """A correction: a fact told by name, or the answer to the question asked last."""
    if _hear_all(turn, check):
        return True
    last = turn.library.questions.get(turn.conversation.check.get("answered", ""))
    wanted = check_words.correction_of(turn.text)
    heard = hear(last, wanted) if last is not None and wanted else None
    if last is None or heard is None or not heard.found:
        return False
    facts.keep(turn.conversation, last.id, heard.value, turn.now.date())
    return True


def start(turn: Turn, check: Check, lead: str = "") -> Outcome:
    """Begin a check with what is known already."""
    _hear_all(turn, check)
    if not check.holds_on(turn.now.date()):
        return Outcome(OutcomeKind.EXPIRED, check.after, need=check.need, answer_id=check.id)
    return proceed(turn, check, lead=lead or check.intro)


def start_titled(turn: Turn, text: str) -> Outcome | None:
    """``测一测：标题`` from a tapped line; a bare 测一测 takes the check of the last need."""
    title = text.removeprefix("测一测").strip("：: ")
    talk = turn.conversation
    for check in turn.library.checks.values():
        if title and check.title == title and check.scope in {talk.city, "national", ""}:
            return start(turn, check)
    last = turn.library.check_for(talk.need, talk.city) if talk.need and not title else None
    return start(turn, last) if last else None


def proceed(turn: Turn, check: Check, lead: str = "", on: date | None = None) -> Outcome:
    """Evaluate; ask for the next decisive fact, or say the verdict."""
    day = on or turn.now.date()
    evaluation = evaluate(check, _told(turn, check, day), day, turn.library)
    if evaluation.next_fact:
        return _ask(turn, check, turn.library.questions[evaluation.next_fact], lead=lead, fresh=True)
    answered = turn.conversation.check.get("asked", "")
    turn.conversation.check = {
        "id": check.id,
        "open": False,
        "answered": answered,
        "at": turn.now.isoformat(),
    }
    return verdict.outcome(turn, check, evaluation, day, lead)


def peek(turn: Turn, check: Check) -> Evaluation:
    """What the check says with the facts known now, without asking."""
    day = turn.now.date()
    return evaluate(check, _told(turn, check, day), day, turn.library)


def _told(turn: Turn, check: Check, on: date) -> dict[str, FactInput]:
    wanted = check_words.questions_of(check, turn.library)
    return facts.known(turn.conversation, turn.library.questions, on, wanted)


def told_enough(turn: Turn, check: Check) -> bool:
    """Whether the message itself tells facts of the check that already decide it."""
    return _hear_all(turn, check) and peek(turn, check).verdict == "not_met"


def _ask(
    turn: Turn, check: Check, question: Question, lead: str = "", again: bool = False, fresh: bool = False
) -> Outcome:
    old = turn.conversation.check if turn.conversation.check.get("id") == check.id else {}
    state = {**old, "id": check.id, "open": True, "asked": question.id, "at": turn.now.isoformat()}
    if fresh:
        state = {**state, "answered": old.get("asked", ""), "again": False, "hinted": False}
    turn.conversation.check = state
    ask = check_words.ASK_AGAIN.format(ask=question.ask) if again else question.ask
    return Outcome(
        OutcomeKind.NEEDS_FACTS,
        "\n".join(filter(None, [lead, ask])),
        choices=tuple(Choice(s) for s in check_words.says(question)),
        need=check.need,
        confidence=1.0,
        city=check.scope if check.scope in turn.library.cities else turn.conversation.city,
        asks=question.id,
        answer_id="",
    )


def _stopped(turn: Turn, check: Check) -> Outcome:
    turn.conversation.check = {**turn.conversation.check, "open": False}
    return Outcome(
        OutcomeKind.NEEDS_FACTS,
        check_words.STOPPED.format(title=check.title),
        choices=(Choice(check_words.RESUME),),
        need=check.need,
        confidence=1.0,
    )
