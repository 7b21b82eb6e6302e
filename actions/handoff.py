"""Hand-off to a person: an explicit action with a state, never read out of the words of a reply.

Why this file exists: while a person has the conversation the assistant is silent; outside working
hours it offers a call-back wish and the public contact point instead of an empty queue.
"""

from __future__ import annotations

import re
from datetime import datetime, timedelta

from actions import phrases, sentence, small
from actions.contacts import contact_line
from actions.outcome import Choice, Outcome, OutcomeKind
from actions.turn import Turn

PERSON = "contact.human_agent"
RETURN_AFTER = timedelta(minutes=30)
"""A hand-off without a word from either side ends after this (WeChat returns sessions likewise)."""
_STARTED = "好的，已为您转给人工，请稍等。等的时候您可以接着补充情况；不想等了，回复“不用了”。"
_ALREADY = "您已经在排队了，工作人员看到会马上回您。不想等了，回复“不用了”。"
_CANCELLED = "好的，不转人工了，我接着为您服务。您直接问就行。"
_OUTSIDE = "现在不在人工服务时间（{hours}）。"
_UNSTAFFED = "本公众号暂时没有人工坐席。"
_CALLBACK = "要不要留个回电意愿？回复“要回电”，上班后工作人员会在这里联系您。"
_CALLBACK_DONE = "记下了，上班后工作人员会在这里联系您。这期间您有问题照样可以问我。"
_NOT_PERSON = "我是自动问答助手，不是真人。需要人工，回复“人工”就行，服务时间是{hours}。"
_CALL_ME = re.compile(r"要?回电|(?:打给|联系|回复|打电话给|给)我|留(?:个|一个|下)?(?:言|电话|回电)")
_ANYBODY_THERE = re.compile(
    r"^(?:人|客服|人工|真人|工作人员)?(?:呢|在吗|在不在|(?:还)?有人(?:在)?吗|在么)[?？]*$|(?:没|不)(?:人|见人)?(?:理|回|搭理|应)(?:我|一下)?"
    r"|(?:还)?(?:要)?等(?:到)?(?:了)?(?:好|多)?久|排(?:到|队)|什么时候(?:来|回|有人)|人(?:到|去)?哪"
)
"""人呢, 怎么没人理我: asked of a queue nobody answers from yet."""
_ABOUT_PERSON = re.compile(r"人工|真人|客服|转|回电|电话|联系|打给|排队|等")
_NO_CALL = re.compile(r"不(?:要|用|需要|必)|别打|算了")


def silence(turn: Turn) -> Outcome | None:
    """While a person has the conversation: pass on, or end it by wish or by time.

    Only the person's own words prolong it: who keeps writing to nobody must not wait for ever.
    """
    state = turn.conversation.handoff
    if state.get("state") not in {"waiting", "live"}:
        return None
    last = datetime.fromisoformat(state["since"])
    if turn.now - last > RETURN_AFTER:
        turn.conversation.handoff = {}
        return None
    if state["state"] == "waiting":
        if phrases.back_to_bot(turn.text):
            return cancel(turn)
        if phrases.asks_person(turn.text) or _ANYBODY_THERE.search(turn.text):
            return Outcome(
                OutcomeKind.HANDED_OFF, _ALREADY, handoff="started", effects=({"do": "append_ticket"},)
            )
    return Outcome(OutcomeKind.HANDED_OFF, "", silent=True, effects=({"do": "append_ticket"},))


def start(turn: Turn, reason: str = "asked") -> Outcome:
    """Open a ticket in working hours; outside them offer a call-back and whom to phone."""
    if turn.conversation.handoff.get("state") in {"waiting", "live"}:
        return Outcome(OutcomeKind.HANDED_OFF, _ALREADY, handoff="started", need=PERSON)
    if not turn.service.is_staffed(turn.now):
        return _outside(turn)
    turn.conversation.handoff = {"state": "waiting", "since": turn.now.isoformat()}
    return Outcome(
        OutcomeKind.HANDED_OFF,
        _STARTED,
        handoff="started",
        need=PERSON,
        effects=({"do": "open_ticket", "reason": reason, **_summary(turn)},),
    )


def _summary(turn: Turn) -> dict[str, object]:
    """What the operator should know; texts are masked already."""
    talk = turn.conversation
    contacts = turn.library.contacts_for(talk.need, talk.city) if talk.need else ()
    ranking = turn.ranking
    return {
        "need": talk.need,
        "city": talk.city,
        "question": turn.raw,
        "confidence": ranking[0][1] if ranking else 0.0,
        "facts": dict(talk.facts),
        "check": dict(talk.check),
        "recent": list(talk.recent),
        "contact": contacts[0].id if contacts else "",
        "transfer": turn.service.transfer,
    }


def _outside(turn: Turn) -> Outcome:
    talk = turn.conversation
    need = talk.need if talk.need in turn.library.needs else "complaint.complaint_route"
    contact = contact_line(turn.library.contacts_for(need, talk.city))
    if not turn.service.staffed:
        return Outcome(OutcomeKind.HANDED_OFF, f"{_UNSTAFFED}{contact}", handoff="outside_hours", need=PERSON)
    talk.pending = {"kind": "callback"}
    text = f"{_OUTSIDE.format(hours=turn.service.hours_text)}{contact}{_CALLBACK}"
    choices = (Choice("要回电"),)
    return Outcome(OutcomeKind.HANDED_OFF, text, handoff="outside_hours", choices=choices, need=PERSON)


def callback(turn: Turn) -> Outcome | None:
    """The consent to be contacted, if that is what the citizen says."""
    agreed = (
        phrases.is_yes(turn.text) or phrases.is_yes(sentence.head(turn.text)) or _CALL_ME.search(turn.text)
    )
    if not agreed or _NO_CALL.search(turn.text):
        return None
    effect = {"do": "callback", **_summary(turn)}
    return Outcome(OutcomeKind.HANDED_OFF, _CALLBACK_DONE, handoff="outside_hours", effects=(effect,))


def cancel(turn: Turn) -> Outcome:
    """Leave the queue."""
    turn.conversation.handoff = {}
    return Outcome(
        OutcomeKind.HANDED_OFF, _CANCELLED, handoff="cancelled", effects=({"do": "cancel_ticket"},)
    )


def handle(turn: Turn, need: str) -> Outcome:
    """The needs of topic contact that are about people."""
    if need == "contact.human_agent_cancel":
        waits = turn.conversation.handoff.get("state") in {"waiting", "live"}
        return cancel(turn) if waits or _ABOUT_PERSON.search(turn.text) else small.nod()
    if need == "contact.human_agent_check":
        text = _NOT_PERSON.format(hours=turn.service.hours_text)
        return Outcome(OutcomeKind.CHITCHAT, text, choices=(Choice("人工"),), need=need)
    return start(turn)
