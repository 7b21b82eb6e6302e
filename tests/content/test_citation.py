from dataclasses import replace

from content import citation
from content.model import Source


def grounds(small):
    return citation.clause_grounds(small.clauses["CD-14"], small)


def test_the_compact_line_names_at_most_three_sources(small, today):
    sources = tuple(Source(f"来源{number}") for number in range(5))
    line = citation.compact(replace(grounds(small), sources=sources), today)
    assert line == "依据：成金发〔2022〕75号 三（四）14；《来源0》；《来源1》（核验：2026-09-01）"


def test_nothing_to_cite_gives_no_line(small, today):
    assert citation.compact(replace(grounds(small), notices=(), sources=()), today) == ""


def test_the_earliest_day_of_checking_counts(small, today):
    answer = small.answers["housing_fund.rent_withdrawal@chengdu"]
    value = small.fact("chengdu_rent_cap", today)
    older = replace(value, checked_on=today.replace(year=2025))
    assert citation.grounds_of(answer, small, [older]).checked_on.year == 2025


def test_the_full_form_names_title_number_article_and_address(small, today):
    full = citation.full(
        replace(grounds(small), sources=(Source("网页", "https://example.invalid", today),)), today
    )
    assert full == [
        "《成都方案》，成金发〔2022〕75号，三（四）14",
        "《网页》，2026-11-20发布，https://example.invalid",
        "核验日期：2026-09-01",
    ]


def test_one_notice_cited_twice_is_named_once(small, today):
    answer = small.answers["housing_fund.rent_withdrawal@chengdu"]
    twice = replace(answer, cites=("chengdu-2022-75#三（四）14", "chengdu-2022-75#三（三）9"))
    line = citation.compact(citation.grounds_of(twice, small, []), today)
    assert line.count("成金发") == 1
    assert "三（四）14、三（三）9" in line
