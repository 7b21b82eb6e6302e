"""Short things people say that mean the same everywhere: yes, no, skip, stop, a number of a list.

Why this file exists: checks, choices and confirmations share one ear. It works on normalised text
and must not know what was asked.
"""

from __future__ import annotations

import re

_TAIL = r"[的了吧呢啊呀哈嘛呗咯哦噢额嗯~,，。.!！?？ ]*"

_YES = re.compile(
    rf"^(嗯+|恩+|是+|对+|对头|有|有的|没错|好|好的|行|可以|可以的|要|要的|确定|确认|确定删|确认删除|是的|结了|已婚|当然|肯定|ok|yes|y|得行|中){_TAIL}$",
    re.I,
)
_NO = re.compile(
    rf"^(不|不是|不对|没|没有|没得|无|不要|不用|不了|不行|否|未|没结|还没|还没有|没有过|从没|no|n){_TAIL}$",
    re.I,
)
_UNKNOWN = re.compile(
    r"不知道|不清楚|不晓得|不确定|记不得|不记得|记不清|忘了|忘记了|搞不清|搞不懂|说不准|说不清|没注意|不好说|说不好|难说|不太清楚|不大清楚|真不知|晓不得"
)
_SKIP = re.compile(r"跳过|不想说|不方便说|不想答|不愿说|保密|下一个|先不说|不告诉")
_STOP = re.compile(
    r"^(算了|不查了|不测了|停|停止|退出|取消|结束|先不查|不弄了|不用查|先不测|别查了)|算了.{0,4}(不查|不测|不问)"
)
_WHY = re.compile(
    r"(为什么|为啥|为何|干嘛|干啥|做什么用|有啥用|有什么用|凭什么|啷个).{0,4}(问|要|知道|这个)|问这个?(干|做|有)|^(这|那)?(是)?(什么|啥|啥子)(个)?意思|(没|不)(看|听|太)?懂(你|这个|这)?(问|题)?"
)
_ASKED = re.compile(r"问|知道|打听")
_RESUME = re.compile(r"(接着|继续|恢复).{0,6}(查|测|刚才|问|来)|^(继续|接着)")
_NUMBER = re.compile(r"^[第选]?\s*([1-9一二三四五六七八九])\s*[个项号.、。]?$")
_CN = {c: i for i, c in enumerate("一二三四五六七八九", 1)}
_WHO = r"(?:人工|真人|客服|人工客服|人工服务|坐席|活人)(?:服务)?"
_MAY = r"(?:今天|现在|我|可以|能不能|可不可以|能|帮我|给我)*"
_PERSON = re.compile(
    rf"^(?:转|要|找|接|换)?个?{_WHO}[吧啊呀。!！ ]*$"
    rf"|^{_MAY}(?:转|找|接)(?:个|一下)?{_WHO}(?:吗|不|么|嘛|行不行)?[吧啊呀。!！?？ ]*$"
    rf"|^(?:请问|你们|这里|那边|现在|还|到底)*(?:有没有?|有|又)个?{_WHO}在?"
    r"(?:吗|么|嘛|没有?|不)?[啊呀。!！?？ ]*$"
    rf"|^(?:你们的?)?{_WHO}(?:到底|究竟|怎么|咋|还|都)*(?:来没来|来了没有?|没来|不来|在不在|呢)"
    r"[啊呀吗。!！?？ ]*$"
)
_BAD = r"(?:垃圾|破|烂|臭|傻[逼比叉]?|蠢|笨|废物|智障|脑残|弱智|狗屁|白痴|没用的|坑人的)"
_US = r"(?:机器人|智能客服|客服|助手|小助手|人工智能|系统|公众号|ai)"
_ANGRY = re.compile(
    rf"^(?:真是|真|就是|这|这个|这种|什么|啥|你|你这|你个|你是|个|太|的)*{_BAD}的?{_US}{_TAIL}$"
    rf"|^(?:你们?|这)?(?:这|个|的)*{_US}(?:真|真是|就是|是|太|好|也太|怎么|这么|简直|个|的)*{_BAD}(?:了|死了|透了|东西|玩意儿?)*{_TAIL}$",
    re.I,
)
_BACK_TO_BOT = re.compile(
    r"不用了|不转了|不(?:想)?要人工|不用人工|^取消|我自己(问|看|查)|先不用|不(?:想)?等了|算了|不需要了|不找了"
)


def is_yes(text: str) -> bool:
    """A bare yes."""
    return bool(_YES.match(text.strip()))


def is_no(text: str) -> bool:
    """A bare no."""
    return bool(_NO.match(text.strip()))


def is_unknown(text: str) -> bool:
    """The citizen says that they do not know."""
    return bool(_UNKNOWN.search(text))


def is_skip(text: str) -> bool:
    """The citizen does not want to say, or wants the next question."""
    return bool(_SKIP.search(text))


def is_stop(text: str) -> bool:
    """The citizen ends what is under way."""
    return bool(_STOP.search(text.strip()))


def is_why(text: str) -> bool:
    """The citizen asks why we want to know."""
    return bool(_WHY.search(text))


def asks_why_asked(text: str) -> bool:
    """The citizen asks why something was asked, after it was."""
    return is_why(text) and bool(_ASKED.search(text))


def is_resume(text: str) -> bool:
    """The citizen takes up again what was left."""
    return bool(_RESUME.search(text.strip()))


def asks_person(text: str) -> bool:
    """A bare request for a person, sure enough to need no classifier."""
    return bool(_PERSON.match(text.strip()))


def is_angry(text: str) -> bool:
    """Anger at the assistant and nothing else (垃圾机器人)."""
    return bool(_ANGRY.match(text.strip()))


def back_to_bot(text: str) -> bool:
    """While waiting for a person: the citizen would rather go on alone."""
    return bool(_BACK_TO_BOT.search(text))


def list_number(text: str) -> int | None:
    """The number picked from a list of ours, 1 to 9, or None."""
    found = _NUMBER.match(text.strip())
    if not found:
        return None
    digit = found.group(1)
    return _CN.get(digit) or int(digit)
