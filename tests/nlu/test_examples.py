"""The training data: complete, and nobody's questions but its own."""

from __future__ import annotations

import csv
import json
import re
from collections import Counter

import numpy as np
import pytest
from rapidfuzz import fuzz, process

from content.yamltext import read
from nlu.model.examples import examples
from nlu.text import normalise
from nlu.text.names import needs

NEAR = 90.0
"""Edit similarity in per cent above which two sentences count as copies."""
SHORT = 8
"""Below this many characters a sentence is common property（公积金怎么提）."""


@pytest.fixture(scope="module")
def rows():
    return examples()


@pytest.fixture(scope="module")
def normal(rows):
    """Every example's text normalised, in order."""
    return [normalise(text) for text, _ in rows]


def test_every_need_has_examples_and_every_example_a_need(rows):
    counted = Counter(need for _, need in rows)
    assert set(counted) == set(needs())
    assert min(counted.values()) >= 20, counted.most_common()[-5:]


def test_no_sentence_stands_under_two_needs(rows, normal):
    seen: dict[str, str] = {}
    clashes = [
        (text, need, other)
        for (text, need), plain in zip(rows, normal, strict=True)
        if (other := seen.setdefault(plain, need)) != need
    ]
    assert clashes == []


def evaluation_sentences(shared):
    """All sentences of the shared evaluation files."""
    for line in (shared / "eval" / "questions_dev.jsonl").read_text("utf-8").splitlines():
        row = json.loads(line)
        yield from (row["text"], *row.get("context", []))
    yield from said(read((shared / "eval" / "dialogues_dev.yaml").read_text("utf-8")))
    with (shared / "eval" / "seed_coverage.csv").open(encoding="utf-8") as file:
        for record in csv.DictReader(file):
            yield from (v for v in record.values() if isinstance(v, str) and ("？" in v or "?" in v))


def bare(text):
    """A normalised text without marks: quotation marks once hid two copies."""
    return re.sub(r"\W", "", text)


def said(value):
    """Every text in a YAML value."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for child in value.values():
            yield from said(child)
    elif isinstance(value, list):
        for child in value:
            yield from said(child)


@pytest.mark.shared
def test_no_example_is_a_copy_of_an_evaluation_sentence(rows, normal, shared):
    ours = sorted({bare(plain) for (t, _), plain in zip(rows, normal, strict=True) if len(t) >= SHORT})
    theirs = {n for t in evaluation_sentences(shared) if SHORT <= len(n := bare(normalise(t))) <= 200}
    sentences = sorted(theirs)
    likeness = process.cdist(sentences, ours, scorer=fuzz.ratio, score_cutoff=NEAR, dtype=np.uint8)
    assert [(ours[i], sentences[n]) for n, i in zip(*likeness.nonzero(), strict=True)] == []
