import csv
from pathlib import Path

import pytest

from content.load import library_from_texts, load_library

ROOT = Path(__file__).resolve().parents[2]
COVERAGE = ROOT.parent / "shared" / "eval" / "seed_coverage.csv"
PLAIN_SEARCH_FLOOR = 0.79
"""Plain character TF-IDF names the right article first this often (DESIGN 2)."""


def test_a_program_is_found_by_its_name_its_alias_and_its_sound(small):
    for asked in ("蓉易贷怎么申请", "蓉e贷", "容易贷是什么", "想办荣意代"):
        assert small.search_clauses(asked, "chengdu", 1)[0].clause.key == "CD-09", asked


def test_a_clause_is_found_by_words_citizens_use(small):
    assert small.search_clauses("我是骑手能自己交公积金吗", "chengdu", 3)[0].clause.key == "CD-14"


def test_search_never_leaves_the_known_city(small):
    assert all(
        h.clause.notice_id == "xinxiang-2022-88" for h in small.search_clauses("蓉易贷", "xinxiang", 5)
    )
    assert small.search_clauses("首贷服务", "chengdu", 1) == [] or (
        small.search_clauses("首贷服务", "chengdu", 1)[0].clause.notice_id == "chengdu-2022-75"
    )


def test_without_a_city_all_cities_are_searched(small):
    assert small.search_clauses("首贷服务", "", 1)[0].clause.key == "XX-01"
    assert small.search_clauses("蓉易贷", "", 1)[0].clause.key == "CD-09"


def test_a_question_about_nothing_here_finds_nothing_or_little(small):
    assert all(hit.score < 0.45 for hit in small.search_clauses("明天会不会下雨", "chengdu", 3))
    assert small.search_clauses("", "chengdu", 3) == []
    assert small.search_clauses("？！", "chengdu", 3) == []


def test_scores_fall_and_stay_within_one(small):
    scores = [hit.score for hit in small.search_clauses("灵活就业缴存公积金贷款", "chengdu", 5)]
    assert scores == sorted(scores, reverse=True)
    assert all(0 < score <= 1 for score in scores)


def test_answers_are_found_with_the_citys_own_first(small):
    local = small.search_answers("租房提取", "chengdu", 3)
    assert local[0].answer.id == "housing_fund.rent_withdrawal@chengdu"
    assert len({hit.answer.need for hit in local}) == len(local)
    assert small.search_answers("租房提取", "xinxiang", 1)[0].answer.scope == "national"
    assert small.search_answers("买房贷款", "", 1)[0].answer.need == "housing_fund.fund_loan"


def test_an_empty_library_finds_nothing():
    empty = library_from_texts({})
    assert empty.search_clauses("公积金", "", 3) == []
    assert empty.search_answers("公积金", "chengdu", 3) == []


@pytest.mark.shared
def test_the_right_article_comes_first_more_often_than_by_plain_search():
    library = load_library(ROOT / "content")
    names = {city.name: city.id for city in library.cities.values()}
    with COVERAGE.open(encoding="utf-8") as file:
        covered = {row for clause in library.clauses.values() for row in clause.rows}
        rows = [row for row in csv.DictReader(file) if row["id"] in covered]
    right = 0
    for row in rows:
        hits = library.search_clauses(row["question"], names[row["city"]], 1)
        right += bool(hits) and hits[0].clause.article == row["article"]
    assert right / len(rows) >= PLAIN_SEARCH_FLOOR + 0.1
