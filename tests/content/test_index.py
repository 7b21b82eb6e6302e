import pytest

from content.index import Index, terms


def test_terms_are_pairs_letters_and_runs():
    assert set(terms("首贷211吗")) == {"首", "贷", "首贷", "211", "吗"}
    assert set(terms("LPR")) == {"lpr"}
    assert terms("") == {}


def test_a_heavier_field_decides():
    index = Index()
    index.add("named", [("公积金", 3.0), ("别的事情", 1.0)])
    index.add("mentioned", [("别的事情", 3.0), ("公积金", 1.0)])
    assert [key for key, _ in index.search("公积金", 2)] == ["named", "mentioned"]


def test_a_rare_word_weighs_more_than_a_common_one():
    index = Index()
    for number in range(9):
        index.add(f"loan{number}", [("银行贷款", 1.0)])
    index.add("fund", [("公积金", 1.0)])
    assert index.search("银行贷款公积金", 1)[0][0] in {"fund"}


def test_one_word_alone_is_never_a_sure_hit():
    index = Index()
    index.add("one", [("结算", 1.0)])
    index.add("two", [("其他", 1.0)])
    assert index.search("结算", 1)[0][1] < 0.55


def test_a_text_added_after_a_search_is_refused_instead_of_never_found():
    index = Index()
    index.add("one", [("公积金", 1.0)])
    index.search("公积金", 1)
    with pytest.raises(RuntimeError):
        index.add("two", [("租房", 1.0)])


def test_of_equals_the_one_added_first_comes_first():
    index = Index()
    for key in ("b", "a", "c"):
        index.add(key, [("蓉易贷", 1.0)])
    assert [key for key, _ in index.search("蓉易贷", 3)] == ["b", "a", "c"]
