import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from content.model import ASPECTS
from nlu.text import entities


def values(text, kind):
    return [f.value for f in entities(text) if f.kind == kind]


@pytest.mark.parametrize(
    ("text", "months"),
    [
        ("落户两年半了", "30"),
        ("交了八个月", "8"),
        ("刚半年", "~6"),
        ("三个月出头", ">3"),
        ("不到一年", "<12"),
        ("满12个月", ">=12"),
        ("快两年了", "<24"),
        ("一年多", ">12"),
        ("两个半月", "2.5"),
        ("1年3个月", "15"),
        ("两三个月", "~2.5"),
        ("交15年", "180"),
        ("半年左右", "~6"),
        ("一年以上", ">=12"),
        ("大半年", ">6"),
        ("十二个月", "12"),
        ("刚满半年", ">=6"),
        ("两周", "0.5"),
    ],
)
def test_a_duration_is_months_with_its_vagueness(text, months):
    assert values(text, "duration") == [months]


@pytest.mark.parametrize(
    ("text", "yuan"),
    [
        ("贷30万", "300000"),
        ("3万5的首付", "35000"),
        ("十来万块", "~100000"),
        ("月薪五千多", ">5000"),
        ("1.5w", "15000"),
        ("每月2000元", "2000"),
        ("两千三百块", "2300"),
        ("不到8千块", "<8000"),
    ],
)
def test_an_amount_is_yuan(text, yuan):
    assert values(text, "amount") == [yuan]


def test_a_calendar_year_is_a_date_and_no_duration():
    assert values("2023年5月交的，二零二五年断的，去年补的", "date") == ["2023-05", "2025", "-1y"]
    assert values("2023年5月交的，二零二五年断的", "duration") == []


@pytest.mark.parametrize(
    ("text", "city"),
    [
        ("在成都租房", ["chengdu"]),
        ("郫都区怎么办", ["chengdu"]),
        ("沪漂三年", ["shanghai"]),
        ("那郑州呢", ["other:郑州"]),
        ("在渝工作", ["chongqing"]),
        ("从上海转到重庆", ["shanghai", "chongqing"]),
        ("我们那儿行吗", []),
        ("北京银行在哪", []),
        ("朝阳那边", []),
    ],
)
def test_a_city_is_named_by_id_or_by_its_own_name(text, city):
    assert values(text, "city") + values(text, "origin") == city or values(text, "city") == city


def test_a_home_place_is_no_place_to_answer_for():
    assert values("老家河南，现在在成都", "city") == ["chengdu"]
    assert values("老家河南，现在在成都", "origin") == ["other:河南"]
    assert values("新乡人在北京打工", "city") == ["beijing"]


@pytest.mark.parametrize(
    ("text", "aspect"),
    [
        ("需要什么材料", "materials"),
        ("要带啥", "materials"),
        ("多久能到账", "time"),
        ("最高能贷多少", "amount"),
        ("去哪办", "channel"),
        ("流程是什么", "procedure"),
        ("电话多少", "contact"),
        ("有什么条件", "condition"),
        ("什么是公租房", "definition"),
        ("退休年龄是多少", "time"),
        ("几岁能领", "time"),
    ],
)
def test_the_aspect_asked_for_is_found_first(text, aspect):
    assert aspect in values(text, "aspect")


def test_aspects_are_those_of_the_content_model():
    text = "是什么 条件 材料 怎么申请 额度 多久 去哪 电话"
    assert set(values(text, "aspect")) == set(ASPECTS)


def test_a_bank_is_found_by_its_short_name():
    assert values("建行的卡", "bank") == ["ccb"]


def test_positions_point_into_the_text():
    text = "在成都交了八个月公积金，去年断的，贷30万要什么材料"
    assert all(text[f.start : f.end] == f.text for f in entities(text))


@given(
    st.text(
        alphabet="零一二两三十百千万点年个月半天多来元块钱工资满不到0123456789.-月日号去前大成都北京人老家",
        max_size=25,
    )
)
@settings(max_examples=500, deadline=None)
def test_no_text_breaks_the_finder(text):
    assert all(text[f.start : f.end] == f.text for f in entities(text))
