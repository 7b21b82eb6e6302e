"""A WeChat text as pieces a page can show."""

from __future__ import annotations

from actions.outcome import Choice, Outcome, OutcomeKind
from actions.render import parts
from bot.pages.bubbles import OUTCOMES, pieces


def test_a_rendered_choice_becomes_something_to_tap() -> None:
    (text,) = parts(
        Outcome(OutcomeKind.CLARIFY, "您问的是？", choices=(Choice("租房提取"), Choice("a & b?")))
    )
    tapped = [piece["say"] for piece in pieces(text) if "say" in piece]
    assert tapped == ["租房提取", "a & b?"]


def test_plain_text_is_one_piece() -> None:
    assert pieces("没有链接 <b>原样</b>") == [{"text": "没有链接 <b>原样</b>"}]


def test_a_link_to_a_page_is_kept_as_an_address() -> None:
    assert pieces('看<a href="https://www.gov.cn/x">原文</a>') == [
        {"text": "看"},
        {"text": "原文", "href": "https://www.gov.cn/x"},
    ]


def test_an_address_that_would_run_something_is_dropped() -> None:
    assert pieces('<a href="javascript:alert(1)">点我</a>') == [{"text": "点我"}]


def test_every_outcome_has_a_name() -> None:
    assert set(OUTCOMES) == set(OutcomeKind)
    assert len(set(OUTCOMES.values())) == len(OUTCOMES)
