"""After a verdict, a stop or an answer: resume, correct, suppose, look ahead, or begin from a bare reply.

Why this file exists: a check is rarely over when its verdict is said. 再过几个月呢, 要是房子在别处呢,
刚才说错了, and a bare 三个月出头 after an answer belong to it, not to the classifier.
"""

from __future__ import annotations

import re
from datetime import datetime

from actions import check_words, choose, days, detail, facts, followup, handlers, phrases, told, verdict
from actions.contacts import contact_line
from actions.corrections import correct, forget
from actions.eligibility import LEFT_FOR, ask, conclude, over, proceed, start
from actions.evidence import any_support, supports
from actions.outcome import Choice, Outcome, OutcomeKind
from actions.place import only_place, place_of, remember
from actions.thresholds import load_thresholds
from actions.turn import Turn
from content.criterion import NUMERIC_KINDS, Check

NEAR = 0.12
"""Confidence from which an unsure need's check may begin."""

_DETAIL = 10
"""Characters up to which a question may be about a detail of the last answer (外地户口行不行)."""
BARE = 16
"""Characters up to which a message may be a bare reply without a subject."""
_GOES_ON = re.compile(r"^(?:那|万一|要是|如果|假如)")
_GOES_TO_LIVE = re.compile(
    r"(?:去|到|来|搬到|搬去|换到|在).{2,6}(?:上班|工作|打工|干活|生活|住|发展|读书|上学|落户)"
)
_PLAIN = re.compile(r"^(?:是|不是|有|没有?|没得|无|结了|没结|对|有的|没有的|不在|在)[的了啊呀]*[。!！]?$")


def step(turn: Turn) -> Outcome | None:
    """Take up a check that is closed or paused, or begin one from a bare reply."""
    forgotten = forget(turn)
    if forgotten is not None:
        return forgotten
    check = turn.library.checks.get(turn.conversation.check.get("id", ""))
    if check is not None and not turn.conversation.check.get("open") and _recent(turn):
        found = _reopened(turn, check)
        if found is not None:
            return found
    return _case_of_last(turn) or _bare(turn) or _asked_for(turn)


def _case_of_last(turn: Turn) -> Outcome | None:
    """万一…能…不: one's own case of what was answered last, where a check of it hears the facts."""
    text, need = told.said(turn), turn.conversation.need
    if not need or not _GOES_ON.match(text) or turn.conversation.check.get("open"):
        return None
    check = choose.check_of(turn, need, turn.conversation.city, text)
    return start(turn, check) if check is not None and choose.wants(turn, check) else None


def _asked_for(turn: Turn) -> Outcome | None:
    """帮我看看我能不能…, or a case described: the check of the nearest need that has one."""
    ranking = turn.ranking
    if not ranking or turn.conversation.check.get("open"):
        return None
    if check_words.wants_check(told.said(turn)) and not any_support(turn):
        return _last_case(turn)
    if len(turn.text) <= _DETAIL and detail.found(turn, turn.conversation.need):
        return None
    place, sure = place_of(turn), ranking[0][1] >= load_thresholds().answer_at
    for need, confidence in ranking[: 1 if sure else 3]:
        known = turn.library.needs.get(need)
        near = confidence >= NEAR and known and supports(turn.text, known.topic)
        check = choose.check_of(turn, need, place.city, turn.text) if near else None
        if check is not None and choose.wants(turn, check):
            remember(turn, place)
            return handlers.with_grounds(turn, need, start(turn, check))
    return None


def _last_case(turn: Turn) -> Outcome | None:
    """看看我行不行 without a subject: the check of what was answered last."""
    need, city = turn.conversation.need, turn.conversation.city
    check = choose.check_of(turn, need, city) if need in turn.library.needs else None
    check = check or choose.only_of_topic(turn, need, city)
    return handlers.with_grounds(turn, need, start(turn, check)) if check else None


def _recent(turn: Turn) -> bool:
    at = turn.conversation.check.get("at", "")
    return bool(at) and turn.now - datetime.fromisoformat(at) <= LEFT_FOR


def _reopened(turn: Turn, check: Check) -> Outcome | None:
    text = told.said(turn)
    if phrases.is_resume(text):
        return proceed(turn, check, lead=check_words.RESUMED)
    if len(text) > 30:
        return None
    if check.instead and check_words.asks_other_way(text):
        return handlers.handle(turn, check.instead, 1.0)
    if only_place(turn):
        return None
    elsewhere = _lives_elsewhere(turn, check, text)
    if elsewhere is not None:
        return elsewhere
    if check_words.supposes(text):
        return _ahead(turn, check, text) or _suppose(turn, check, text)
    if check_words.is_question(text) and days.day_after(text, turn.now.date()):
        return _ahead(turn, check, text)
    if check_words.changes(text) and correct(turn, check, text):
        return proceed(turn, check, lead=check_words.CHANGED)
    return _found_later(turn, check, text)


def _lives_elsewhere(turn: Turn, check: Check, text: str) -> Outcome | None:
    """那我要是去北京上班呢: the same check for the other city."""
    place = place_of(turn)
    if not place.city or place.city == check.scope or not _GOES_TO_LIVE.search(text):
        return None
    other = choose.check_of(turn, check.need, place.city)
    remember(turn, place)
    return start(turn, other) if other is not None and other.id != check.id else None


def _found_later(turn: Turn, check: Check, text: str) -> Outcome | None:
    """The fact that was left open: found after all, or still not known."""
    last = turn.library.questions.get(turn.conversation.check.get("answered", ""))
    left = last is not None and turn.conversation.facts.get(last.id, {}).get("value", "") is None
    if last is None or not left or len(text) > BARE:
        return None
    heard = told.hears(turn, last)
    if heard.found and not (phrases.is_unknown(text) and last.kind not in NUMERIC_KINDS):
        told.keep(turn, check, last, heard.value)
        return proceed(turn, check, lead=check_words.CHANGED)
    if phrases.is_unknown(text):
        return conclude(turn, check, told.standing(turn, check), lead=check_words.LEFT_OPEN)
    return None


def _ahead(turn: Turn, check: Check, text: str) -> Outcome | None:
    """再过半年呢 and 等满三年呢: the same rule on another day, or with the span reached."""
    grows = [q for q in check_words.questions_of(check, turn.library) if q.grows]
    span = check_words.reached(text)
    for question in grows if span else []:
        heard = told.hears(turn, question, span)
        if heard.found:
            return _supposed(turn, check, {question.id: facts.plain(heard.value)})
    day = check_words.later_day(text, turn.now.date())
    if day is None:
        return None
    if not check.holds_on(day):
        return over(turn, check, day)
    evaluation = told.standing(turn, check, day)
    return conclude(turn, check, evaluation, check_words.ON_DAY.format(day=day.isoformat()), day)


def _suppose(turn: Turn, check: Check, text: str) -> Outcome | None:
    heard = told.hear_all(turn, check, text)
    return _supposed(turn, check, {q.id: facts.plain(h.value) for q, h in heard.items()}) if heard else None


def _supposed(turn: Turn, check: Check, what_if: dict[str, object]) -> Outcome:
    """Where it would stand, and the next question if one is left; the told facts stay as they are."""
    turn.conversation.check = {**turn.conversation.check, "what_if": what_if}
    evaluation = told.standing(turn, check)
    outcome = conclude(turn, check, evaluation, lead=check_words.SUPPOSED)
    if evaluation.next_fact:
        following = ask(turn, check, turn.library.questions[evaluation.next_fact], fresh=True)
        outcome.text = f"{outcome.text}\n{following.text}"
        outcome.asks, outcome.choices = following.asks, following.choices
    return outcome


def _bare(turn: Turn) -> Outcome | None:
    """A reply to a question nobody asked yet: 三个月出头 or 俩娃 right after an answer with a check."""
    text, need = told.said(turn), turn.conversation.need
    check = choose.check_of(turn, need, turn.conversation.city, text) if need else None
    if (
        check is None
        or len(text) > BARE
        or check_words.is_question(text)
        or turn.conversation.check.get("open")
        or only_place(turn)
    ):
        return None
    if phrases.is_stop(text):
        choice = (Choice(f"测一测：{check.title}"),)
        said = check_words.STOPPED_BEFORE
        return Outcome(OutcomeKind.NEEDS_FACTS, said, choices=choice, need=need, confidence=1.0)
    if _PLAIN.match(text) and not told.hear_all(turn, check, text):
        return start(turn, check, lead=check_words.ONE_BY_ONE)
    if _leads_away(turn, check, text):
        return None
    return _from_told(turn, check)


def _leads_away(turn: Turn, check: Check, text: str) -> bool:
    """Whether the message is about something else; a fact of a check just concluded never is."""
    if not told.hear_all(turn, check, text):
        return followup.speaks_for_itself(turn)
    just_now = turn.conversation.check.get("id") == check.id and _recent(turn)
    return not just_now and _other_subject(turn, check)


def _other_subject(turn: Turn, check: Check) -> bool:
    """Whether the classifier is certain of another policy topic than that of the check which hears a fact."""
    ranking = turn.ranking
    needs = turn.library.needs
    if not ranking or ranking[0][0] not in needs or check.need not in needs:
        return False
    if ranking[0][1] < followup.CERTAIN:
        return False
    best = needs[ranking[0][0]]
    elsewhere = best.topic != needs[check.need].topic and best.handler in {"answer", "program"}
    return elsewhere and followup.speaks_for_itself(turn)


def _from_told(turn: Turn, check: Check) -> Outcome | None:
    """Begin with the fact a bare reply tells by its own words or by its kind (三个月出头)."""
    if not (told.take(turn, check) or told.take_meant(turn, check)):
        return None
    known_before = turn.conversation.check.get("id") == check.id and _recent(turn)
    contacts = [turn.library.contacts[c] for c in check.contacts if c in turn.library.contacts]
    lead = check_words.CHANGED if known_before else check_words.ONE_BY_ONE
    if told.standing(turn, check).next_fact:
        lead = "\n".join(filter(None, [lead, *told.standing(turn, check).results, contact_line(contacts)]))
    outcome = start(turn, check, lead=lead)
    if outcome.kind == OutcomeKind.NEEDS_FACTS:
        outcome.citation = verdict.citation(turn, check, list(check.conditions), turn.now.date())
    return outcome
