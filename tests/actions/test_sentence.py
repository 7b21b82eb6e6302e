"""Questions, answers with an addition and bare statements are told apart by their words."""

import pytest

from actions import sentence


@pytest.mark.parametrize(
    "text",
    [
        "一个月最多能取好多",
        "开了有啥好处",
        "这个要不要紧",
        "能用几年",
        "交了能买房吗",
        "找哪个",
        "影响大不大",
    ],
)
def test_a_question_is_seen(text):
    assert sentence.asks(text)


@pytest.mark.parametrize("text", ["没什么贷款", "没得啥", "交了好多年了", "几个月", "两年多", "没签合同"])
def test_a_statement_is_no_question(text):
    assert not sentence.asks(text)


def test_the_first_piece_is_the_answer_itself():
    assert sentence.head("没有，就我一个人") == "没有"


@pytest.mark.parametrize(("text", "tries"), [("没逾期过", True), ("退休的", True), ("老板拖欠工资", False)])
def test_what_tries_to_answer_is_told_from_a_new_subject(text, tries):
    assert sentence.tries_to_answer(text) is tries


@pytest.mark.parametrize("text", ["木有房", "莫得房", "冇房"])
def test_a_no_in_dialect_stays_a_no(text):
    assert sentence.plain_no(text) == "没有房"
    assert not sentence.affirms(sentence.plain_no(text), "有房")
