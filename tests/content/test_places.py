import pytest


@pytest.mark.parametrize(
    ("text", "city"),
    [
        ("在成都租房", "chengdu"),
        ("双流机场附近", "chengdu"),
        ("红旗区怎么办", "xinxiang"),
        ("从成都转到新乡", "xinxiang"),
        ("来蓉工作", "chengdu"),
        ("在深圳交过，现在成都", "chengdu"),
        ("芙蓉区", None),
        ("高新区", None),
        ("成都银行的电话", None),
        ("长春红旗区", None),
        ("公积金", None),
    ],
)
def test_a_city_is_named_only_by_names_that_mean_it_alone(small, text, city):
    found = small.city_named(text)
    assert (found.id if found else None) == city


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("深圳公积金", "深圳"),
        ("广东的医保", "广东"),
        ("四川省的方案", ""),
        ("成都", ""),
        ("长春到郑州", "郑州"),
    ],
)
def test_a_place_without_content_is_named_so_that_it_can_be_declined(small, text, place):
    assert small.other_place_named(text) == place
