"""A WeChat text as pieces a page can show: words, and choices to tap.

Why this file exists: replies carry WeChat's own links, which a browser does not know. It must not know
what is said.
"""

from __future__ import annotations

import re
from html import unescape
from urllib.parse import parse_qs, urlsplit

from actions.outcome import OutcomeKind

_LINK = re.compile(r'<a href="([^"]*)"[^>]*>(.*?)</a>', re.DOTALL)
OUTCOMES: dict[OutcomeKind, str] = {
    OutcomeKind.ANSWERED: "已答复",
    OutcomeKind.ANSWERED_NATIONALLY: "按全国规定答复",
    OutcomeKind.CLARIFY: "请您确认",
    OutcomeKind.NEEDS_CITY: "问城市",
    OutcomeKind.NEEDS_FACTS: "测算中",
    OutcomeKind.VERDICT: "给出结论",
    OutcomeKind.NOT_IN_SOURCES: "资料未载",
    OutcomeKind.PAST_REVIEW: "过了复核期限",
    OutcomeKind.EXPIRED: "已到期",
    OutcomeKind.SUPERSEDED: "已被取代",
    OutcomeKind.CITY_NOT_COVERED: "城市未收录",
    OutcomeKind.NOT_UNDERSTOOD: "没听懂",
    OutcomeKind.OUT_OF_SCOPE: "不在范围内",
    OutcomeKind.URGENT_FRAUD: "紧急防骗",
    OutcomeKind.HANDED_OFF: "转人工",
    OutcomeKind.CHITCHAT: "闲聊",
    OutcomeKind.SERVICE_TROUBLE: "服务出错",
}
"""Outcome to the short Chinese name shown beside a reply."""

Piece = dict[str, str]
"""``{"text"}``, with ``"say"`` where tapping it sends words, ``"href"`` where it opens a page."""


def pieces(text: str) -> list[Piece]:
    """Cut a text at its links.

    >>> pieces('1. <a href="weixin://bizmsgmenu?msgmenucontent=%E6%88%90%E9%83%BD&msgmenuid=1">成都</a>')
    [{'text': '1. '}, {'text': '成都', 'say': '成都'}]
    """
    found: list[Piece] = []
    end = 0
    for link in _LINK.finditer(text):
        found.append({"text": text[end : link.start()]})
        found.append({"text": unescape(link[2]), **_target(unescape(link[1]))})
        end = link.end()
    found.append({"text": text[end:]})
    return [piece for piece in found if piece["text"]]


def _target(address: str) -> Piece:
    parts = urlsplit(address)
    if parts.scheme == "weixin":
        said = parse_qs(parts.query).get("msgmenucontent", [""])[0]
        return {"say": said} if said else {}
    return {"href": address} if parts.scheme in ("http", "https", "") else {}
