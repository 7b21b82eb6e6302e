from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nlu.text.numbers import number, plain

DIGITS = "零一二三四五六七八九"


def spoken(n):
    """1..9999 as it is written in full."""
    text = ""
    for unit, name in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit = n // unit % 10
        if digit:
            text += DIGITS[digit] + name
        elif text and n % unit and not text.endswith("零"):
            text += "零"
    return text


@given(st.integers(1, 9999))
def test_a_numeral_written_in_full_has_its_value(n):
    assert number(spoken(n)) == n


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("十五", "15"),
        ("两千三", "2300"),
        ("一百五", "150"),
        ("二零二五", "2025"),
        ("三点五", "3.5"),
        ("12.5", "12.5"),
        ("百", "100"),
    ],
)
def test_spoken_short_forms_have_their_value(text, value):
    assert number(text) == Decimal(value)


@pytest.mark.parametrize(("value", "text"), [("30.00", "30"), ("0.50", "0.5"), ("100", "100")])
def test_a_number_is_written_plainly(value, text):
    assert plain(Decimal(value)) == text
