import subprocess
import sys
from pathlib import Path

import pytest

from content.load import ContentFaults
from content.names import load_names

ROOT = Path(__file__).resolve().parents[2]


def test_names_come_without_the_rest_of_the_content(texts, tmp_path):
    texts["content/cities/chengdu/answers/housing_fund.yml"] = "broken: ["
    for path, text in texts.items():
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_text(text, "utf-8")
    names = load_names(tmp_path / "content")
    assert "housing_fund.rent_withdrawal" in names.needs
    assert names.places.city_named("在成都").id == "chengdu"
    (tmp_path / "content/topics.yml").write_text("topics: {a: {nam: x}}", "utf-8")
    with pytest.raises(ContentFaults):
        load_names(tmp_path / "content")


def test_the_shipped_names_hold_five_cities():
    names = load_names(ROOT / "content")
    assert set(names.cities) == {"beijing", "chengdu", "chongqing", "shanghai", "xinxiang"}
    assert names.places.other_named("我在郑州") == "郑州"


def test_no_search_library_is_loaded_for_names():
    code = (
        "import sys; from pathlib import Path; from content.names import load_names; "
        "load_names(Path('content')); print({'jieba', 'pypinyin', 'bm25s', 'numpy'} & set(sys.modules))"
    )
    found = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert found.stdout.strip() == "set()"
