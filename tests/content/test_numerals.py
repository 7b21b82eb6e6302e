import pytest

from content.numerals import number, phone, read_aloud, whole


@pytest.mark.parametrize(
    ("value", "said"),
    [
        (0, "零"), (2, "二"), (10, "十"), (12, "十二"), (20, "二十"), (105, "一百零五"), (110, "一百一十"),
        (200, "二百"), (260, "二百六十"), (1005, "一千零五"), (2000, "两千"), (2022, "两千零二十二"),
        (10000, "一万"), (12000, "一万两千"), (20000, "两万"), (10050, "一万零五十"), (120000, "十二万"),
        (200000, "二十万"), (1000000, "一百万"), (3000500, "三百万零五百"), (100000000, "一亿"),
        (200000001, "两亿零一"),
    ],
)  # fmt: skip
def test_whole_numbers_are_said_as_people_say_them(value, said):
    assert whole(value) == said


def test_decimals_and_separators():
    assert [number(text) for text in ("3.25", "12,000", "0.5", "100.0")] == [
        "三点二五",
        "一万两千",
        "零点五",
        "一百点零",
    ]


def test_telephone_numbers_are_read_digit_by_digit():
    assert phone("12329") == "幺二三二九"
    assert phone("400-810-8866") == "四零零，八幺零，八八六六"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("每月260元", "每月二百六十元"),
        ("打12329问", "打幺二三二九问"),
        ("2026-09-01起", "二零二六年九月一日起"),
        ("2022年9月29日", "二零二二年九月二十九日"),
        ("报销70%", "报销百分之七十"),
        ("3-5天", "三到五天"),
        ("满2年、12个月、2个城市", "满两年、十二个月、两个城市"),
        ("利率2.85%", "利率百分之二点八五"),
        ("12000元", "一万两千元"),
        ("没有数字", "没有数字"),
    ],
)
def test_every_number_in_a_sentence_becomes_words(text, said):
    assert read_aloud(text) == said
