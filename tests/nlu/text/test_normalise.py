import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nlu.text import normalise

PIECES = st.sampled_from(
    [
        "公鸡金",
        "一地就医",
        "衣保",
        "gjj",
        "sb卡",
        "嗯，",
        "那个，",
        "異地",
        "ＬＰＲ",
        "！！！",
        "办办办",
        "😀",
        "[捂脸]",
        " ",
        "\u200b",
        "怎么",
        "快点",
        "容易带",
        "积公金",
    ]
)


@given(st.one_of(st.text(max_size=40), st.lists(PIECES, max_size=12).map("".join)))
@settings(max_examples=400, deadline=None)
def test_normalising_twice_changes_nothing_more(text):
    once = normalise(text)
    assert normalise(once) == once


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("公鸡金能取吗", "公积金能取吗"),
        ("公基金怎么查", "公积金怎么查"),
        ("积公金断了", "公积金断了"),
        ("公积金货款条件", "公积金贷款条件"),
        ("一地就医要备案不", "异地就医要备案不"),
        ("征心花了", "征信花了"),
        ("衣保断了两个月", "医保断了两个月"),
        ("社宝卡丢了", "社保卡丢了"),
        ("居住正到期", "居住证到期"),
        ("生元地助学贷款", "生源地助学贷款"),
        ("養老保險轉移", "养老保险转移"),
        ("ｇｊｊ提取", "公积金提取"),
        ("gong ji jin 余额", "公积金余额"),
        ("sfz丢了", "身份证丢了"),
        ("sb断缴了", "社保断缴了"),
    ],
)
def test_a_misspelt_term_is_put_right(typed, meant):
    assert normalise(typed) == meant


@pytest.mark.parametrize(
    "text",
    [
        "这个手机容易带坏吗",
        "大衣保暖吗",
        "呼和浩特是内蒙古首府",
        "公鸡多少钱一只",
        "政府性融资担保的增信措施",
        "易地扶贫搬迁的房子",
        "我代客户还贷",
        "已保存的文件",
        "你个sb",
        "包子多少钱一个",
        "请问办事大厅几点开门",
        "货款一直没收到",
    ],
)
def test_correct_text_is_left_alone(text):
    assert normalise(text) == text


def test_noise_around_a_question_disappears():
    assert normalise("嗯，那个，\u200b押 金 不 退😭😭[流泪]怎么办办办？？？") == "押金不退怎么办？"


def test_nothing_but_noise_becomes_empty_and_stays_defined():
    assert normalise("🧭\u200b\ufeff \n") == ""


def test_very_long_text_is_cut():
    assert len(normalise("租房提取" * 5000)) <= 2000


def test_an_emoji_alone_says_something_beside_words_it_does_not():
    assert normalise("🙏🙏") == "谢谢"
    assert normalise("公积金怎么查🙏") == "公积金怎么查"


@pytest.mark.parametrize(
    ("said", "asked"),
    [
        ("你好，护照在哪里换", "护照在哪里换"),
        ("您好啊 请问月供怎么算", "月供怎么算"),
        ("在吗，打扰一下，押金不退怎么办", "押金不退怎么办"),
        ("Hi，你好，想问下社保断了怎么补", "社保断了怎么补"),
        ("你好呀小助手", "你好呀小助手"),
        ("您好，辛苦了", "您好，辛苦了"),
        ("亲戚借钱不还怎么办", "亲戚借钱不还怎么办"),
        ("hire me please", "hire me please"),
    ],
)
def test_a_greeting_before_a_question_is_no_part_of_it(said: str, asked: str) -> None:
    assert normalise(said) == asked
