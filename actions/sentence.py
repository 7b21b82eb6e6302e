"""What kind of sentence a short message is: a question, an answer with an addition, a bare statement.

Why this file exists: "一个月最多能取好多" is no answer of one month, and "没得别的贷款" is no answer about a
licence. It works on words only and must not know checks or needs.
"""

from __future__ import annotations

import re

_ASKING = re.compile(
    r"[吗？?]|[么呢]$|怎么|怎样|咋|为什么|为啥|如何|哪|谁|几多|多少|好多(?![年个天月人])"
    r"|.{2,}几(?:年|个月|天|次|张|成|倍|块|万)$|(?<![没无])(?<!没有)(?<!没得)(?:什么|啥)"
    r"|是不是|能不能|可不可以|行不行|得不得行|要不要|会不会|有没有|算不算|够不够"
    r"|(?:能|可以|得行|要|算|影响|关系|要紧)[^，。]{0,4}不$|([^不，。])不\1"
)
_MEANING = re.compile(
    r"什么(?:才?叫|才?是|意思|样的)|(?:啥子?|哪样)才?(?:叫|是|意思)|叫(?:什么|啥)|是指|(?:怎么|怎样|咋个?|如何)(?:样)?(?:才)?算"
    r"|算不算|算(?:数)?(?:吗|么|嘛|不)[?？]?$"
)
_NO_IN_DIALECT = re.compile(r"木有|木得|莫得|冇得?|么得|没的(?=房|单位|买|交|办)")
_PARTS = re.compile(r"[\s,，。.;；!！、]+")
_ANSWER_LIKE = re.compile(r"^(?:也|都|就|我们?|是)?(?:没|不|无|有|是|还|已|刚|才|[交缴]着|在[交缴])")
_SHORT_ANSWER = 4
"""Characters up to which a statement is an attempt to answer, whatever it is about."""


def asks(text: str) -> bool:
    """Whether the words ask something; 没什么 and 没得啥 do not."""
    return bool(_ASKING.search(text))


def asks_meaning(text: str) -> bool:
    """Whether the words ask what is meant (什么叫有房, 小产权房算吗), which tells nothing of a case."""
    return bool(_MEANING.search(text)) and asks(text)


def plain_no(text: str) -> str:
    """The text with the regional words for 没有 (木有, 莫得, 冇) in their common form."""
    return _NO_IN_DIALECT.sub("没有", text)


def affirms(text: str, word: str) -> bool:
    """Whether a word stands in the text without a no right before it (有房 in 没有房 does not)."""
    return bool(re.search(rf"(?<![没不未无]){re.escape(word)}", text))


def head(text: str) -> str:
    """The first piece of a message: 没有 of "没有 就一个人"."""
    return next(filter(None, _PARTS.split(text.strip())), "")


def tries_to_answer(text: str) -> bool:
    """Whether a statement looks like an answer to a question of ours (没逾期, 退休的), not a new subject."""
    return not asks(text) and (len(text) <= _SHORT_ANSWER or bool(_ANSWER_LIKE.match(text)))
