"""Follow-ups: "那北京呢", "需要什么材料", "我没居住证", "没看懂" belong to what was answered last.

Why this file exists: a short message without a subject of its own is answered from the last need
instead of being guessed by the classifier.
"""

from __future__ import annotations

import re
from dataclasses import replace

from actions import choose, detail, eligibility, handlers
from actions.answer import answer_at, answer_need
from actions.evidence import any_support, bare, supports
from actions.outcome import Outcome
from actions.place import Place, only_place, place_of, remember
from actions.thresholds import load_thresholds
from actions.turn import Turn

SHORT = 14
"""Characters up to which a message may be a bare follow-up (dev dialogues: 2 to 12)."""
BARE_QUESTION = 10
"""Characters up to which a question of one aspect is about the last answer, if that speaks of it."""
CERTAIN = 0.9
"""Confidence from which even words shared with the last topic do not keep a message there."""
BARE_ASPECT = 6
"""Characters up to which an aspect alone (管多久) is no question of another subject."""
_NUMBERS = {"contact.hotline_number", "complaint.complaint_route", "contact.bank_phone"}
_BRANCH = re.compile(r"网点|附近|最近的|地图|银行|分行|支行|大厅|窗口")
STANDING = {"chitchat", "contact", "privacy", "complaint", "out_of_scope", "fraud"}
NATIONAL = re.compile(
    r"^(?:那|按)?(?:全国|国家|国家层面)(?:的|统一)*(?:规定|政策|标准|要求|办法|说法)?(?:是什么|是怎样|怎么说|呢)?[呢?？]?$"
)
_WHOM = re.compile(
    r"(?:打|问|找|联系|拨)(?:哪|谁|什么|啥)(?:个|里|儿)?(?:电话|号码|热线|部门|单位)?"
    r"|(?:哪个|什么|啥)(?:电话|号码|热线|部门)|电话(?:是)?(?:多少|几)"
)
"""Whom to ask about the last answer, in words the aspect list may lack."""
_HOW = re.compile(r"^(?:那|我|现在|该|要|应该)*(?:怎么|咋个?|如何)(?:办|弄|整|做|搞|处理)[呢啊嘛呀?？]*$")
_AMOUNT = re.compile(
    r"好多钱|多少钱|几多钱|(?:最多|最低|最少|一共)(?:能)?.{0,3}(?:多少|好多)"
    r"|(?:交|缴|贷|提|取|领|赔|报|补|退|花)(?:得)?(?:多少|好多|几多)(?!年|个月|天|岁|次)"
)
_ASPECT_WORDS = (("contact", _WHOM), ("amount", _AMOUNT), ("procedure", _HOW))
_REPHRASE = re.compile(
    r"(?:没|看不|听不|不太|搞不)(?:看|听)?(?:懂|明白)|(?:说|讲)(?:得)?(?:简单|通俗|明白|清楚|直白|人话)|简单(?:点|一点|说)|太(?:长|复杂|绕)了?|说人话"
)


def step(turn: Turn) -> Outcome | None:
    """Answer from the last need when the message only changes the city or asks for an aspect."""
    need = turn.conversation.need
    if not need or need not in turn.library.needs or len(turn.text) > SHORT + 4:
        return None
    if turn.library.needs[need].handler not in {"answer", "program"}:
        return None
    if only_place(turn):
        return _elsewhere(turn, need)
    if NATIONAL.match(turn.text):
        return answer_at(turn, need, Place())
    if _REPHRASE.search(turn.text):
        return detail.shortly(turn, need)
    return detail.found(turn, need) or _aspect(turn, need)


def _elsewhere(turn: Turn, need: str) -> Outcome:
    """The same for another city: the check again after a verdict, else the answer by its aspect."""
    talk, place = turn.conversation, place_of(turn)
    remember(turn, place)
    checked = turn.library.checks.get(talk.check.get("id", ""))
    if checked is not None and checked.need == need and place.city:
        check = choose.check_of(turn, need, place.city)
        return eligibility.start(turn, check) if check else handlers.handle(turn, need, 1.0)
    if talk.aspect and not turn.said("aspect") and turn.library.needs[need].handler == "answer":
        outcome = answer_need(turn, need, talk.aspect)
        outcome.confidence = 1.0
        return outcome
    return handlers.handle(turn, need, 1.0)


def _goes_on(turn: Turn) -> bool:
    """那…: nothing but an aspect is asked, so its words are no subject of their own (那利息呢)."""
    aspects = (
        [e.text for e in turn.understanding.entities if e.kind == "aspect"] if turn.understanding else []
    )
    if not turn.text.startswith(("那", "那么")) or not aspects:
        return False
    return not any_support(_without_aspect(turn))


def _without_aspect(turn: Turn) -> Turn:
    """The message without the words that name an aspect (那利息呢 → 那呢)."""
    rest = turn.text
    for entity in turn.understanding.entities if turn.understanding else ():
        if entity.kind == "aspect":
            rest = rest.replace(entity.text, "")
    for _name, words in _ASPECT_WORDS:
        rest = words.sub("", rest)
    return replace(turn, text=rest)


def _aspect(turn: Turn, need: str) -> Outcome | None:
    if len(turn.text) > SHORT or (speaks_for_itself(turn) and not _goes_on(turn)):
        return None
    if turn.said("aspect"):
        return handlers.handle(turn, need, 1.0)
    aspect = _aspect_asked(turn)
    return replace(answer_need(turn, need, aspect), confidence=1.0) if aspect else None


def _about_last(turn: Turn) -> bool:
    """Whether an aspect is asked for that the last answer speaks of, in few words (一个月最多能取好多)."""
    last = turn.library.needs.get(turn.conversation.need)
    aspect = _aspect_asked(turn)
    if last is None or not aspect or len(turn.text) > SHORT:
        return False
    found = turn.library.answer(last.id, turn.conversation.city, turn.now.date()).answer
    written = found is not None and aspect in found.aspects and len(turn.text) <= BARE_QUESTION
    return written or supports(turn.text, last.topic)


def _aspect_asked(turn: Turn) -> str:
    """The aspect named last in the message, by the shared words or by ours; "" where none is."""
    said = turn.said("aspect")
    own = (name for name, words in _ASPECT_WORDS if words.search(turn.text))
    return said[-1] if said else next(own, "")


def speaks_for_itself(turn: Turn) -> bool:
    """Whether the message has a subject of its own that the classifier is sure of."""
    if not turn.ranking:
        return any_support(turn)
    best, confidence = turn.ranking[0]
    if best not in turn.library.needs:
        return False
    topic = turn.library.needs[best].topic
    sure = confidence >= load_thresholds().answer_at
    if topic == "out_of_scope" and _aspect_asked(turn) and len(turn.text) <= BARE_ASPECT:
        return sure and not bare(_without_aspect(turn))
    if best in _NUMBERS and _WHOM.search(turn.text):
        return any_support(replace(turn, text=_WHOM.sub("", turn.text)))
    if best == "contact.branch_location" and not _BRANCH.search(turn.text):
        return any_support(turn)
    if confidence < CERTAIN and _about_last(turn):
        return False
    if topic in STANDING:
        return sure
    return sure and any_support(turn) and not bare(turn)
