"""Lexical evidence: does any content-bearing word of the text support a need at all?

Why this file exists: a linear model is sure about nonsense now and then. A high score without one
cue word of the topic must not be answered as if it were understood. Cues: ``nlu/words/cues.yml``.
"""

from __future__ import annotations

import re
from functools import cache

from content.yamltext import read
from nlu.text.words import WORDS_DIR


@cache
def _cues() -> dict[str, re.Pattern[str]]:
    rows = read((WORDS_DIR / "cues.yml").read_text(encoding="utf-8"))["topics"]
    return {topic: re.compile("|".join(map(str, words)), re.I) for topic, words in rows.items()}


def evidence(text: str, need: str) -> bool:
    """Whether normalised ``text`` holds a cue word of the topic of ``need`` (``topic.need`` or a topic).

    A topic without a cue list counts as supported: lists guard, they do not forbid.
    """
    pattern = _cues().get(need.partition(".")[0])
    return pattern is None or bool(pattern.search(text))
