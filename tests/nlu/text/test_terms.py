"""The list of program names for spelling repair: current with the content, and harmless."""

from __future__ import annotations

import pytest

from nlu.text import normalise
from nlu.text.words import WORDS_DIR, word_list
from nlu.words import build


def test_the_list_is_what_the_content_says_today():
    assert (WORDS_DIR / "terms.txt").read_text("utf-8") == build.text(), (
        "run .venv/bin/python -m nlu.words.build and look at the difference"
    )


@pytest.mark.parametrize(
    "name",
    ["新享贷款码", "无缝续贷", "伙伴银行", "天府信用通", "蓉易贷", "渝快保", "沪惠保", "银政通", "云闪付"],
)
def test_programs_people_name_are_known_to_spelling_repair(name):
    assert name in {*word_list("terms"), *word_list("core_terms")}
    assert normalise(f"{name}怎么办") == f"{name}怎么办"


@pytest.mark.parametrize("name", ["绿色金融", "考核指标", "网络安全", "再贷款", "财政政策"])
def test_everyday_phrases_are_no_terms(name):
    assert name not in word_list("terms")


def test_names_kept_out_are_names_of_the_content():
    names = {build.bare(name) for name in build.programs()}
    assert set(word_list("terms_never")) <= names


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("新想贷款码怎么扫", "新享贷款码怎么扫"),
        ("无逢续贷要什么条件", "无缝续贷要什么条件"),
        ("天俯信用通在哪", "天府信用通在哪"),
        ("鱼快保还能买吗", "渝快保还能买吗"),
        ("惠农同是啥", "惠农通是啥"),
    ],
)
def test_program_names_heard_wrong_are_put_right(typed, meant):
    assert normalise(typed) == meant


@pytest.mark.parametrize(
    "right",
    [
        "我现在贷款买房",
        "新市民报销比例",
        "新市民带孩子上学",
        "他在贷款公司上班",
        "两针疫苗打完了",
        "地皮能不能抵押",
    ],
)
def test_right_text_that_sounds_like_a_program_stays(right):
    assert normalise(right) == right
