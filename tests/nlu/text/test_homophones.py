"""Spelling repair must never touch what is spelt right: our own content is the proof."""

from __future__ import annotations

import pytest

from content.yamltext import read
from nlu.text.homophones import repair
from nlu.text.names import CONTENT

MISSPELT_ON_PURPOSE = {"aliases", "keywords", "patterns", "signals", "any", "all", "none", "words", "say"}


def sentences(value):
    """Texts of a YAML value, without lists that hold people's misspellings."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for key, child in value.items():
            if key not in MISSPELT_ON_PURPOSE:
                yield from sentences(child)
    elif isinstance(value, list):
        for child in value:
            yield from sentences(child)


CORRECT = sorted(p for p in CONTENT.rglob("*.yml") if "fraud" not in p.parts)


@pytest.mark.parametrize("path", CORRECT, ids=lambda p: str(p.relative_to(CONTENT)))
def test_no_sentence_of_the_content_is_changed(path):
    harmed = {s: repair(s) for s in sentences(read(path.read_text("utf-8"))) if repair(s) != s}
    assert harmed == {}


@pytest.mark.parametrize(
    "text",
    [
        "租房补贴收入多少以下能领",
        "网商银行人工电话",
        "参保先问谁",
        "要把医保转医保吗",
        "农民工租房能贷吗",
        "综合评分不足房贷没批",
        "提供租房合同",
    ],
)
def test_neighbours_of_our_terms_are_left_alone(text):
    assert repair(text) == text


def test_the_same_sound_wins_over_a_close_one():
    assert repair("祖房补贴怎么申请") == "租房补贴怎么申请"
