"""Follow-ups: "那北京呢", "需要什么材料", "我没居住证", "没看懂" belong to what was answered last.

Why this file exists: a short message without a subject of its own is answered from the last need
instead of being guessed by the classifier.
"""

from __future__ import annotations

import re
from dataclasses import replace

from actions import choose, detail, eligibility, handlers, measure, more, panic, sentence, wording
from actions.answer import answer_at, answer_need
from actions.evidence import any_support, bare, own_words, supports
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
_BRANCH = re.compile(r"网点|附近|最近的|地图|银行|分行|支行|大厅")
STANDING = {"chitchat", "contact", "privacy", "complaint", "out_of_scope", "fraud"}
NATIONAL = re.compile(
    r"^(?:那|按)?(?:全国|国家|国家层面)(?:的|统一)*(?:规定|政策|标准|要求|办法|说法)?(?:是什么|是怎样|怎么说|呢)?[呢?？]?$"
)
_WHOM = re.compile(
    r"(?:打|问|找|联系|拨)(?:哪|谁|什么|啥)(?:个|里|儿)?(?:电话|号码|热线|部门|单位)?"
    r"|(?:哪个|什么|啥)(?:电话|号码|热线|部门)|电话(?:是)?(?:多少|几)"
)
"""Whom to ask about the last answer, in words the aspect list may lack."""
_HOW = re.compile(
    r"^(?:那|我|现在|该|要|应该|哦|噢|嗯)*(?:怎么|咋个?|如何)(?:去)?(?:办理?|弄|整|做|搞|处理|操作|申请)[呢啊嘛呀?？]*$"
)
_AMOUNT = re.compile(
    r"好多钱|多少钱|几多钱|(?:最多|最低|最少|一共)(?:能)?.{0,3}(?:多少|好多)"
    r"|(?:要|收|花)(?:不要|不收)?(?:花|交)?(?:钱|费)[吗么不嘛]|收费[吗么不]|免费[吗么不]"
    r"|(?:交|缴|贷|提|取|领|赔|报|补|退|花)(?:得)?(?:多少|好多|几多)(?!年|个月|天|岁|次)"
)
_ONLINE = re.compile(
    r"(?:线上|网上|手机上?|小程序|app|线下|现场|窗口)(?:能|可以|可不可以|能不能|也能)?(?:办|弄|申请|提|交)",
    re.I,
)
_TO_US = re.compile(r"[你您]|机器人|靠谱|真的|假的|可信|能信|正规|合法")
"""Said to or of us, or doubting: not a question about the last answer's subject."""
_YES_NO = re.compile(r"(?:行不行|行吗|行不|可以吗|得行不|有没有关系|有影响吗|要紧吗)[?？]?$")
"""老家交的行不行: one's own case of the last answer."""
_SIBLING_AT = 0.5
"""Confidence from which another need of the same topic is meant rather than a word of the last answer."""
_PERSON = re.compile("孩子|小孩|娃儿?|老人|父母|爸妈?|妈|老公|老婆|爱人|对象|家里人|朋友|同事")
"""Whose case it is names no other need."""
_SUPPOSES = re.compile(r"^(?:那|那么)?(?:要是|如果|假如|万一|换成)|^那.{2,12}(?:呢|的话)[?？]?$")
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
    if more.asked(turn.text):
        return more.step(turn, need)
    if measure.of_last(turn):
        return handlers.handle(turn, need, 1.0)
    term = measure.term_of(turn, need)
    if term:
        return handlers.handle(turn, term, 1.0)
    if _decided(turn, need):
        return None
    for step_of_talk in (_sibling, _detail, _aspect, _supposed):
        found = step_of_talk(turn, need)
        if found is not None:
            return found
    return None


def _sibling(turn: Turn, need: str) -> Outcome | None:
    """那利率是多少: another need of the topic, by the one word that its name has and this one's has not."""
    if len(turn.text) > BARE_QUESTION or _WHOM.search(turn.text) or not sentence.asks(turn.text):
        return None
    if speaks_for_itself(turn) and not _goes_on(turn):
        return None
    topic = turn.library.needs[need].topic
    says = {n: turn.library.needs[n].say for n in turn.library.topics[topic].needs}
    own = says.pop(need)
    words = [word for word in own_words(_PERSON.sub(" ", turn.text)) if word not in own]
    named = [n for n, say in says.items() if any(word in say for word in words)]
    return handlers.handle(turn, named[0], 1.0) if len(named) == 1 else None


def _detail(turn: Turn, need: str) -> Outcome | None:
    """The part of the last answer that holds the message's word, unless it has just been said."""
    found = detail.found(turn, need)
    return more.unless_said(turn, found) if found is not None else None


def _decided(turn: Turn, need: str) -> bool:
    """Whether the classifier is sure of another need of the same topic, by words of its own."""
    best, confidence = turn.ranking[0] if turn.ranking else ("", 0.0)
    same_topic = best != need and best.startswith(f"{turn.library.needs[need].topic}.")
    if not same_topic or confidence < _SIBLING_AT or _YES_NO.search(turn.text):
        return False
    return bool(own_words(turn.text)) and not bare(turn)


def _supposed(turn: Turn, need: str) -> Outcome | None:
    """那要是我爱人也在交呢: another case of what was answered, where no other subject is named."""
    if not _SUPPOSES.search(turn.text) or any_support(turn) or turn.library.needs[need].handler != "answer":
        return None
    outcome = answer_need(turn, need, turn.conversation.aspect)
    outcome.text = f"{wording.STILL_ABOUT.format(what=turn.library.needs[need].say)}\n{outcome.text}"
    return more.unless_said(turn, outcome)


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
    aspect = _aspect_asked(turn)
    if turn.said("aspect") and aspect == turn.said("aspect")[-1]:
        return handlers.handle(turn, need, 1.0)
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
    if _ONLINE.search(turn.text):
        return "channel"
    own = (name for name, words in _ASPECT_WORDS if words.search(turn.text))
    return said[-1] if said else next(own, "")


def says_nothing_own(turn: Turn) -> bool:
    """Whether a few words have no subject at all (要花钱吗, 两个人怎么算): they go on with the last one."""
    doubts = _TO_US.search(turn.text) or panic.has_danger(turn.text)
    rest = _without_aspect(turn)
    return len(turn.text) <= SHORT and not doubts and bare(rest) and not own_words(rest.text)


def speaks_for_itself(turn: Turn) -> bool:
    """Whether the message has a subject of its own that the classifier is sure of."""
    if not turn.ranking:
        return any_support(turn)
    best, confidence = turn.ranking[0]
    if best not in turn.library.needs:
        return False
    topic = turn.library.needs[best].topic
    if (topic in {"out_of_scope", "fraud"} or best == "chitchat.bot_ability") and says_nothing_own(turn):
        return False
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
