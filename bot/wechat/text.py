"""Texts that fit WeChat: splitting, quoting the question of a late answer, joining what was held back.

Why this file exists: 2,048 bytes of UTF-8 is the measured limit of a text; longer ones are lost whole
(PROTOCOL 1.5). The worker uses this too, so it must not import ``actions``.
"""

from __future__ import annotations

import json
import re
from collections.abc import Sequence

LIMIT_BYTES = 2048
QUOTE = "您刚才问的“"
MORE = "\n（还有内容没发完，回复“继续”接着看。）"
CONTINUE = frozenset({"继续", "继续看", "接着看", "下一段", "继续。"})
_SENTENCE = re.compile(r"[^。！？；\n]*[。！？；\n]+|[^。！？；\n]+$")


def size(text: str) -> int:
    """Bytes of UTF-8."""
    return len(text.encode())


def _cut(piece: str, limit: int) -> list[str]:
    """A sentence longer than the limit, cut between characters."""
    out, start, used = [], 0, 0
    for index, char in enumerate(piece):
        width = len(char.encode())
        if used + width > limit:
            out.append(piece[start:index])
            start, used = index, 0
        used += width
    return [*out, piece[start:]]


def split(text: str, limit: int = LIMIT_BYTES) -> list[str]:
    """Parts of at most ``limit`` bytes, cut at sentence ends where there are any."""
    if size(text) <= limit:
        return [text]
    parts = [""]
    for sentence in _SENTENCE.findall(text):
        for piece in _cut(sentence, limit) if size(sentence) > limit else [sentence]:
            if size(parts[-1] + piece) > limit:
                parts.append("")
            parts[-1] += piece
    return [p.strip() for p in parts if p.strip()]


def first_words(text: str, limit: int = 24) -> str:
    """The beginning of a question, to quote: without markup that WeChat would read as a link."""
    plain = " ".join(re.sub(r"[<>\"“”]", "", text).split())
    return plain if len(plain) <= limit else plain[:limit] + "…"


def lead(question: str) -> str:
    """The words that tie a late answer to its question; "" where there is none to name."""
    return f"{QUOTE}{question}”：\n" if question else ""


def quoted(question: str, text: str) -> list[str]:
    """A late answer, tied to its question; by a text of its own where there is no room.

    The answer is never cut for that: its end is its source.
    """
    if not question or text.startswith(QUOTE):
        return [text]
    whole = lead(question) + text
    return [whole] if size(whole) <= LIMIT_BYTES else [f"{QUOTE}{question}”，答复在下一条。", text]


def _quoted_if_room(text: str, question: str) -> str:
    parts = quoted(question, text)
    return parts[0] if len(parts) == 1 else text


def join_held(held: Sequence[tuple[str, str]], parts: Sequence[str]) -> tuple[str, int, list[str]]:
    """One passive reply from texts held back and the parts of the new answer.

    Args:
        held: (text, question) oldest first.
        parts: the new answer.

    Returns:
        The reply, how many held texts it carries, and the parts that must wait in turn.
    """
    texts = [_quoted_if_room(t, q) for t, q in held]
    queue = [*texts, *parts]
    reply, taken = queue[0], 1
    while taken < len(queue) and size(f"{reply}\n\n{queue[taken]}") + size(MORE) <= LIMIT_BYTES:
        reply = f"{reply}\n\n{queue[taken]}"
        taken += 1
    rest = queue[taken:]
    if rest and size(reply + MORE) <= LIMIT_BYTES:
        reply += MORE
    return reply, min(taken, len(held)), list(parts[max(0, taken - len(held)) :])


def content_of(payload: str) -> str:
    """The words of an API body; "" for other kinds than text."""
    return str(json.loads(payload or "{}").get("text", {}).get("content", ""))
