"""After a verdict, a stop or an answer: resume, correct, suppose, look ahead, or begin from a bare reply.

Why this file exists: a check is rarely over when its verdict is said. 再过几个月呢, 要是房子在别处呢,
刚才说错了, and a bare 三个月出头 after an answer belong to it, not to the classifier.
"""

from __future__ import annotations

import re
from datetime import datetime

from actions import (
    ahead,
    check_words,
    choose,
    detail,
    facts,
    followup,
    handlers,
    noted,
    phrases,
    replies,
    told,
    verdict,
)
from actions.contacts import contact_line
from actions.corrections import correct, forget
from actions.eligibility import LEFT_FOR, begin, proceed, start
from actions.evidence import any_support, supports
from actions.outcome import Choice, Outcome, OutcomeKind
from actions.place import only_place, place_of, remember
from actions.thresholds import load_thresholds
from actions.turn import Turn
from content.criterion import Check

NEAR = 0.12
"""Confidence from which an unsure need's check may begin."""

_DETAIL = 10
"""Characters up to which a question may be about a detail of the last answer (外地户口行不行)."""
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
    if check is not None and not turn.conversation.check.get("open"):
        found = _reopened(turn, check) if _recent(turn) else _long_ago(turn, check)
        if found is not None:
            return found
    return _case_of_last(turn) or _bare(turn) or _asked_for(turn)


def _case_of_last(turn: Turn) -> Outcome | None:
    """万一…能…不: one's own case of what was answered last, where a check of it hears the facts."""
    text, need = told.said(turn), turn.conversation.need
    if not need or turn.conversation.check.get("open"):
        return None
    check = choose.check_of(turn, need, turn.conversation.city, text)
    of_last = _GOES_ON.match(text) or _may_be_of(turn, need)
    if check is None or not (of_last or choose.tells_case(turn, check)):
        return None
    if choose.wants(turn, check):
        return start(turn, check)
    supposes = check_words.supposes(text) or text.endswith("呢")
    told_of = told.hear_all(turn, check, text) if supposes else {}
    if not told_of:
        return None
    turn.conversation.check = {"id": check.id}
    return ahead.supposed(turn, check, {q.id: facts.plain(h.value) for q, h in told_of.items()})


def _may_be_of(turn: Turn, need: str) -> bool:
    """Whether the classifier is not certain, and the last need is among its first guesses."""
    ranking = turn.ranking
    return bool(ranking) and ranking[0][1] < followup.CERTAIN and need in [n for n, _ in ranking[1:3]]


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
    asked = check_words.wants_check(told.said(turn))
    for need, confidence in ranking[: 1 if sure and not asked else 3]:
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


def _long_ago(turn: Turn, check: Check) -> Outcome | None:
    """接着昨天的: the check from the beginning, with what was told then."""
    return begin(turn, check, lead=check_words.RESUMED) if phrases.is_resume(told.said(turn)) else None


def _reopened(turn: Turn, check: Check) -> Outcome | None:
    text = told.said(turn)
    if phrases.is_resume(text):
        return proceed(turn, check, lead=check_words.RESUMED)
    if len(text) > 30:
        return None
    answered = replies.to_paused(turn, check)
    if answered is not None:
        return answered
    if replies.asks_next(text):
        return replies.next_step(turn, check)
    if check_words.takes_back(text) and correct(turn, check, text):
        return proceed(turn, check, lead=check_words.CHANGED)
    if phrases.asks_why_asked(text):
        return replies.why(turn, check)
    if phrases.is_skip(text):
        return replies.skipped(turn, check)
    if check.instead and check_words.asks_other_way(text):
        return handlers.handle(turn, check.instead, 1.0)
    if only_place(turn):
        return None
    elsewhere = _lives_elsewhere(turn, check, text)
    if elsewhere is not None:
        return elsewhere
    looked_ahead = ahead.step(turn, check)
    if looked_ahead is not None or check_words.supposes(text):
        return looked_ahead
    if check_words.changes(text) and correct(turn, check, text):
        return proceed(turn, check, lead=check_words.CHANGED)
    return replies.found_later(turn, check, text)


def _lives_elsewhere(turn: Turn, check: Check, text: str) -> Outcome | None:
    """那我要是去北京上班呢: the same check for the other city."""
    place = place_of(turn)
    if not place.city or place.city == check.scope or not _GOES_TO_LIVE.search(text):
        return None
    other = choose.check_of(turn, check.need, place.city)
    remember(turn, place)
    return start(turn, other) if other is not None and other.id != check.id else None


def _bare(turn: Turn) -> Outcome | None:
    """A reply to a question nobody asked yet: 三个月出头 or 俩娃 right after an answer with a check."""
    text, need = told.said(turn), turn.conversation.need
    check = choose.check_of(turn, need, turn.conversation.city, text) if need else None
    if (
        check is None
        or len(text) > replies.BARE
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
        return replies.plain(turn, check, _just_now(turn, check))
    opened = replies.open_number(turn, check) if _just_now(turn, check) else None
    if opened is not None:
        return opened
    if _leads_away(turn, check, text):
        return None
    return _from_told(turn, check)


def _leads_away(turn: Turn, check: Check, text: str) -> bool:
    """Whether the message is about something else; a fact of a check just concluded never is."""
    if not told.hear_all(turn, check, text):
        return followup.speaks_for_itself(turn)
    stays = _just_now(turn, check) or choose.tells_case(turn, check)
    return not stays and _other_subject(turn, check)


def _just_now(turn: Turn, check: Check) -> bool:
    return turn.conversation.check.get("id") == check.id and _recent(turn)


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
    before = {name: kept["value"] for name, kept in turn.conversation.facts.items()}
    taken = told.take(turn, check) or told.take_meant(turn, check)
    if not taken:
        return None
    now = {name: turn.conversation.facts[name]["value"] for name in taken}
    if _just_now(turn, check) and all(name in before and before[name] == now[name] for name in taken):
        return noted.changes_nothing(turn, check)
    contacts = [turn.library.contacts[c] for c in check.contacts if c in turn.library.contacts]
    lead = _lead(turn, check, changed=any(before.get(name) is not None for name in taken))
    if told.standing(turn, check).next_fact:
        lead = "\n".join(filter(None, [lead, *told.standing(turn, check).results, contact_line(contacts)]))
    outcome = start(turn, check, lead=lead)
    if outcome.kind == OutcomeKind.NEEDS_FACTS:
        outcome.citation = verdict.citation(turn, check, list(check.conditions), turn.now.date())
    return outcome


def _lead(turn: Turn, check: Check, changed: bool) -> str:
    """What is said above a check that goes on, by whether it was under way and something was taken back."""
    if not _just_now(turn, check):
        return check_words.ONE_BY_ONE
    return check_words.CHANGED if changed else check_words.TAKEN
