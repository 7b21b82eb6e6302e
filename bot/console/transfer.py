"""Export and import: the YAML files, tables of answers and contact points, branches; and update conflicts.

Why this file exists: an import is an edit like any other. It says first what it would do, becomes
drafts, and is published by a second person.
"""

from __future__ import annotations

import io
import zipfile
from typing import Any

from starlette.responses import RedirectResponse, Response

from bot.console import branches, records, rows
from bot.console.sheets import BadTable, read_table, write_xlsx
from bot.console.site import SITE, live_of
from bot.console.words import plain
from bot.live.texts import KINDS, path_of, value
from bot.staff.access import UPLOAD_BYTES, Call, Page, missing
from bot.staff.common import library_of, today
from bot.staff.roles import REVIEWERS, WRITERS
from content.dump import record_text
from content.find import Library
from store import content_records, drafts
from store.database import Connection

CHOICES = {"answers": "答复", "contacts": "联系点", "branches": "银行网点"}


def show(call: Call) -> Response:
    """The page of all of it."""
    return _page(call, {})


def _page(call: Call, values: dict[str, Any], status: int = 200) -> Response:
    library, conflicts = library_of(call), live_of(call).conflicts
    frame: dict[str, Any] = {"conflicts": conflicts, "kinds": KINDS, "choices": CHOICES}
    frame["titles"] = [records.full_title(library, c.kind, c.key) for c in conflicts]
    frame |= {"columns": branches.COLUMNS} | {
        "reviewer": call.me.may(REVIEWERS),
        "required": branches.REQUIRED,
    }
    return SITE.page(call, "console/transfer.html", {**frame, **values}, status)


def export_yaml(call: Call) -> Response:
    """Every file in force, byte for byte; unpacked over ``content/`` it is the baseline."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        for path, text in sorted(library_of(call).texts.items()):
            packed.writestr(zipfile.ZipInfo(path, (2026, 1, 1, 0, 0, 0)), text.encode())
    return _file(call, out.getvalue(), "content.zip", "application/zip")


def export_table(call: Call) -> Response:
    """Answers or contact points as XLSX."""
    kind, library = call.request.path_params["kind"], library_of(call)
    if kind not in rows.SHEETS:
        raise missing("这种表")
    heads = rows.columns(kind)
    lines = [rows.export_row(kind, key, _said(library, kind, key)) for key in getattr(library, kind)]
    cells = [[line.get(name, "") for name, _ in heads] for line in lines]
    data = write_xlsx(rows.SHEETS[kind], [f"{label}（{name}）" for name, label in heads], cells)
    mime = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    return _file(call, data, f"{kind}.xlsx", mime)


def _said(library: Library, kind: str, key: str) -> Any:
    return value(library.texts[path_of(library, kind, key)], kind, key)


def _file(call: Call, data: bytes, name: str, mime: str) -> Response:
    with call.database.write() as connection:
        call.audit(connection, "exported", name, detail={"version": library_of(call).version})
    headers = {"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "no-store"}
    return Response(data, media_type=mime, headers=headers)


def bring_in(call: Call) -> Response:
    """Say what a table would do; with ``do`` make drafts of it, only when no row is bad."""
    what, (name, data) = call.text("what"), call.upload("file")
    if what not in CHOICES or not data:
        return _page(call, {"fault": "请选一个文件。"}, 422)
    try:
        table = read_table(name, data)
    except BadTable as bad:
        return _page(call, {"fault": str(bad)}, 422)
    library = library_of(call)
    if what == "branches":
        found = branches.read_branches(library, table, today(call))
        bad_rows = [(b.number, b.name, [plain(f) for f in b.faults], "") for b in found if b.faults]
        new = [(b.number, b.name, f"contacts:{b.key}", b.value, f"content/cities/{b.city}/branches.yml")
               for b in found if not b.faults and not _same(library, b.key, b.value)]  # fmt: skip
    else:
        lines = list(rows.judged(library, what, table))
        names = {line.key: records.full_title(library, what, line.key) for line in lines}
        bad_rows = [
            (n.number, names[n.key], [plain(f) for f in n.faults], n.key) for n in lines if n.state == "bad"
        ]
        new = [(n.number, names[n.key], f"{what}:{n.key}", n.value, path_of(library, what, n.key))
               for n in lines if n.state == "changed"]  # fmt: skip
    report = {"total": len(table), "bad": bad_rows, "new": new, "what": what}
    if not call.text("do") or bad_rows or not new:
        return _page(call, {"report": report}, 422 if bad_rows else 200)
    with call.database.write() as connection:
        for _, _, record, said, path in new:
            _draft(connection, call, record, path, said)
        call.audit(connection, "imported", what, detail={"file": name[:80], "count": len(new)})
    return RedirectResponse("/console/reviews", 303)


def _same(library: Library, key: str, said: Any) -> bool:
    path = path_of(library, "contacts", key)
    return bool(path) and value(library.texts[path], "contacts", key) == said


def _draft(connection: Connection, call: Call, record: str, path: str, said: Any) -> None:
    kind, _, key = record.partition(":")
    known = content_records.record(connection, kind, key)
    base = known.version if known else 0
    made = drafts.start(connection, record, path, base, record_text(said), call.me.login, call.now())
    edit = drafts.find(connection, made)
    assert edit is not None
    drafts.move(connection, edit, "submitted", call.now())


def settle_conflict(call: Call) -> Response:
    """After an update of the program: keep the edit, or begin a draft with the shipped text."""
    live, kind, key = live_of(call), call.text("kind"), call.text("key")
    found = next((c for c in live.conflicts if (c.kind, c.key) == (kind, key)), None)
    if found is None:
        raise missing("这处不一致")
    with call.database.write() as connection:
        known = content_records.record(connection, kind, key)
        if known is not None:
            content_records.rebase(connection, known.id, found.shipped)
        call.audit(connection, "shipped_kept", f"{kind}:{key}")
    live.conflicts = tuple(c for c in live.conflicts if c is not found)
    return RedirectResponse(records.page_of(kind, key), 303)


PAGES = (
    Page("/console/transfer", show, WRITERS),
    Page("/console/export/content.zip", export_yaml, WRITERS),
    Page("/console/export/{kind}.xlsx", export_table, WRITERS),
    Page("/console/import", bring_in, WRITERS, "POST", UPLOAD_BYTES),
    Page("/console/conflicts", settle_conflict, REVIEWERS, "POST"),
)
