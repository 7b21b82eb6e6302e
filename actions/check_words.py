"""Wording around a check and the small ear for corrections and what-ifs."""

from __future__ import annotations

import re

from content.criterion import Check, Question
from content.find import Library
from content.references import facts_of

RESUMED = "好的，接着刚才的查。"
CHANGED = "好的，按您改的重新算。"
SKIPPED = "好的，这一项先空着。"
LEFT_OPEN = "没关系，这一项先记作不清楚。"
ESTIMATED = "先按您说的大概情况算。"
NOT_HEARD = "抱歉，没听明白您的回答。"
HINT = "没关系。{hint}"
ASK_AGAIN = "能查到的话告诉我就行；查不到就回“不清楚”。{ask}"
STOPPED = "好的，先停在这里。“{title}”目前的结果是需核实。想接着查，回复“继续”。"
RESUME = "继续"
DROPPED = "上次的“{title}”隔得有点久，先放下了。想查的话我们重新来，之前说过的不用再说。"
_WANTS = re.compile(
    r"帮我?(?:看看|算算?|查查?|测)|我(?:算不算|算是?|符不符合|够不够|符合)|给我(?:测|算)|测一下|测测|够条件"
)
_CHANGES = re.compile(r"说错|搞错|弄错|记错|不对|改一下|更正|要是|如果|假如|换成|再过|等到|其实")
_WANTED = re.compile(
    r"(?:(?:说|搞|弄|记)错了?|不对|其实|更正|改一下|应该)[，,。 ]*(?:应该)?(?:是|我)?(?P<wanted>.+)$"
)


def questions_of(check: Check, library: Library) -> list[Question]:
    """The questions a check may ask, in the order its conditions name them."""
    named = dict.fromkeys(fact for condition in check.conditions for fact in facts_of(condition.when))
    return [library.questions[fact] for fact in named]


def wants_check(text: str) -> bool:
    """Whether the citizen asks to have their own case looked at."""
    return bool(_WANTS.search(text))


def changes(text: str) -> bool:
    """Whether the words take back or vary something told before."""
    return bool(_CHANGES.search(text))


def correction_of(text: str) -> str:
    """What is said instead in 刚才说错了，是有房, or ""."""
    found = _WANTED.search(text)
    return found["wanted"].strip("，, 是") if found else ""


def says(question: Question) -> list[str]:
    """The tappable answers of a question; 不清楚 always works."""
    if question.kind == "yes_no":
        return ["是", "不是", "不清楚"]
    if question.kind == "choice":
        return [c.say for c in question.choices] + ["不清楚"]
    return ["不清楚"]
