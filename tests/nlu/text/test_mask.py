import pytest
from hypothesis import given
from hypothesis import strategies as st

from nlu.text import mask


@pytest.mark.parametrize(
    ("kind", "number"),
    [
        ("id_number", "11010519491231002X"),
        ("id_number", "510105 19900101 1234"),
        ("id_number", "５１０１０５１９９００１０１１２３４"),
        ("bank_card", "6222 0212 3456 7890 123"),
        ("bank_card", "6222021234567890"),
        ("phone", "138-1234-5678"),
        ("phone", "+86 13912345678"),
        ("long_number", "202611201234567"),
    ],
)
def test_a_personal_number_is_hidden(kind, number):
    text, found = mask(f"这是{number}您看看")
    assert found == (kind,)
    assert not any(c.isdigit() for c in text)
    assert text.startswith("这是")
    assert text.endswith("您看看")


@pytest.mark.parametrize(
    "text",
    [
        "验证码是 482913",
        "收到验证码：4829",
        "482913是您的验证码",
        "校验码 48 29 13",
        "密码123456",
        "驗證碼 482913",
    ],
)
def test_a_one_time_code_is_hidden(text):
    masked, found = mask(text)
    assert found == ("code",)
    assert "4829" not in masked.replace(" ", "")


@pytest.mark.parametrize(
    "text",
    [
        "打12329问",
        "95588发来的",
        "400-810-8866",
        "96110 打来的",
        "110",
        "2025年发的验证码没收到",
        "验证码给他了，转走5000元",
        "028-12345678",
    ],
)
def test_public_numbers_years_and_sums_stay(text):
    assert mask(text) == (text, ())


@given(st.text(alphabet="0123456789 -身份证验证码是1398622", max_size=60))
def test_masking_twice_finds_nothing_more(text):
    once, _ = mask(text)
    assert mask(once) == (once, ())


@given(st.integers(10**10, 10**30).filter(lambda n: not str(n).startswith("0")))
def test_no_run_of_twelve_digits_survives(number):
    masked, _ = mask(f"号码{number}")
    assert not any(len(run) >= 12 for run in "".join(c if c.isdigit() else " " for c in masked).split())
