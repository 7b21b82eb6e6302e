"""Wording around a check and the small ear for corrections, what-ifs and later days."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal

from actions import days
from content.criterion import Check, Question
from content.find import Library
from content.references import facts_of
from nlu.text import entities

RESUMED = "好的，接着刚才的查。"
CHANGED = "好的，按您改的重新算。"
SUPPOSED = "好的，假设是这样来算。"
ON_DAY = "按{day}那天算。"
SKIPPED = "好的，这一项先空着。"
STILL_ASKED = "刚才问到：{ask}"
NOT_SURE = "拿不准的，回复“不清楚”，结果里会写明要核实哪一项。"
REACHED = "照您说的往后推，大约到{day}，差的那一条就够了。"
ONLY_NEEDED = "测一测只问会影响结果的事，不想说的回复“跳过”。"
LEFT_OPEN = "没关系，这一项先记作不清楚。"
ESTIMATED = "先按您说的大概情况算。"
NOT_HEARD = "抱歉，没听明白您的回答。{how}"
_HOW = {
    "yes_no": "回复“是”“不是”或“不清楚”就行。",
    "choice": "点一个，或回复前面的数字就行。",
    "date": "写上年月就行，比如2026年3月。",
}
FOUND_LATER = "没关系，查到了直接告诉我，接着算。{hint}"
STOPPED = "好的，先停在这里。“{title}”目前的结果是需核实。想接着查，回复“继续”。"
STOPPED_BEFORE = "好的，先不查了。想查的时候点“测一测”。"
FORGOTTEN = "好的，已经忘掉：{label}。想重新查，回复“测一测”。"
NOT_KEPT = "“{label}”我没有记着，不用忘。想把我记着的全部删掉，回复“删除我的数据”。"
NOTHING_TOLD = "您在测一测里还没有告诉我什么，没有要忘的。想把我记着的全部删掉，回复“删除我的数据”。"
TAKEN = "好的，记下了。"
TAKEN_AS = "好的，按“{label}”来记；不对就告诉我。"
ONE_BY_ONE = "好的，一项一项看。"
RESUME = "继续"
RESUME_CHECK = "继续测：{title}"
DROPPED = "上次的“{title}”隔得有点久，先放下了。想查的话我们重新来，之前说过的不用再说。"
CHOICES_SHOWN = 8
"""Tappable answers of one question: more is a list nobody reads; any may still be typed."""
_WANTS = re.compile(
    r"帮我?(?:看看|看下|算算?|查查?|测)|我(?:这种|这样)?(?:算不算|算是?|符不符合|够不够|符合)|给我(?:看看|测|算)"
    r"|我.{1,16}(?:算不算|够不够|符不符合)|^测(?!试)"
    r"|查(?:一)?下.{0,6}(?:能不能|可不可以|是不是|够不够|行不行)|测(?:一)?[下测]|够条件|看看?[我下]?.{0,6}(?:行不行|符不?合|够不够|得行不|能不能)"
    r"|(?:行不行|符合不|够不够)$|看(?:一)?下$"
)
_OWN_CASE = re.compile(
    r"能不能|可不可以|行不行|行吗|成不成|算不算|够不够|够格|有资格|符合|影响|要紧|有关系"
    r"|(?:能|可以|算).{0,10}(?:吗|么|不|没|嘛|\?|？)$|(?:能|可以|算)[^，,。 ]{0,8}(?:吗|么|不|嘛)"
)
_OPEN_QUESTION = re.compile(r"多少|怎么|咋|哪|什么|啥|几(?!个月|年|天)|为何")
_ASKS = re.compile(r"[吗么嘛?？]|怎|咋|哪|什么|啥|多少|谁|能不|行不|可不|有没有|呢$|不$")
_CHANGES = re.compile(r"说错|搞错|弄错|记错|打错|不对|改一下|更正|其实|应该是")
_BACK = (
    r"^(?:哦|噢|啊|诶|哎|呃|等等?|等一下)*[,， ]*不(?:是|对)[,， ]*(?=[今去前上0-9一二两三四五六七八九十半])"
)
_TAKES_BACK = re.compile(_BACK)
_SUPPOSES = re.compile(
    r"要是|如果|假如|假设|若是|换成|的话|^那.{1,12}呢|再过|等到|等.{0,3}满|满.{1,6}(?:呢|以?后)|以后呢|之后呢"
)
_WANTED = re.compile(
    rf"(?:(?:说|搞|弄|记|打)错了?|不对|{_BACK}|其实|更正|改一下|应该)"
    r"[，,。 ]*(?:应该)?(?:是|我)?(?P<wanted>.+)$"
)
_LATER = re.compile(r"(?:再过|再等|过了?|等到?)(?P<span>[^，。呢]{1,8})")
_REACHED = re.compile(r"满(?P<span>[^，。呢了]{1,6})")
_OTHER_WAY = re.compile(r"(?:别的|其他|其它|另外的?|还有|换个)(?:什么|啥)?(?:办法|路子|途径|方式|法子|招)")
_FORGET = re.compile(
    r"(?:忘掉|忘了|忘记|删掉|清掉|去掉|别记|不要记|别存)(?:我的?|刚才的?|这个|前面)*(?P<what>.{2,12})"
)
_FORGET_IT = re.compile(
    r"把(?:我的?|刚才的?|这个|那个|前面)*(?P<what>.{2,12}?)(?:都|给|也|全|先)*(?:忘掉|忘了|忘记|删掉|删了|清掉|去掉|抹掉)"
)
_EVERYTHING = re.compile("数据|信息|资料|一切|全部|所有|记录|对话|聊天|个人")
"""What is kept of somebody as a whole is deleted after a confirmation, never as one fact."""
_TOLD = re.compile(
    r"^(?:我|刚才|刚刚|前面|之前|上面|你|跟|都|全)*(?:说|讲|答|回答|告诉|填|写)(?:过|了|你|给|的)*"
    r"(?:那些|这些|话|东西|内容|事|情况|答案)*[吧了啊呀。!！]*$"
)
_SOME_MONTHS = Decimal(3)
"""再过几个月 without a number is taken as three months, and said so."""


def questions_of(check: Check, library: Library) -> list[Question]:
    """The questions a check may ask or hear, in the order its conditions and results name them."""
    named = dict.fromkeys(fact for condition in check.conditions for fact in facts_of(condition.when))
    named |= dict.fromkeys(fact for result in check.results for fact in result.facts)
    return [library.questions[fact] for fact in named]


def wants_check(text: str) -> bool:
    """Whether the citizen asks to have their own case looked at."""
    return bool(_WANTS.search(text))


def asks_own_case(text: str) -> bool:
    """Whether a yes-or-no question about one's own case is asked (能提吗), not how much or where."""
    return bool(_OWN_CASE.search(text)) and not _OPEN_QUESTION.search(text)


def is_question(text: str) -> bool:
    """Whether the words ask something, by their question words."""
    return bool(_ASKS.search(text))


def changes(text: str) -> bool:
    """Whether the words take back something told before."""
    return bool(_CHANGES.search(text))


def takes_back(text: str) -> bool:
    """Whether a message after a verdict begins by taking the last answer back (哦不是，今年五月)."""
    return bool(_TAKES_BACK.match(text))


def asks_other_way(text: str) -> bool:
    """Whether another way is asked for after a no (有没有别的办法)."""
    return bool(_OTHER_WAY.search(text))


def supposes(text: str) -> bool:
    """Whether the words vary the case instead of correcting it (要是…呢)."""
    return bool(_SUPPOSES.search(text))


def correction_of(text: str) -> str:
    """What is said instead in 刚才说错了，是有房, or ""."""
    found = _WANTED.search(text)
    return found["wanted"].strip("，, 是") if found else ""


def forgets(text: str) -> str:
    """What the citizen wants forgotten, or ""; everything that is kept of them is no such thing."""
    found = _FORGET_IT.search(text) or _FORGET.search(text)
    return found["what"] if found and not _EVERYTHING.search(found["what"]) else ""


def means_told(what: str) -> bool:
    """Whether what is to be forgotten is all that was told (我刚才说的)."""
    return bool(_TOLD.match(what))


def later_day(text: str, today: date) -> date | None:
    """The day meant by 再过半年呢, or None."""
    found = _LATER.search(text)
    spans = [f for f in entities(found["span"]) if f.kind == "duration"] if found else []
    if not spans:
        return days.day_after(text, today)
    told = spans[0].value.lstrip("<>=~")
    return months_on(today, Decimal(told) if spans[0].value[:1].isdigit() else _SOME_MONTHS)


def reached(text: str) -> str:
    """The length of time named in 满三年, or ""."""
    found = _REACHED.search(text)
    return found["span"] if found else ""


def months_on(day: date, months: Decimal) -> date:
    """The day some months after a day, never past the 28th."""
    total = day.year * 12 + day.month - 1 + int(months)
    return date(total // 12, total % 12 + 1, min(day.day, 28))


def not_heard(question: Question) -> str:
    """What is said when an answer was not understood: how this kind of question can be answered."""
    return NOT_HEARD.format(how=_HOW.get(question.kind, "写个数字就行，大概的也可以。"))


def says(question: Question) -> list[str]:
    """The tappable answers of a question; 不清楚 always works."""
    if question.kind == "yes_no":
        return ["是", "不是", "不清楚"]
    if question.kind == "choice":
        return [*[c.say for c in question.choices][:CHOICES_SHOWN], "不清楚"]
    return ["不清楚"]
