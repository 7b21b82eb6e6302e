"""Writing an edit: opened from a record, saved while typing, shown as citizens would see it.

Why this file exists: nothing typed is lost; when two people write in one draft, the second one's words
become a draft of their own.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import Any

from starlette.responses import RedirectResponse, Response

from bot.console import beginning, forms, preview, records
from bot.console.beginning import Begun
from bot.console.figure_choice import choices
from bot.console.outline import outline
from bot.console.records import Subject
from bot.console.retiring import retired
from bot.console.schema import ASPECT_LABELS, SCHEMAS
from bot.console.site import SITE, STATES
from bot.live.texts import KINDS, all_of
from bot.staff.access import Call, Page, missing
from bot.staff.common import day_asked, library_of, scope_name, scopes, today
from bot.staff.roles import WRITERS
from content.dump import record_text
from content.find import Library
from content.yamltext import YamlError, read
from store import content_records, drafts
from store.drafts import OPEN, Edit
from store.errors import Conflict


def start(call: Call) -> Response:
    """Begin to edit a record, or go on with the edit that is open; ``retire`` proposes its end."""
    kind, key = call.text("kind"), call.text("key")
    found = records.subject(library_of(call), kind, key)
    if found is None:
        raise missing("这条内容")
    proposed = retired(kind, found.value, today(call)) if call.text("retire") else None
    return begin(call, found, record_text(proposed) if proposed else "")


def start_new(call: Call) -> Response:
    """Begin a new answer for a need in a place, or a new record of another kind."""
    if call.text("kind") not in ("", "answers"):
        return _start_other(call)
    need = forms.picked(call.text("need"))
    found = beginning.answer(library_of(call), need, call.text("scope") or "national", today(call))
    if found is None:
        key = f"{need}@{call.text('scope')}".removesuffix("@national").removesuffix("@")
        known = records.subject(library_of(call), "answers", key)
        if known is None:
            raise missing("这个事项或城市")
        return begin(call, known)
    return begin(call, found.subject, fields=found.fields)


def _start_other(call: Call) -> Response:
    with call.database.read() as connection:
        taken = drafts.open_names(connection)
    found = _other(call, library_of(call), taken)
    if found is None:
        raise missing("这一类内容、这座城市或这份文件")
    return begin(call, found.subject, fields=found.fields)


def _other(call: Call, library: Library, taken: Iterable[str]) -> Begun | None:
    kind, scope = call.text("kind"), call.text("scope")
    if kind == "notices":
        return beginning.notice(library, scope, call.text("number", 60), taken)
    if kind == "clauses":
        return beginning.clause(library, call.text("notice"), call.text("row"), taken)
    return beginning.plain(library, kind, scope, taken)


def begin(
    call: Call, found: Subject, yaml: str = "", fields: Mapping[str, Any] = MappingProxyType({})
) -> Response:
    """A draft of a record: from ``yaml``, else what is in force, else the ``fields`` known of a new one."""
    with call.database.write() as connection:
        opened = drafts.of_record(connection, found.name)
        if opened and not yaml:
            return RedirectResponse(f"/console/drafts/{opened[0].id}", 303)
        text = yaml or record_text(found.value if found.value is not None else fields)
        known = content_records.record(connection, found.kind, found.key)
        base = known.version if known else 0
        made = drafts.start(connection, found.name, found.path, base, text, call.me.login, call.now())
        call.audit(connection, "draft_started", found.name)
    return RedirectResponse(f"/console/drafts/{made}", 303)


def edit_of(call: Call) -> Edit:
    """The draft of the path."""
    with call.database.read() as connection:
        found = drafts.find(connection, call.request.path_params["draft"])
    if found is None:
        raise missing("这份草稿")
    return found


def show(call: Call) -> Response:
    """The editor."""
    edit = edit_of(call)
    return SITE.page(call, "console/editor.html", _values(call, edit))


def _values(call: Call, edit: Edit) -> dict[str, Any]:
    library = library_of(call)
    value = _value(edit)
    record = records.drafted(library, edit.name, edit.path, edit.yaml if value is not None else "{}")
    schema = SCHEMAS.get(edit.kind)
    return {
        "edit": edit, "record": record, "schema": schema, "states": STATES, "aspect_labels": ASPECT_LABELS,
        "fields": forms.shown(value, edit.kind) if schema else {}, "place": scope_name(library, record.scope),
        "options": _options(library) if schema else {}, "open": edit.state in OPEN, "kinds": KINDS,
        "on": day_asked(call), "preview": shown(call, edit, library), "lists": _lists(schema),
        "figures": choices(library, record.scope, day_asked(call)) if edit.kind == "answers" else (),
        "scopes": scopes(library),
    }  # fmt: skip


def _value(edit: Edit) -> Any:
    try:
        return read(edit.yaml)
    except YamlError:
        return None


def _options(library: Library) -> dict[str, dict[str, str]]:
    """What pickers name: id to words."""
    return {
        "clauses": {
            cite: records.cite_name(library, cite)
            for cite in (*{c.id: "" for c in library.clauses.values()}, *library.notices)
        },
        "contacts": {c.id: f"{c.name} {c.number}".strip() for c in library.contacts.values()},
        "needs": {n.id: n.name for n in library.needs.values()},
        "topics": {t.id: t.name for t in library.topics.values()},
        "notices": {n.id: n.label for n in library.notices.values()},
        "aspects": ASPECT_LABELS,
        "scam_sources": _scam_sources(library),
        "signals": {key: each["says"] for key, each in all_of(library, "signals").items()},
    }  # fmt: skip


def _scam_sources(library: Library) -> dict[str, str]:
    sources = library.fraud.get("scams", {}).get("sources", {})
    return {key: str(each["title"]) for key, each in sources.items()}


def _lists(schema: Any) -> list[str]:
    return sorted({field.source for field in schema or () if field.kind in ("pick", "ref")})


def shown(call: Call, edit: Edit, library: Library) -> dict[str, Any]:
    """The preview as the template wants it."""
    record = None
    try:
        record = records.drafted(library, edit.name, edit.path, edit.yaml)
    except YamlError as error:
        return {"faults": (str(error),), "bubbles": ()}
    aspect = call.text("preview_aspect")
    seen = preview.preview(library, record, day_asked(call), aspect)
    return {
        "faults": seen.faults, "copied": seen.copied, "spoken": seen.spoken, "on": day_asked(call),
        "bubbles": seen.bubbles,
        "text": "" if record.kind in SCHEMAS else outline(library, record.kind, record.value),
    }  # fmt: skip


def save(call: Call) -> Response:
    """Keep what is typed; gives the preview and the new revision, or another draft after a clash."""
    edit = edit_of(call)
    yaml = _typed(call, edit)
    if edit.state not in OPEN:
        return _clash(call, edit, yaml) if yaml != edit.yaml else _closed(call, edit)
    if yaml == edit.yaml and call.text("revision") == str(edit.revision):
        return _saved(call, edit)
    try:
        if call.text("revision") != str(edit.revision):
            raise Conflict("别人刚保存过这份草稿")
        with call.database.write() as connection:
            saved = drafts.save(connection, edit, yaml, call.me.login, call.now())
    except Conflict:
        now = edit_of(call)
        return _saved(call, now) if now.yaml == yaml and now.state in OPEN else _clash(call, now, yaml)
    return _saved(call, saved, edit.yaml)


def _typed(call: Call, edit: Edit) -> str:
    if edit.kind in SCHEMAS and not call.text("as_yaml"):
        return record_text(forms.parse(call, edit.kind))
    return f"{call.text('yaml', 200_000)}\n"


def _saved(call: Call, edit: Edit, before: str = "") -> Response:
    scripted = call.request.headers.get("hx-request")
    if call.text("then") == "review":
        target = f"/console/drafts/{edit.id}/review"
        return Response(headers={"HX-Redirect": target}) if scripted else RedirectResponse(target, 303)
    if not scripted:
        return RedirectResponse(f"/console/drafts/{edit.id}", 303)
    added = any(name.endswith(".add") and said for name, said in call.form.items())
    values = _values(call, edit) | {"picked": added, "ordered": _orders_differ(call, edit, before)}
    return SITE.page(call, "console/saved.html", values)


def _orders_differ(call: Call, edit: Edit, before: str) -> bool:
    """Whether the orders on the page are not what was saved: one moved, one filled, a sentence reworded."""
    return (
        edit.kind == "steps" and before != "" and (bool(call.text("move")) or read(before) != read(edit.yaml))
    )


def _clash(call: Call, edit: Edit, yaml: str) -> Response:
    """Somebody else saved or finished it first: these words are kept beside theirs."""
    with call.database.write() as connection:
        made = drafts.start(
            connection, edit.name, edit.path, edit.base_version, yaml, call.me.login, call.now()
        )  # fmt: skip
        call.audit(connection, "draft_started", edit.name, detail={"beside": edit.id})
    values = {"edit": edit, "other": made, "closed": "" if edit.state in OPEN else STATES[edit.state]}
    return SITE.page(call, "console/saved.html", values, 409)


def _closed(call: Call, edit: Edit) -> Response:
    return SITE.page(call, "console/saved.html", {"closed": STATES[edit.state], "edit": edit}, 409)


PAGES = (
    Page("/console/edit", start, WRITERS, "POST"),
    Page("/console/new", start_new, WRITERS, "POST"),
    Page("/console/drafts/{draft:int}", show, WRITERS),
    Page("/console/drafts/{draft:int}", save, WRITERS, "POST"),
)
