"""Outcome to WeChat texts: at most 2,048 bytes each, citation on the first, choices tappable.

Why this file exists: one place knows how a reply looks on the phone. 2,048 bytes of UTF-8 is the
measured limit of a WeChat text (PROTOCOL 1.5); longer texts are lost whole.
"""

from __future__ import annotations

import re
from urllib.parse import quote

from actions.outcome import Choice, Outcome

LIMIT_BYTES = 2048
_SENTENCE = re.compile(r"[^。！？；\n]*[。！？；\n]+|[^。！？；\n]+$")


def link(choice: Choice, number: int) -> str:
    """A tappable line that sends the choice's words as the citizen's own (undocumented, so a convenience)."""
    say = choice.say
    return f'{number}. <a href="weixin://bizmsgmenu?msgmenucontent={quote(say)}&msgmenuid={number}">{say}</a>'


def _size(text: str) -> int:
    return len(text.encode())


def _chop(piece: str, limit: int) -> list[str]:
    """A single sentence longer than the limit, cut between characters."""
    out, line = [], ""
    for char in piece:
        if _size(line + char) > limit:
            out.append(line)
            line = ""
        line += char
    return [*out, line] if line else out


def split(text: str, first_limit: int, limit: int = LIMIT_BYTES) -> list[str]:
    """Split at sentence ends so that no part exceeds its limit in bytes."""
    parts: list[str] = []
    current, room = "", first_limit
    for sentence in _SENTENCE.findall(text):
        for piece in [sentence] if _size(sentence) <= limit else _chop(sentence, min(first_limit, limit)):
            if current and _size(current + piece) > room:
                parts.append(current.strip())
                current, room = "", limit
            current += piece
    if current.strip():
        parts.append(current.strip())
    return parts or [""]


def plain(outcome: Outcome) -> str:
    """The whole reply as one text without links: for the CLI, transcripts and screen readers."""
    lines = [outcome.text, outcome.citation, outcome.offer]
    lines += [f"{i}. {c.say}" for i, c in enumerate(outcome.choices, 1)]
    return "\n".join(line for line in lines if line)


def parts(outcome: Outcome) -> list[str]:
    """The WeChat texts of an outcome, in order; empty when it is silent.

    The citation stands on the first part; choices stand on the last, as links where they fit and
    as plain numbered words where they do not.
    """
    if outcome.silent:
        return []
    head = f"\n{outcome.citation}" if outcome.citation else ""
    texts = split(outcome.text, LIMIT_BYTES - _size(head))
    texts[0] += head
    if not outcome.choices:
        return texts
    offer = f"\n{outcome.offer}" if outcome.offer else ""
    linked = f"{offer}\n" + "\n".join(link(c, i) for i, c in enumerate(outcome.choices, 1))
    numbered = f"{offer}\n" + "\n".join(f"{i}. {c.say}" for i, c in enumerate(outcome.choices, 1))
    for tail in (linked, numbered):
        if _size(texts[-1] + tail) <= LIMIT_BYTES:
            texts[-1] += tail
            return texts
    return [*texts, numbered.strip()]
