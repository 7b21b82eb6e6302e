"""是不是骗局: the kind of scam a story resembles, its tell-tale signs and what to do.

Why this file exists: "先交体检费才让上班，正规吗" deserves the signs of that very trick. Kinds are
data (``content/fraud/scams.yml``); nothing like a known kind gets the general answer.
"""

from __future__ import annotations

import re
from dataclasses import replace
from functools import lru_cache
from typing import Any

from actions.answer import answer_need
from actions.message_check import ask_officially, find
from actions.outcome import Choice, Outcome, OutcomeKind
from actions.turn import Turn
from content.find import Library
from content.index import Index

LIKE = "这和“{name}”的套路很像，先别照做。"
_ASKING = re.compile(r"有(?:没有)?问题|靠不?靠谱|靠谱|真的假的|是真是假|可信吗?|骗(?:子|人|局)|正规|正常吗")
"""Words in which people ask, which say nothing about the kind."""
_DOUBTS = re.compile(r"真的|假的|真假|骗|靠谱|可信|能信|信得过|正规|合法|有问题|能不能(?:做|办|弄)")
_OFFERED = re.compile(
    r"(?:有人|人家|他们?|她|对方|中介|朋友|群里|网上)(?:打电话)?(?:说|讲|找我|问我|叫我|让我|要我|可以|能|帮我)"
)
"""有人说交钱帮我全额退保: an offer that was made, of a kind that is named."""
_DOUBT_ONLY = 20
"""Characters up to which a doubt is about the kind named, not about a story around it."""
_SHORTEST = 9
"""Characters below which no story is told."""
_SURE = 0.3
"""Search score from which a story resembles a kind (square root of the share of words explained)."""


@lru_cache(maxsize=2)
def _index(library: Library) -> tuple[Index, dict[str, dict[str, Any]]]:
    kinds = {kind["id"]: kind for kind in library.fraud["scams"]["scams"]}
    index = Index()
    for name, kind in kinds.items():
        called = " ".join([kind["name"], *kind.get("aliases", ())])
        index.add(name, [(called, 3.0), (" ".join(kind["signs"]), 1.0), (" ".join(kind["do"]), 0.3)])
    return index, kinds


def plainly(turn: Turn) -> dict[str, Any] | None:
    """The one kind whose own first sign is found or whose name stands in the text, or None."""
    named = _named(turn)
    if named is not None:
        return named
    best = resembles(turn)
    found = set(find(turn, turn.raw).ids)
    return best if best and found.intersection(best["signals"][:1]) else None


def _named(turn: Turn) -> dict[str, Any] | None:
    """The one kind whose name or alias stands in the text, or None."""
    kinds = turn.library.fraud["scams"]["scams"]
    named = [k for k in kinds if any(w in turn.text for w in (k["name"], *k.get("aliases", ())))]
    return dict(named[0]) if len(named) == 1 else None


def step(turn: Turn) -> Outcome | None:
    """A kind asked about by its name (代理退保是真的吗), whatever subject its words belong to."""
    offered = bool(_OFFERED.search(turn.text))
    named = len(turn.text) <= _DOUBT_ONLY and (offered or _DOUBTS.search(turn.text)) and _named(turn)
    if not named:
        return None
    outcome = handle(turn, "fraud.scam_identify")
    return replace(outcome, verdict="likely_scam") if offered and outcome.answer_id else outcome


def resembles(turn: Turn) -> dict[str, Any] | None:
    """The kind of scam the text resembles most, by its signals first and its words second.

    A few words tell no story: they have to name the kind (代理退保是真的吗).
    """
    if len(turn.text) < _SHORTEST:
        return _named(turn)
    index, kinds = _index(turn.library)
    found = set(find(turn, turn.raw).ids)
    words = dict(index.search(turn.text, len(kinds)))
    scored = [
        (2 * len(found.intersection(k["signals"][:1])) + words.get(i, 0.0), i) for i, k in kinds.items()
    ]
    score, best = max(scored)
    return kinds[best] if score >= _SURE else None


def handle(turn: Turn, need: str) -> Outcome:
    """The kind's signs, what to do, how the real thing works, and where to ask."""
    kind = resembles(turn)
    if kind is None:
        return answer_need(turn, need)
    turn.conversation.fraud = {"checked": "likely_scam", "bank": "", "at": turn.now.isoformat()}
    source = turn.library.fraud["scams"]["sources"][kind["source"]]
    checked = turn.library.fraud["scams"]["checked_on"]
    lines = [
        LIKE.format(name=kind["name"]),
        f"常见迹象：{''.join(kind['signs'])}",
        f"怎么办：{''.join(kind['do'])}",
        f"正规做法：{kind['official']}" if kind.get("official") else "",
        ask_officially(turn, turn.raw),
    ]
    return Outcome(
        OutcomeKind.ANSWERED,
        "\n".join(filter(None, lines)),
        citation=f"依据：《{source['title']}》（核验：{checked}）",
        need=need,
        answer_id=f"scam:{kind['id']}",
        choices=(Choice("我被骗了"), Choice(turn.library.needs["fraud.scam_message_check"].say)),
    )
