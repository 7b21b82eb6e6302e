"""Short words of a conversation."""

import pytest

from actions import phrases


@pytest.mark.parametrize("text", ["有", "嗯嗯", "是的", "对头", "没错呀", "确认删除", "ok"])
def test_yes_is_heard(text):
    assert phrases.is_yes(text)
    assert not phrases.is_no(text)


@pytest.mark.parametrize("text", ["没有", "不是", "没得", "还没有呢", "不用了"])
def test_no_is_heard(text):
    assert phrases.is_no(text)
    assert not phrases.is_yes(text)


@pytest.mark.parametrize("text", ["有没有补贴", "是不是要材料", "好贵", "没有工资怎么办", "不错"])
def test_a_question_is_neither_yes_nor_no(text):
    assert not phrases.is_yes(text)
    assert not phrases.is_no(text)


@pytest.mark.parametrize("text", ["人工", "转人工", "找人工客服", "要真人", "客服"])
def test_a_bare_call_for_a_person_is_heard(text):
    assert phrases.asks_person(text)


@pytest.mark.parametrize("text", ["人工费多少", "有客服电话吗", "背后有真人吗", "你是真人吗"])
def test_other_sentences_do_not_call_a_person(text):
    assert not phrases.asks_person(text)


@pytest.mark.parametrize(("text", "number"), [("2", 2), ("第二个", 2), ("选3", 3), ("三", 3)])
def test_a_number_of_a_list_is_heard(text, number):
    assert phrases.list_number(text) == number


@pytest.mark.parametrize("text", ["2000", "两年", "一年多", "0", "12"])
def test_amounts_are_not_list_numbers(text):
    assert phrases.list_number(text) is None


def test_stop_why_skip_unknown_and_resume_are_heard():
    assert phrases.is_stop("算了先不查了")
    assert phrases.is_why("为啥要问这个")
    assert phrases.is_skip("这个我不想说")
    assert phrases.is_unknown("记不清哪年的事了")
    assert phrases.is_resume("继续查吧")


@pytest.mark.parametrize(
    "text", ["今天能转人工吗", "能帮我找个活人不", "有活人吗", "有没有人工服务", "人工客服怎么还不来"]
)
def test_a_person_asked_for_politely_is_heard(text):
    assert phrases.asks_person(text)
