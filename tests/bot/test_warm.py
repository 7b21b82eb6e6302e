"""No message pays for loading: what is served was used once before."""

from __future__ import annotations

import gc

from actions import message_check, urgent
from bot.warm import tidy, warm
from content.find import Library
from nlu.text import homophones, words


def test_a_warmed_library_has_its_indexes_patterns_and_word_lists(library: Library) -> None:
    for kept in (urgent.alarm, message_check.detector, homophones._terms, words._words):
        kept.cache_clear()
    vars(library).pop("_search", None)
    warm(library)
    assert "_search" in vars(library)
    for kept in (urgent.alarm, message_check.detector, homophones._terms, words._words):
        assert kept.cache_info().currsize == 1


def test_content_is_spared_from_later_collections() -> None:
    tidy()
    assert gc.get_freeze_count() > len(gc.get_objects())
