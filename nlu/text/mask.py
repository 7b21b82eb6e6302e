"""Personal numbers hidden before anything is understood, kept or logged.

Why this file exists: people paste identity numbers and one-time codes into a chat. Public numbers
（12329, 95588, 400-…）stay readable. It must not know what happens to the text afterwards.
"""

from __future__ import annotations

import re

_GAP = r"[\s\-–—.·\u200b-\u200d\ufeff]{0,2}"
_CODE_WORD = "验证码|校验码|动态码|动态密码|短信码|确认码|取款码|密码|驗證碼|校驗碼|動態碼|密碼"


def _digits(count: str) -> str:
    return rf"(?:\d{_GAP}){{{count}}}"


_CODE = r"(?<!\d)\d(?:[\s\-]?\d){3,7}"
_ID = rf"(?<!\d){_digits('17')}[\dXxＸｘ](?![\dA-Za-z])"
_PHONE = rf"(?<!\d)(?:\+?86{_GAP})?[1１][3-9３-９]{_GAP}{_digits('8')}\d(?!\d)"
_PASSPORT = r"(?<![A-Za-z\d])(?:[EGDSPH]\d{8}|[EG][A-Z]\d{7}|[CHM]\d{8,10})(?!\d)"

_KINDS: tuple[tuple[str, str, re.Pattern[str]], ...] = (
    ("id_number", "【证件号】", re.compile(_ID)),
    ("phone", "【手机号】", re.compile(_PHONE)),
    ("bank_card", "【银行卡号】", re.compile(rf"(?<!\d){_digits('15,18')}\d(?!\d)")),
    ("long_number", "【长号码】", re.compile(rf"(?<!\d){_digits('11,40')}\d(?!\d)")),
    ("passport", "【证件号】", re.compile(_PASSPORT, re.IGNORECASE)),
    ("code", "【验证码】", re.compile(rf"(?<=码|碼)(?P<lead>[^\d]{{0,8}}?){_CODE}(?!\s*[\d元块万千%年])")),
    ("code", "【验证码】", re.compile(rf"{_CODE}(?!\d)(?=[^\d，。,.]{{0,8}}(?:{_CODE_WORD}))")),
)
_PUBLIC = re.compile(
    r"(?:400|800)[\s\-]?\d{3,4}[\s\-]?\d{3,4}|12\d{3}|9[56]\d{3,4}|100\d{2}|110|119|120|122|0\d{2,3}[\s\-]\d{5,8}"
)
_YEAR = re.compile(r"(?:19|20)\d{2}")
_CODE_CONTEXT = re.compile(_CODE_WORD)


def _is_public(number: str) -> bool:
    return bool(_PUBLIC.fullmatch(number.strip()))


def _hide(kind: str, name: str, match: re.Match[str], found: list[str]) -> str:
    """The replacement of one match; public numbers and years near a code word stay."""
    lead = match.groupdict().get("lead") or ""
    number = match[0][len(lead) :]
    spared = _is_public(number) or (kind == "code" and _YEAR.fullmatch(number))
    if spared or (kind == "code" and lead and not _CODE_CONTEXT.search(match.string[: match.end()])):
        return match[0]
    found.append(kind)
    return lead + name


def mask(text: str) -> tuple[str, tuple[str, ...]]:
    """The text with personal numbers replaced, and the kinds found (id_number, bank_card, phone, code …).

    >>> mask("我的身份证11010519491231002X，打12329")
    ('我的身份证【证件号】，打12329', ('id_number',))
    """
    found: list[str] = []
    for kind, name, pattern in _KINDS:
        if kind == "code" and not _CODE_CONTEXT.search(text):
            continue
        text = pattern.sub(lambda m, k=kind, n=name: _hide(k, n, m, found), text)  # type: ignore[misc]
    return text, tuple(found)
