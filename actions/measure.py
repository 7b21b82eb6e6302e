"""How often and for how many years: 一年能提几次, 还款多少年 after an answer, or in one question with it.

Why this file exists: these ask for one figure that a record's aspect list does not name. What the record
says of it is said alone; where it says nothing, that is said, never the time of arrival instead.
"""

from __future__ import annotations

import re
from dataclasses import replace

from actions import wording
from actions.answer import answer_need
from actions.contacts import contact_line
from actions.evidence import any_support
from actions.outcome import Outcome, OutcomeKind
from actions.place import city_name, place_of
from actions.turn import Turn
from content.figures import fill
from content.model import ASPECTS, Answer

_VERB = r"(?:提取|提现|申请|办理|领取|报销|[提取领报办用])"
_MAY = r"(?:能|可以|可|最多|总共|一共|允许|让|够)*"
_SPAN = r"(?:一|每|半|这)?个?(?:年|月|季度?|学期)(?:里|内)?"
_OFTEN = re.compile(
    rf"{_SPAN}?{_MAY}{_VERB}?(?:几|多少)[次回](?!事)"
    rf"|(?:多久|多长时间|几个月|几年|多少天){_MAY}{_VERB}?一[次回]"
    rf"|{_VERB}(?:的)?(?:次数|频率)"
)
_SAYS_OFTEN = re.compile(
    r"(?:[一二两三四几0-9]|多少)次(?!性)|按[月季年](?!限)|每(?:个?月|季度?|年)(?:能|可以|可)?(?:提|取|领|办|申请)"
)
_OF_A_LOAN = re.compile(
    r"^(?:那|这|这个|这笔|它|请问|一般|最长|最多|可以|能|要|得|总共|一共|贷款?|还款?|借|用|分|的|期限|年限)+"
    r"(?:是|有)?(?:多少|几|好多)年(?:还(?:清|完))?[呢啊呀?？]*$"
)
_LOAN_WORD = re.compile("贷|还|借|期限|年限|最长")
_TERM = re.compile("期限|年限")
_SUBJECT_LENGTH = 14
"""Characters up to which how often is asked of the last answer."""


def asks_often(text: str) -> bool:
    """Whether it is asked how many times something may be done."""
    return bool(_OFTEN.search(text))


def of_last(turn: Turn) -> bool:
    """Whether how often is asked of what was answered last, with no subject of its own."""
    if len(turn.text) > _SUBJECT_LENGTH or not asks_often(turn.text):
        return False
    return not any_support(replace(turn, text=_OFTEN.sub("", turn.text)))


def term_of(turn: Turn, need: str) -> str:
    """The need of the last one's topic that holds how long a loan runs (还款多少年), or ""."""
    if not _OF_A_LOAN.match(turn.text) or not _LOAN_WORD.search(turn.text):
        return ""
    known = turn.library.needs
    of_topic = [n for n in turn.library.topics[known[need].topic].needs if _TERM.search(known[n].name)]
    return need if need in of_topic else next(iter(of_topic), "")


def often(turn: Turn, need: str) -> Outcome:
    """What the need's record says of how often, alone; else that it says nothing, and whom to ask."""
    whole, place = answer_need(turn, need), place_of(turn)
    found = turn.library.answer(need, place.city, turn.now.date()).answer
    if whole.asks or found is None:
        return whole
    aspect, said = _spoken(found)
    if not said:
        return _not_known(turn, whole, place.city)
    outcome = answer_need(turn, need, aspect)
    filled = fill(said, turn.library.facts, turn.now.date()).text
    outcome.text = _only(outcome.text, f"{ASPECTS[aspect]}：", filled)
    return outcome


def _only(text: str, label: str, said: str) -> str:
    """The reply with one sentence in place of its conclusion and of the whole aspect."""
    lines = text.splitlines()
    at = next((i for i, line in enumerate(lines) if line.startswith(label)), 0)
    return "\n".join([*lines[: at - 1], f"{label}{said}", *lines[at + 1 :]]) if at else text


def _not_known(turn: Turn, whole: Outcome, city: str) -> Outcome:
    known = wording.OFTEN_UNKNOWN.format(
        what=turn.library.needs[whole.need].say, where=city_name(turn, city) if city else "我手里"
    )
    contacts = contact_line(turn.library.contacts_for(whole.need, city))
    return Outcome(
        OutcomeKind.NOT_IN_SOURCES,
        "\n".join(filter(None, [known, contacts])),
        choices=whole.choices,
        need=whole.need,
        city=whole.city,
    )


def _spoken(answer: Answer) -> tuple[str, str]:
    """The first sentence of a record that says how often, with its aspect; ("", "") without one."""
    for aspect, text in answer.aspects.items():
        for sentence in filter(None, text.split("。")):
            if _SAYS_OFTEN.search(sentence):
                return aspect, f"{sentence}。"
    return "", ""
