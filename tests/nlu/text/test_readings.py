"""Our terms are read as with pypinyin's phrases, which are too large to load."""

from __future__ import annotations

import json
import os
import subprocess
import sys

from nlu.text.readings import readings
from nlu.text.words import word_list

FULL = """
import json, sys
from pypinyin import lazy_pinyin
print(json.dumps([lazy_pinyin(term) for term in json.load(sys.stdin)]))
"""


def test_every_term_is_read_as_with_the_full_dictionary() -> None:
    terms = sorted({*word_list("core_terms"), *word_list("terms")})
    env = {k: v for k, v in os.environ.items() if k != "PYPINYIN_NO_PHRASES"}
    answer = subprocess.run(
        [sys.executable, "-c", FULL],
        input=json.dumps(terms),
        capture_output=True,
        text=True,
        env=env,
        check=True,
    )
    full = dict(zip(terms, map(tuple, json.loads(answer.stdout)), strict=True))
    assert {t: readings(t) for t in terms} == full


def test_reading_terms_does_not_load_the_phrases() -> None:
    seen = "import nlu.text\nfrom pypinyin.constants import PHRASES_DICT\nprint(len(PHRASES_DICT))"
    answer = subprocess.run([sys.executable, "-c", seen], capture_output=True, text=True, check=True)
    assert int(answer.stdout) == 0
