from content.coverage import board, board_text, coverage
from content.load import library_from_texts


def test_every_row_has_its_state(small):
    states = {row.id: row.state for row in coverage(small)}
    assert states == {"CD-14": "declared", "CD-14a": "declared", "CD-09": "answered", "CD-10": "missing"}


def test_a_row_under_another_article_is_missing_and_says_why(texts):
    path = "content/cities/chengdu/clauses.yml"
    texts[path] = texts[path].replace("article: 三（三）9", "article: 三（三）8")
    [row] = [row for row in coverage(library_from_texts(texts)) if row.id == "CD-09"]
    assert row.state == "missing"
    assert "应为 chengdu 的 三（三）9" in row.note


def test_the_board_counts_by_city_and_lists_what_is_missing(small):
    data = board(small)
    assert data["rows"] == 4
    assert data["totals"] == {"declared": 2, "answered": 1, "missing": 1}
    assert [row["id"] for row in data["missing"]] == ["CD-10"]
    text = board_text(small)
    assert "成都：已答复 1，已声明资料未载 2，缺 1" in text
    assert "缺 CD-10" in text
