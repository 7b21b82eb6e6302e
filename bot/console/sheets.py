"""Tables in and out: XLSX and CSV as rows of text, within limits.

Why this file exists: it fences openpyxl and refuses files that are no tables or unpack to too much. The
library is loaded when somebody brings or takes a table: at every start it cost a fifth of a second.
"""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Any

MAX_ROWS = 5000
MAX_UNPACKED = 60 * 1024 * 1024
Row = dict[str, str]


class BadTable(ValueError):
    """The file is no table; the message says what it should be."""


def read_table(name: str, data: bytes) -> list[Row]:
    """Rows by the names of the first line; a head like ``结论（conclusion）`` is named by its brackets.

    Raises:
        BadTable: it is neither XLSX nor CSV (UTF-8 or GB 18030), or too large.
    """
    rows = _xlsx(data) if data[:2] == b"PK" or name.endswith(".xlsx") else _csv(data)
    if not rows:
        raise BadTable("表是空的。")
    if len(rows) > MAX_ROWS + 1:
        raise BadTable(f"最多 {MAX_ROWS} 行，请分几次导入。")
    heads = [_name(head) for head in rows[0]]
    return [dict(zip(heads, row, strict=False)) for row in rows[1:] if any(cell.strip() for cell in row)]


def _name(head: str) -> str:
    return head[head.rindex("（") + 1 : -1] if head.endswith("）") else head.strip()


def _csv(data: bytes) -> list[list[str]]:
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return list(csv.reader(io.StringIO(data.decode(encoding))))
        except (UnicodeDecodeError, csv.Error):
            continue
    raise BadTable("读不出来，请存成 XLSX，或 UTF-8 的 CSV。")


def _xlsx(data: bytes) -> list[list[str]]:
    from openpyxl import load_workbook
    from openpyxl.utils.exceptions import InvalidFileException

    try:
        with zipfile.ZipFile(io.BytesIO(data)) as packed:
            if sum(each.file_size for each in packed.infolist()) > MAX_UNPACKED:
                raise BadTable("表太大了，请分几次导入。")
        book = load_workbook(io.BytesIO(data), read_only=True, data_only=True)
        rows = [
            [_cell(v) for v in row]
            for row in book.worksheets[0].iter_rows(max_row=MAX_ROWS + 2, values_only=True)
        ]
    except (zipfile.BadZipFile, InvalidFileException, KeyError, ValueError, IndexError) as error:
        if isinstance(error, BadTable):
            raise
        raise BadTable("这不是 XLSX 表，请用表格软件另存为 XLSX。") from error
    return rows


def _cell(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, datetime):
        return value.date().isoformat()
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value).strip()


def write_xlsx(title: str, heads: Sequence[str], rows: Iterable[Sequence[str]]) -> bytes:
    """A workbook with one sheet of text cells; nothing in it is a formula."""
    from openpyxl import Workbook

    book = Workbook(write_only=True)
    sheet = book.create_sheet(title)
    sheet.append(list(heads))
    for row in rows:
        sheet.append([_text(sheet, value) for value in row])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _text(sheet: Any, value: str) -> object:
    from openpyxl.cell import WriteOnlyCell

    cell = WriteOnlyCell(sheet, value=value)
    cell.data_type = "s"
    return cell
