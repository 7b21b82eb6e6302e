import pytest

from content.load import ContentFaults, library_from_texts, load_library
from tests.support.content_texts import changed


def faults_of(texts):
    with pytest.raises(ContentFaults) as error:
        library_from_texts(texts)
    return [str(fault) for fault in error.value.faults]


def test_all_records_are_found_by_id(small):
    assert "housing_fund.rent_withdrawal" in small.needs
    assert small.answers["housing_fund.rent_withdrawal@chengdu"].scope == "chengdu"
    assert small.clauses["CD-14"].rows == ("CD-14", "CD-14a")
    assert small.cities["chengdu"].name == "成都"
    assert small.fraud["signals"]["signals"][0]["id"] == "code"
    assert small.questions["job"].choices[1].id == "flexible"


def test_a_folder_loads_like_its_texts(texts, tmp_path):
    for path, text in texts.items():
        file = tmp_path / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, "utf-8")
    assert load_library(tmp_path / "content").version == library_from_texts(texts).version


def test_a_library_cannot_be_changed(small):
    with pytest.raises(TypeError):
        small.answers["x"] = None


def test_every_fault_of_every_file_is_named_at_once(texts):
    answers = "content/cities/chengdu/answers/housing_fund.yml"
    texts[answers] = texts[answers].replace("status:", "statsu:").replace("[fund_hotline]", "[fund_hotlin]")
    texts["content/places.yml"] = "places: [1"
    texts["content/answer/x.yml"] = "answers: {}"
    found = faults_of(texts)
    assert any(f"{answers}:4:" in f and "是否要写 status" in f for f in found)
    assert any("是否要写 fund_hotline" in f for f in found)
    assert any(f.startswith("content/places.yml:") for f in found)
    assert any("不认识的文件" in f for f in found)


RENT = "cities/chengdu/eligibility/rent.yml"


@pytest.mark.parametrize(
    ("path", "old", "new", "expected"),
    [
        ("topics.yml", "city: ask", "city: sometimes", "city 的 sometimes"),
        ("contacts.yml", 'number: "12329"', "number: 12329", "number 应该是文字"),
        ("contacts.yml", "kind: hotline", "kind: hotlin", "是否要写 hotline"),
        ("contacts.yml", "topics: [housing_fund]", "topics: [housing_fun]", "是否要写 housing_fund"),
        ("cities/chengdu/facts.yml", "valid_to: 2026-07-30", "valid_to: 2026-08-30", "重叠"),
        ("cities/chengdu/facts.yml", "valid_to: 2026-07-30", "valid_to: 2024-07-30", "早于"),
        ("cities/chengdu/facts.yml", "unit: 元/月", "unitt: 元/月", "缺少 unit"),
        ("cities/chengdu/facts.yml", "source: {title: 成住公〔2020〕1号}", "source:", "写出处"),
        ("cities/chengdu/facts.yml", "checked_on: 2026-03-01", "checked_on: soon", "应该是日期"),
        ("cities/chengdu/facts.yml", "https://", "htps://", "url 应以"),
        ("cities/chengdu/clauses.yml", "strength: support", "strength: shall", "strength"),
        ("cities/chengdu/clauses.yml", "rows: [CD-09]", "rows: [CD-14a]", "已写在 CD-14"),
        ("cities/chengdu/clauses.yml", "not_stated: [amount]", "not_stated: [amounts]", "是否要写 amount"),
        ("cities/chengdu/clauses.yml", "article: 三（三）9", "superseded: true", "today"),
        ("cities/chengdu/notices.yml", "status: no_end_date", "status: superseded", "replaced_by"),
        ("cities/chengdu/answers/housing_fund.yml", "review_by: 2027", "review_by: 2020", "早于"),
        ("cities/chengdu/city.yml", "lat: 30.66", "lat: north", "lat 应该是数字"),
        (RENT, "is: no}", "is: perhaps}", "不能写 'perhaps'"),
        (RENT, "{fact: owns_home,", "{fact: own_home,", "是否要写 owns_home"),
        (RENT, "at_least: 3", "at_lest: 3", "是否要写 at_least"),
        (RENT, "{paid: met}", "{payed: met}", "是否要写 paid"),
        (RENT, "id: home", "id: paid", "id 重复"),
    ],
)  # fmt: skip
def test_a_fault_says_what_is_wrong_and_how_to_mend_it(texts, path, old, new, expected):
    changed(texts, f"content/{path}", old, new)
    assert any(expected in fault for fault in faults_of(texts))


def test_one_name_twice_is_refused_with_the_other_place(texts):
    texts["content/cities/xinxiang/contacts.yml"] = texts["content/contacts.yml"]
    assert any("已经在 content/c" in fault for fault in faults_of(texts))


def test_the_version_follows_what_is_said_not_how_it_is_written(texts):
    before = library_from_texts(texts).version
    assert library_from_texts(dict(reversed(texts.items()))).version == before
    contacts = texts["content/contacts.yml"]
    assert library_from_texts(texts | {"content/contacts.yml": contacts + "# note\n"}).version == before
    said = library_from_texts(texts).contacts
    name = said["fund_hotline"].name
    changed(texts, "content/contacts.yml", name, f"{name}二")
    assert library_from_texts(texts).version != before


def test_an_empty_content_loads(small):
    assert library_from_texts({}).answers == {}
