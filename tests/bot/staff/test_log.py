"""The audit log: complete, readable by those who may, changed by nobody."""

from __future__ import annotations

import pytest
from sqlalchemy.exc import IntegrityError

from bot.staff.log import DEEDS
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


def test_every_deed_has_a_name(auditor: Browser) -> None:
    assert all(DEEDS.values())
