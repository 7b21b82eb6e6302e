import pytest

from content.load import ContentFaults, library_from_texts

ANSWERS = "content/cities/chengdu/answers/housing_fund.yml"


def messages(texts):
    with pytest.raises(ContentFaults) as error:
        library_from_texts(texts)
    return [fault.message for fault in error.value.faults]


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("三（四）14", "三（四）99", "条款 chengdu-2022-75#三（四）99 不存在"),
        ("chengdu-2022-75#", "chengdu-2022-57#", "是否要写 chengdu-2022-75"),
        ("chengdu-2022-75#三（四）14", "xinxiang-2022-88#二1", "是 xinxiang 的文件"),
        ("{chengdu_rent_cap}", "{chengdu_rent_cp}", "是否要写 chengdu_rent_cap"),
        ("rent_withdrawal:", "rent_withdraw:", "是否要写 housing_fund.rent_withdrawal"),
    ],
)  # fmt: skip
def test_an_answer_names_only_what_exists_and_is_its_own(texts, old, new, expected):
    texts[ANSWERS] = texts[ANSWERS].replace(old, new)
    assert any(expected in message for message in messages(texts))


def test_a_citys_figure_is_refused_in_another_city(texts):
    texts["content/cities/xinxiang/answers/housing_fund.yml"] = (
        texts[ANSWERS].replace("chengdu-2022-75#三（四）14", "xinxiang-2022-88#二1").replace("成都", "新乡")
    )
    assert messages(texts) == ["chengdu_rent_cap 是 chengdu 的数目，不能用在 xinxiang"]


def test_a_notice_without_clause_records_is_cited_as_written(texts):
    del texts["content/cities/xinxiang/clauses.yml"]
    texts["content/cities/xinxiang/answers/policy.yml"] = """
answers:
  policy.program_question:
    conclusion: 见文件。
    status: verified
    cites: ["xinxiang-2022-88#第五条"]
    contacts: [fund_hotline]
    checked_on: 2026-09-01
"""
    assert library_from_texts(texts).answers["policy.program_question@xinxiang"].cites
