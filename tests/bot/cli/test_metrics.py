"""What the figures count, on records small enough to check by eye."""

from __future__ import annotations

from typing import Any

import pytest

from bot.cli import metrics

Row = dict[str, Any]


def pair(
    wanted: str,
    got: str,
    outcome: str = "answered",
    confidence: float = 0.9,
    verdict: str | None = None,
    **row: Any,
) -> metrics.Pair:
    topic, need = wanted.split(".")
    out_topic, _, out_need = got.partition(".")
    suggestions = row.pop("suggestions", [])
    record = {
        "topic": out_topic, "need": out_need, "outcome": outcome, "confidence": confidence,
        "suggestions": suggestions, "verdict": verdict,
    }  # fmt: skip
    return {"id": "t1", "topic": topic, "need": need, **row}, record


def test_an_alternative_topic_counts_as_right() -> None:
    assert metrics.topic_right(
        pair("medical.social_card", "banking_basics.card_problem", alt_topics=["banking_basics"])
    )
    assert not metrics.topic_right(pair("medical.social_card", "banking_basics.card_problem"))


def test_an_alternative_need_counts_as_right() -> None:
    assert metrics.need_right(
        pair("rental.find_rental", "rental.deposit_refund", alt_needs=["deposit_refund"])
    )
    assert not metrics.need_right(pair("rental.find_rental", "rental.deposit_refund"))


def test_a_need_among_the_suggestions_is_offered() -> None:
    offered = pair("rental.find_rental", "rental.rent_subsidy", suggestions=["rental.find_rental"])
    assert metrics.need_offered(offered)
    assert not metrics.need_right(offered)


@pytest.mark.parametrize(
    ("outcome", "wrong"),
    [("answered", True), ("verdict", True), ("clarify", False), ("not_understood", False)],
)
def test_only_an_answer_given_as_such_is_confidently_wrong(outcome: str, wrong: bool) -> None:
    assert metrics.confidently_wrong(pair("medical.social_card", "rental.find_rental", outcome)) is wrong


def test_an_answer_on_the_right_topic_is_not_confidently_wrong() -> None:
    assert not metrics.confidently_wrong(pair("rental.find_rental", "rental.rent_subsidy"))


def test_out_of_scope_counts_only_what_was_declined() -> None:
    figures = metrics.measure(
        [
            pair("out_of_scope.other", "out_of_scope.other", "out_of_scope"),
            pair("out_of_scope.other", "", "not_understood"),
            pair("out_of_scope.other", "rental.find_rental", "answered"),
            pair("rental.find_rental", "rental.find_rental", "answered"),
        ]
    )
    assert figures.out_of_scope_declined == pytest.approx(2 / 3)


def test_urgent_recall_looks_at_the_outcome_not_the_name() -> None:
    figures = metrics.measure(
        [
            pair("fraud.scam_victim_urgent", "fraud.scam_identify", "urgent_fraud"),
            pair("fraud.scam_in_progress", "fraud.scam_in_progress", "answered"),
            pair("fraud.brushing_orders", "rental.find_rental", "answered"),
        ]
    )
    assert figures.urgent_recall == 0.5
    assert figures.fraud_recall == pytest.approx(2 / 3)


def test_verdicts_accept_what_the_label_accepts() -> None:
    wanted = {"wanted": "fraud.scam_message_check", "got": "fraud.scam_message_check"}
    records = [
        pair(**wanted, verdict="suspicious"),
        pair(**wanted, verdict="likely_scam"),
    ]
    records[0][0].update(verdict="likely_scam", verdict_ok=["suspicious"])
    records[1][0].update(verdict="no_sign_found")
    assert metrics.measure(records).verdict == 0.5


def test_what_nobody_labelled_has_no_figure() -> None:
    figures = metrics.measure([pair("rental.find_rental", "rental.find_rental")])
    assert figures.verdict is None
    assert figures.urgent_recall is None
    assert figures.topic == 1.0


def test_questions_without_labels_are_left_out() -> None:
    rows: list[Row] = [{"id": "a", "text": "x"}, {"id": "b", "text": "y", "topic": "rental"}]
    assert metrics.labelled(rows, [{"n": 1}, {"n": 2}]) == [(rows[1], {"n": 2})]


def test_confusions_name_the_most_frequent_first() -> None:
    pairs = [pair("rental.a", "rental.b")] * 2 + [pair("rental.a", "rental.c"), pair("rental.a", "rental.a")]
    assert metrics.confusions(pairs) == [("rental.a", "rental.b", 2), ("rental.a", "rental.c", 1)]


def test_the_curve_answers_the_most_confident_first() -> None:
    pairs = [
        pair("rental.a", "medical.b", confidence=0.1),
        pair("rental.a", "rental.a", confidence=0.9),
    ]
    assert metrics.curve(pairs) == [(0.5, 1.0), (1.0, 0.5)]


def test_groups_come_biggest_first() -> None:
    pairs = [pair("rental.a", "rental.a"), pair("medical.b", "rental.a"), pair("medical.b", "medical.b")]
    groups = metrics.grouped(pairs, lambda row: row["topic"])
    assert list(groups) == ["medical", "rental"]
    assert groups["medical"].topic == 0.5
