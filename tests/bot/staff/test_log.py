"""The audit log: complete, readable by those who may, changed by nobody."""

from __future__ import annotations

import ast
import re

import pytest
from sqlalchemy.exc import IntegrityError

from bot.settings import ROOT
from bot.staff.log_words import DEEDS, DETAILS, SUBJECTS
from store import audit
from store.audit import Filter
from tests.support.staff import Browser


@pytest.fixture
def auditor(app) -> Browser:
    browser = Browser(app)
    browser.sign_in("auditor")
    return browser


def test_the_log_is_shown_and_filtered(app, auditor: Browser) -> None:
    Browser(app).sign_in("editor")
    assert "editor" in auditor.get("/staff/log").text
    assert "<td>editor</td>" not in auditor.get("/staff/log?actor=auditor").text


def test_the_export_holds_every_row_and_is_logged(auditor: Browser, database) -> None:
    with database.write() as connection:
        for number in range(audit.EXPORT_ROWS + 5):
            audit.write(connection, "editor", "sign_in", f"s{number}", 5.0)
    text = auditor.get("/staff/log.csv").text
    assert text.count("\r\n") == audit.EXPORT_ROWS + 5 + 3
    assert "导出日志" in auditor.get("/staff/log").text


def test_a_cell_cannot_become_a_formula(auditor: Browser, database) -> None:
    with database.write() as connection:
        audit.write(connection, "editor", "sign_in", "x", 5.0, reason="=HYPERLINK(1)")
    assert ",'=HYPERLINK(1)," in auditor.get("/staff/log.csv").text


@pytest.mark.parametrize("deed", ["UPDATE audit SET actor = 'x'", "DELETE FROM audit"])
def test_the_database_itself_refuses_changes(database, deed: str) -> None:
    with database.write() as connection:
        audit.write(connection, "editor", "sign_in", "x", 5.0)
    with pytest.raises(IntegrityError, match="append-only"), database.write() as connection:
        connection.exec_driver_sql(deed)
    with database.read() as connection:
        assert audit.count(connection, Filter()) == 1


def told() -> list[tuple[str, list[str], list[str]]]:
    """Deed, subject and details of every place that writes to the log, as the source has them."""
    found = []
    for path in [*(ROOT / "bot").rglob("*.py")]:
        tree = ast.parse(path.read_text("utf-8"))
        keys = [k for node in ast.walk(tree) for k in detail_keys(node)]
        for node in ast.walk(tree):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
                name = ast.unparse(node.func)
                at = {"call.audit": 1, "audit.write": 2}.get(name)
                if at is not None:
                    found.append((path.name, strings(node.args[at : at + 2]), keys))
    return found


def detail_keys(node: ast.AST) -> list[str]:
    """Keys of a dict that is, or becomes, the detail of an entry."""
    value = None
    if isinstance(node, ast.keyword) and node.arg == "detail":
        value = node.value
    if isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == "detail":
        value = node.value
    keys = value.keys if isinstance(value, ast.Dict) else []
    return [key.value for key in keys if isinstance(key, ast.Constant)]


def strings(nodes: list[ast.expr]) -> list[str]:
    """What the deed and the subject begin with, where they are written out."""
    first = [n.values[0] if isinstance(n, ast.JoinedStr) else n for n in nodes]
    return [str(n.value) if isinstance(n, ast.Constant) else "" for n in first]


CHINESE = re.compile(r"[\u4e00-\u9fff]")


def test_every_deed_subject_and_detail_that_is_written_has_its_word(auditor: Browser) -> None:
    import bot.console.door
    import bot.desk.door  # noqa: F401 - each door brings its words

    entries = told()
    assert len(entries) > 30
    deeds = {said[0] for _, said, _ in entries} - {""}
    subjects = {said[1].split(":")[0] for _, said, _ in entries if len(said) > 1} - {""}
    details = {key for _, _, keys in entries for key in keys}
    assert {"draft", "count"} <= details
    assert [d for d in sorted(deeds) if not CHINESE.search(DEEDS.get(d, ""))] == []
    assert [s for s in sorted(subjects) if not CHINESE.search(SUBJECTS.get(s, ""))] == []
    assert [d for d in sorted(details) if not CHINESE.search(DETAILS.get(d, ""))] == []


def test_the_log_is_read_in_words(auditor: Browser, database) -> None:
    with database.write() as connection:
        detail = {"roles": ["editor"], "active": True, "new_password": False}
        audit.write(connection, "cli", "account_changed", "account:wang", 5.0, detail=detail)
    page = auditor.get("/staff/log").text
    for said in ("命令行", "账号 wang", "角色：内容编辑", "能登录：是", "换了密码：否"):
        assert said in page
    assert "账号 wang" in auditor.get("/staff/log.csv").text
    assert "new_password" not in page
