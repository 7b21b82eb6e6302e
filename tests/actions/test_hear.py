"""Answers to the questions of a check."""

from decimal import Decimal

import pytest

from actions.hear import NOTHING, hear, says_by_name, volunteered
from content.criterion import Choice, Question


def question(kind: str, **more) -> Question:
    return Question(id="f", kind=kind, ask="您在这里有自己的一套房子吗？", why="?", **more)


@pytest.mark.parametrize(
    ("text", "months"),
    [
        ("两年半", 30),
        ("八个月", 8),
        ("半年", 6),
        ("3", 3),
        ("大概一年", 12),
        ("两年多", 30),
        ("不到一年", 11),
    ],
)
def test_durations_become_whole_months(text, months):
    assert hear(question("months"), text).value == months


@pytest.mark.parametrize("text", ["大概一年", "两年多", "不到一年"])
def test_an_estimate_is_marked_as_one(text):
    assert hear(question("months"), text).vague


def test_money_is_heard_in_yuan():
    assert hear(question("money"), "每月五千元").value == Decimal(5000)


@pytest.mark.parametrize("text", ["有一套", "对的", "是我的", "买了房"])
def test_yes_in_other_words(text):
    assert hear(question("yes_no", yes=("买了",)), text).value is True


@pytest.mark.parametrize("text", ["没", "没得房子", "不是", "名下没有"])
def test_no_in_other_words(text):
    assert hear(question("yes_no", no=("没有",)), text).value is False


def test_the_longest_saying_wins():
    asked = question("yes_no", yes=("有房",), no=("没有房",))
    assert hear(asked, "我没有房").value is False


def test_a_choice_is_heard_by_number_by_words_and_by_sayings():
    kinds = question("choice", choices=(Choice("rented", "租房", ("租的",)), Choice("own", "自有")))
    assert hear(kinds, "2").value == "own"
    assert hear(kinds, "租房住").value == "rented"
    assert hear(kinds, "房子是租的").value == "rented"


@pytest.mark.parametrize("kind", ["yes_no", "choice", "months", "money", "date"])
def test_something_else_is_no_answer(kind):
    assert hear(question(kind), "今天天气怎么样呀") == NOTHING


def test_a_number_out_of_range_is_no_answer():
    assert hear(question("number", maximum=Decimal(10)), "11") == NOTHING


def test_a_fact_told_unasked_is_heard_by_its_own_pattern():
    owns = question("yes_no", hears=((r"名下.{0,6}有.{0,3}房", True),))
    assert volunteered(owns, "我名下在郊区有套房").value is True
    assert volunteered(owns, "我租房住") == NOTHING


def test_a_home_elsewhere_is_none_here():
    owns = question("yes_no", hears=((r"房子在.{1,4}", True),), local=True)
    assert volunteered(owns, "房子在绵阳", lambda span: "绵阳" in span).value is False
    assert volunteered(owns, "房子在本地", lambda span: "绵阳" in span).value is True


def test_only_its_own_words_name_a_fact():
    owns = question("yes_no", yes=("有房",), no=("没房",))
    assert says_by_name(owns, "是有房").value is True
    assert says_by_name(owns, "是的") == NOTHING


@pytest.mark.parametrize(
    ("fact", "text", "value"),
    [
        ("in_city_medical", "我没有上海医保 能参加沪惠保不", False),
        ("in_city_medical", "没参加过重庆的基本医保", False),
        ("in_city_medical", "参加了重庆医保", True),
        ("disease_recognised", "还没有门特卡", False),
        ("disease_recognised", "有门特卡", True),
        ("in_basic_pension", "我没有养老保险", False),
        ("lives_here", "人不在成都", False),
        ("works_here", "我不在这工作", False),
        ("same_province", "两边不同省", False),
        ("emergency", "没去急诊", False),
        ("hospital_networked", "医院没有联网", False),
    ],
)
def test_what_is_denied_is_not_heard_as_had(library, fact, text, value):
    heard = volunteered(library.questions[fact], text, lambda _: False)
    assert (heard.found, heard.value) == (True, value)


SETTLED = Question(id="s", kind="years", ask="落户到现在多久了？", why="?", grows=True)


@pytest.mark.parametrize("text", ["来了五年", "在这边住了两年多", "打工三年了", "到成都半年"])
def test_a_span_of_another_deed_is_no_time_since_settling(text):
    assert hear(SETTLED, text) == NOTHING


@pytest.mark.parametrize("text", ["两年", "落了有两年", "迁过来两年", "来了五年 户口落了两年", "查到了 两年"])
def test_a_span_of_settling_or_of_nothing_else_is_heard(text):
    assert hear(SETTLED, text).found
