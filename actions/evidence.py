"""Whether a message has words of its own subject, by the shared cue lists."""

from __future__ import annotations

import re
from dataclasses import replace

from actions.turn import Turn
from nlu.text import evidence

WITHOUT_SUBJECT = frozenset({"chitchat", "out_of_scope", "contact", "privacy", "complaint", "policy"})
"""Topics whose cue words say nothing about a subject."""


def supports(text: str, topic: str) -> bool:
    """Whether the text holds a cue word of the topic."""
    return evidence(text, topic)


def any_support(turn: Turn) -> bool:
    """Whether the text holds a cue word of any subject."""
    topics = (t for t in turn.library.topics if t not in WITHOUT_SUBJECT)
    return any(evidence(turn.text, t) for t in topics)


_VERBS = re.compile(
    r"(转账|转钱|汇款|存款|贷款|还款|取钱|取现|提现|开户|开卡|办卡|退税|报税|报销|缴费|退休|买房|买车|存钱|借钱"
    r"|社保卡|银行卡|信用卡|退保|退租|退房|收据)|[交缴取提贷转办存还买卖付退领报开算收给满钱卡]"
)
"""Words of one letter that go with any subject; those in the group name one."""
_FUNCTION = re.compile(
    r"批下来|办下来|(?:两|一|几|三)个?人|两口子|夫妻俩?|代办|办理|申请|以?内|能不能|可不可以|行不行|要不要|多少|好多|多久|多长时间|怎么|咋个?|(?:什么|啥)时候|什么|啥|哪里?|几[年天个次]|月|最[多低少高]|一[次个年下]"
    r"|[那我你您他她它得能要会可以行不没有的了吗呢啊嘛么还再到里去就也都才是在个年天钱先后把给让谁?？,，。 ]"
)
_A_NOUN = 2
"""Letters left over from which a message has a noun of its own, if only one we do not know."""


def nouns(text: str) -> str:
    """The text without the verbs that go with any subject."""
    return _VERBS.sub(lambda m: m[1] or "", text)


def own_words(text: str) -> list[str]:
    """The pieces of a text between function words, two letters at least (利率 of 那利率是多少)."""
    return [piece for piece in _FUNCTION.sub(" ", text).split() if len(piece) >= _A_NOUN]


def bare(turn: Turn) -> bool:
    """Whether nothing but verbs of any subject (交, 取, 到卡里) is in the message, no noun of its own."""
    rest = nouns(turn.text)
    return len(_FUNCTION.sub("", rest)) <= _A_NOUN and not any_support(replace(turn, text=rest))
