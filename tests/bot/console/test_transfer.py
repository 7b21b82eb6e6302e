"""Import and export: the way out and back changes nothing, and a bad row stops everything with its reason."""

from __future__ import annotations

import io
import zipfile

import pytest
from openpyxl import load_workbook

from bot.console.branches import COLUMNS, read_branches
from bot.console.sheets import BadTable, read_table, write_xlsx
from store import drafts
from tests.bot.console.support import KEY
from tests.bot.console.test_editing import decide
from tests.support.staff import Browser

GOOD = {
    "bank": "测试银行", "branch": "春熙路支行", "city": "成都", "district": "锦江区", "address": "春熙路1号",
    "phone": "028-12345678", "lat": "30.6598", "lon": "104.0800", "services": "开户、挂失",
    "hours": "9:00—17:00",
    "source": "测试名单", "checked_on": "2026-11-01",
}  # fmt: skip


def csv_of(*rows: dict) -> bytes:
    lines = [",".join(GOOD), *(",".join(row.values()) for row in rows)]
    return "\n".join(lines).encode()


def send(browser: Browser, what: str, data: bytes, name: str = "x.xlsx", **fields: str):
    form = {"csrf": browser.csrf(), "what": what, **fields}
    return browser.client.post("/console/import", data=form, files={"file": (name, data)})


def test_the_yaml_export_is_the_baseline_byte_for_byte(editor, shipped) -> None:
    data = editor.get("/console/export/content.zip").content
    with zipfile.ZipFile(io.BytesIO(data)) as packed:
        assert {name: packed.read(name).decode() for name in packed.namelist()} == dict(shipped)


@pytest.mark.parametrize("kind", ["answers", "contacts"])
def test_a_table_brought_back_unchanged_changes_nothing(editor, live, kind) -> None:
    data = editor.get(f"/console/export/{kind}.xlsx").content
    response = send(editor, kind, data)
    assert response.status_code == 200
    assert f"共 {len(getattr(live.library, kind))} 行，0 行会改，0 行有错" in response.text


def changed(data: bytes, key: str, column: str, value: str) -> bytes:
    book = load_workbook(io.BytesIO(data))
    sheet = book.worksheets[0]
    heads = [cell.value.split("（")[-1].rstrip("）") for cell in sheet[1]]
    for row in sheet.iter_rows(min_row=2):
        if row[0].value == key:
            row[heads.index(column)].value = value
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def test_a_changed_cell_becomes_a_draft_for_review(editor, reviewer, live, database) -> None:
    data = changed(editor.get("/console/export/answers.xlsx").content, KEY, "conclusion", "表里改的结论。")
    assert "1 行会改" in send(editor, "answers", data).text
    with database.read() as connection:
        assert drafts.in_states(connection) == []
    assert send(editor, "answers", data, do="1").status_code == 303
    with database.read() as connection:
        (edit,) = drafts.in_states(connection)
    assert edit.state == "submitted"
    assert decide(reviewer, f"/console/drafts/{edit.id}", "approve").status_code == 303
    assert live.library.answers[KEY].conclusion == "表里改的结论。"


def test_a_bad_row_is_named_and_nothing_is_brought_in(editor, database) -> None:
    data = changed(editor.get("/console/export/answers.xlsx").content, KEY, "status", "perhaps")
    response = send(editor, "answers", data, do="1")
    assert response.status_code == 422
    assert KEY in response.text
    assert "租房提取（成都）" in response.text
    assert "核实情况 的 perhaps 不在 已核实、待核实、资料未载 之中" in response.text
    with database.read() as connection:
        assert drafts.in_states(connection) == []


@pytest.mark.parametrize("data", [b"", b"PK\x03\x04 no zip", b"\xff\xfe\x00\x01" * 9])
def test_what_is_no_table_is_refused(editor, data: bytes) -> None:
    response = send(editor, "answers", data)
    assert response.status_code == 422
    assert 'role="alert"' in response.text


def test_a_table_that_unpacks_to_too_much_is_refused() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("bomb", b"0" * (61 * 1024 * 1024))
    with pytest.raises(BadTable, match="太大"):
        read_table("x.xlsx", out.getvalue())


def test_an_upload_has_a_limit(editor) -> None:
    assert send(editor, "answers", b"x" * (5 * 1024 * 1024 + 1)).status_code == 413


def test_cells_never_leave_as_formulas() -> None:
    data = write_xlsx("表", ["a"], [["=1+1"]])
    assert load_workbook(io.BytesIO(data)).worksheets[0]["A2"].data_type == "s"


def test_a_good_branch_becomes_a_contact_point(editor, reviewer, live, database) -> None:
    assert send(editor, "branches", csv_of(GOOD), "x.csv", do="1").status_code == 303
    with database.read() as connection:
        (edit,) = drafts.in_states(connection)
    assert decide(reviewer, f"/console/drafts/{edit.id}", "approve").status_code == 303
    (near, km), *_ = live.library.branches_near(30.66, 104.08, 1)
    assert near.name == "测试银行春熙路支行"
    assert near.scope == "chengdu"
    assert km < 1
    assert near.services == ("开户", "挂失")


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"bank": ""}, "缺少银行"),
        ({"address": ""}, "缺少地址"),
        ({"city": "巴黎"}, "没有收录"),
        ({"district": "朝阳门外"}, "没有朝阳门外"),
        ({"phone": "电话"}, "写法不对"),
        ({"lat": "104.08", "lon": "30.66"}, "写反"),
        ({"lat": "39.9", "lon": "116.4"}, "太远"),
        ({"lat": "30.66", "lon": ""}, "要么"),
        ({"lat": "NaN", "lon": "NaN"}, "中国范围"),
        ({"checked_on": "2027-01-01"}, "核验日期"),
        ({"checked_on": "上周"}, "核验日期"),
        ({"source": ""}, "缺少来源"),
        ({"hours": "长" * 61}, "时间太长"),
    ],
)
def test_every_fault_of_a_branch_is_named(live, change, reason) -> None:
    from datetime import date

    (found,) = read_branches(live.library, [{**GOOD, **change}], date(2026, 11, 20))
    assert any(reason in fault for fault in found.faults), found.faults


def test_every_bad_row_is_in_the_report_and_no_good_one_is_brought_in(editor, database) -> None:
    rows = [GOOD, {**GOOD, "branch": "二", "phone": "x"}, {**GOOD, "branch": "三", "city": "巴黎"}, GOOD]
    response = send(editor, "branches", csv_of(*rows), "x.csv", do="1")
    assert "3 行有错" in response.text
    assert "同一个网点" in response.text
    with database.read() as connection:
        assert drafts.in_states(connection) == []


def test_chinese_heads_work_too(live) -> None:
    from datetime import date

    (found,) = read_branches(live.library, [{COLUMNS[k]: v for k, v in GOOD.items()}], date(2026, 11, 20))
    assert found.faults == ()


def test_an_import_is_approved_in_one_go_by_somebody_else(
    editor, reviewer, signed_in, live, database
) -> None:
    second = {**GOOD, "branch": "建设路支行", "district": "成华区"}
    send(editor, "branches", csv_of(GOOD, second), "x.csv", do="1")
    with database.read() as connection:
        ids = [str(edit.id) for edit in drafts.in_states(connection)]
    assert len(ids) == 2
    before = live.release
    assert reviewer.post("/console/reviews/approve", {"edits": [*ids, "999"]}).status_code == 409
    assert live.release == before
    assert reviewer.post("/console/reviews/approve", {"edits": ids}).status_code == 303
    assert live.release == before + 1
    names = {c.name for c in live.library.contacts.values() if c.kind == "branch"}
    assert {"测试银行春熙路支行", "测试银行建设路支行"} <= names


def test_nobody_approves_their_own_import(signed_in, live) -> None:
    both = signed_in("both")
    send(both, "branches", csv_of(GOOD), "x.csv", do="1")
    assert both.post("/console/reviews/approve", {"edits": ["1"]}).status_code == 403
    assert live.release == 1
