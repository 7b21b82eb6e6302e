import pytest

from nlu.text import evidence


@pytest.mark.parametrize(
    ("text", "need"),
    [
        ("公积金怎么提", "housing_fund.rent_withdrawal"),
        ("老板跑了工钱没给", "wages.unpaid_wages"),
        ("你好", "chitchat.greeting"),
    ],
)
def test_a_question_of_the_topic_is_supported(text, need):
    assert evidence(text, need)


@pytest.mark.parametrize(
    "need", ["housing_fund.rent_withdrawal", "medical.reimbursement_rate", "wages.unpaid_wages"]
)
def test_nonsense_supports_no_topic(need):
    assert not evidence("香蕉大象飞到月亮上", need)
