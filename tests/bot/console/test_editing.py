"""From a change to what citizens read: nothing is lost, nobody approves their own, red blocks."""

from __future__ import annotations

import html
import re

import pytest

from bot.console import publishing
from bot.console.rows import without_empties
from bot.console.schema import SCHEMAS
from bot.live.texts import all_of
from content.yamltext import read
from store import content_records, drafts
from tests.support.staff import Browser

KEY = "housing_fund.rent_withdrawal@chengdu"
NEW = "可以提，先看条件够不够。"


def start(browser: Browser, key: str = KEY, kind: str = "answers") -> str:
    response = browser.post("/console/edit", {"kind": kind, "key": key})
    assert response.status_code == 303, response.text
    return response.headers["location"]


def fields_of(browser: Browser, place: str) -> dict:
    """The form as a browser would send it back."""
    form = re.search(r'<form id="editor".*?</form>', browser.get(place).text, re.S).group()
    found: dict = {}

    def put(name: str, value: str) -> None:
        found.setdefault(name, []).append(html.unescape(value))

    for tag in re.findall(r"<input[^>]*>", form):
        name, value = re.search(r'name="([^"]*)"', tag), re.search(r'value="([^"]*)"', tag)
        if name and ('type="checkbox"' not in tag or "checked" in tag):
            put(name.group(1), value.group(1) if value else "")
    for name, text in re.findall(r'<textarea[^>]*name="([^"]*)"[^>]*>(.*?)</textarea>', form, re.S):
        put(name, text)
    for name, options in re.findall(r'<select name="([^"]*)"[^>]*>(.*?)</select>', form, re.S):
        chosen = re.search(r'value="([^"]*)" selected', options)
        put(name, chosen.group(1) if chosen else re.search(r'value="([^"]*)"', options).group(1))
    return found


def write(browser: Browser, place: str, **changes: str):
    return browser.client.post(place, data={**fields_of(browser, place), **changes})


def revision(browser: Browser, place: str) -> str:
    return fields_of(browser, place)["revision"][0]


def decide(browser: Browser, place: str, what: str, **fields: str):
    form = {"revision": fields.pop("revision", "") or revision(browser, place), **fields}
    return browser.post(f"{place}/{what}", form)


def submitted(editor: Browser, conclusion: str = NEW, **changes: str) -> str:
    place = start(editor)
    assert write(editor, place, conclusion=conclusion, **changes).status_code == 303
    assert decide(editor, place, "submit").status_code == 303
    return place


def edits(database) -> list:
    with database.read() as connection:
        return drafts.in_states(connection, drafts.OPEN)


def test_opening_and_saving_without_a_change_changes_nothing(editor, database, live) -> None:
    for key in sorted(live.library.answers)[::23]:
        place = start(editor, key)
        before = edits(database)[0].yaml
        write(editor, place)
        assert read(edits(database)[0].yaml) == read(before), key


@pytest.mark.parametrize("kind", sorted(set(SCHEMAS) - {"answers"}))
def test_the_other_forms_keep_every_field_too(editor, database, live, kind) -> None:
    for key in sorted(all_of(live.library, kind))[::17]:
        place = start(editor, key, kind)
        before = edits(database)[0].yaml
        write(editor, place)
        assert full(read(edits(database)[0].yaml)) == full(read(before)), key


def full(said):
    """A file may say ``url: ""``; a form says it by an empty box."""
    return without_empties(said) if isinstance(said, dict) else said


def test_edit_review_publish_changes_what_citizens_read(editor, reviewer, live) -> None:
    place = submitted(editor)
    page = reviewer.get(f"{place}/review?wait=1").text
    assert "检查通过" in page
    assert NEW in page
    assert decide(reviewer, place, "approve").status_code == 303
    assert live.library.answers[KEY].conclusion == NEW
    assert NEW in editor.get(f"/a/{KEY}").text


def test_nobody_approves_their_own_words(signed_in, live) -> None:
    both = signed_in("both")
    place = submitted(both)
    before = live.library
    assert decide(both, place, "approve").status_code == 403
    assert live.library is before


def test_who_only_touched_up_a_draft_may_not_approve_it_either(editor, signed_in) -> None:
    both = signed_in("both")
    place = start(editor)
    write(both, place, conclusion=NEW)
    decide(editor, place, "submit")
    assert decide(both, place, "approve").status_code == 403


def test_an_editor_cannot_approve(editor, signed_in) -> None:
    place = submitted(editor)
    assert decide(editor, place, "approve").status_code == 403


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"contacts.add": "no_such_contact"}, "no_such_contact"),
        ({"review_by": "2026-10-01"}, "复核期限 2026-10-01 已经过了"),
        ({"conclusion": "字" * 61}, "结论"),
        ({"conclusion": ""}, "缺少 结论"),
        ({"aspects.amount": "每月能提9876元。"}, "9876"),
        ({"checked_on": "昨天"}, "核验日期"),
        ({"aspects.time": "每{Month}一次。"}, "“时间”里的“{Month}”不会换成数字"),
    ],
)
def test_a_red_gate_blocks_with_a_reason(editor, reviewer, live, changes, reason) -> None:
    before = live.library
    place = submitted(editor, **{"conclusion": NEW, **changes})
    page = reviewer.get(f"{place}/review?wait=1").text
    assert "没有通过，不能发布" in page
    assert reason in page
    assert decide(reviewer, place, "approve").status_code == 422
    assert live.library is before


def test_the_gate_shows_which_replies_change(editor, reviewer) -> None:
    page = reviewer.get(f"{submitted(editor)}/review?wait=1").text
    shown = page[page.index("哪些回复会变") : page.index("存着的问题</h2>")]
    assert NEW in shown
    assert "成都" in shown
    assert "重庆" not in shown


def test_two_people_in_one_draft_lose_nothing(editor, signed_in, database) -> None:
    place = start(editor)
    stale = fields_of(editor, place)
    write(signed_in("both"), place, conclusion="甲写的结论。")
    response = editor.client.post(place, data={**stale, "conclusion": "乙写的结论。"})
    assert response.status_code == 409
    assert "存成了另一份草稿" in response.text
    said = {read(e.yaml)["conclusion"] for e in edits(database)}
    assert said == {"甲写的结论。", "乙写的结论。"}


def test_the_same_words_sent_twice_are_no_clash(editor, database) -> None:
    place = start(editor)
    stale = {**fields_of(editor, place), "conclusion": NEW}
    for _ in range(2):
        sent = editor.client.post(place, data=stale, headers={"HX-Request": "true"})
        assert sent.status_code == 200
        assert 'id="revision" name="revision" value="2"' in sent.text
    assert [(e.revision, read(e.yaml)["conclusion"]) for e in edits(database)] == [(2, NEW)]


def test_a_decision_on_an_older_revision_is_refused(editor, reviewer, live) -> None:
    place = submitted(editor)
    seen = revision(reviewer, place)
    write(editor, place, conclusion="又改了一次。")
    decide(editor, place, "submit")
    assert decide(reviewer, place, "approve", revision=seen).status_code == 409
    assert "又改" not in live.library.answers[KEY].conclusion


def test_editing_what_is_submitted_takes_it_back(editor, reviewer, database) -> None:
    place = submitted(editor)
    write(editor, place, conclusion="又改了一次。")
    assert edits(database)[0].state == "draft"
    assert decide(reviewer, place, "approve").status_code == 409


def test_a_record_published_meanwhile_is_not_overwritten(editor, reviewer, signed_in, live) -> None:
    late = submitted(editor)
    both = signed_in("both")
    other = fields_of(both, late)
    place = both.client.post(late, data={**other, "revision": "0", "conclusion": "别人先发的。"})
    beside = "/console/drafts/" + re.search(r"/console/drafts/(\d+)", place.text).group(1)
    decide(both, beside, "submit")
    assert decide(reviewer, beside, "approve").status_code == 303
    response = decide(reviewer, late, "approve")
    assert response.status_code == 409
    assert live.library.answers[KEY].conclusion == "别人先发的。"
    assert "已经发布了新版本" in reviewer.get(f"{late}/review?wait=1").text
    editor.post(f"{late}/rebase")
    decide(editor, late, "submit")
    assert decide(reviewer, late, "approve").status_code == 303
    assert live.library.answers[KEY].conclusion == NEW


def test_a_scheduled_change_waits_for_its_time(editor, reviewer, services, database, live) -> None:
    place = submitted(editor)
    assert decide(reviewer, place, "approve", publish_at="2027-01-05T08:00").status_code == 303
    publishing.publish_due(services, database, live)
    assert live.library.answers[KEY].conclusion != NEW
    later = services.settings.model_copy(
        update={"clock": services.settings.clock.replace(year=2027, month=1)}
    )
    services.settings = later
    publishing.publish_due(services, database, live)
    assert live.library.answers[KEY].conclusion == NEW


def test_a_scheduled_change_the_gate_stops_goes_back_with_the_reason(
    editor, reviewer, services, database, live
) -> None:
    place = submitted(editor, review_by="2026-12-31")
    decide(reviewer, place, "approve", publish_at="2026-12-30T08:00")
    services.settings = services.settings.model_copy(
        update={"clock": services.settings.clock.replace(year=2027, month=6)}
    )
    publishing.publish_due(services, database, live)
    assert edits(database)[0].state == "refused"
    assert "复核期限" in editor.get(f"{place}/review?wait=1").text


def test_a_refusal_needs_a_reason_and_reaches_the_author(editor, reviewer, database) -> None:
    place = submitted(editor)
    assert decide(reviewer, place, "refuse").status_code == 422
    assert decide(reviewer, place, "refuse", reason="请写明月数").status_code == 303
    assert "请写明月数" in editor.get(f"{place}/review?wait=1").text
    assert edits(database)[0].state == "refused"


def test_one_click_goes_back_to_an_earlier_version(editor, reviewer, live, database) -> None:
    was = live.library.answers[KEY].conclusion
    decide(reviewer, submitted(editor), "approve")
    page = f"/console/records/answers/{KEY}"
    assert reviewer.post(f"{page}/rollback", {"version": "1"}).status_code == 422
    response = reviewer.post(f"{page}/rollback", {"version": "1", "reason": "说错了"})
    assert response.status_code == 303
    assert live.library.answers[KEY].conclusion == was
    with database.read() as connection:
        assert content_records.record(connection, "answers", KEY).version == 3
    assert "说错了" in reviewer.get(page).text


def test_a_new_answer_is_written_reviewed_and_served(editor, reviewer, live) -> None:
    library = live.library
    here = [n.id for n in library.needs.values() if n.city_use == "use" and n.handler == "answer"]
    need = next(n for n in here if f"{n}@xinxiang" not in library.answers)
    response = editor.post("/console/new", {"need": need, "scope": "xinxiang"})
    place = response.headers["location"]
    write(editor, place, conclusion="请先打热线问清楚。", **{"contacts.add": "government_hotline"})
    decide(editor, place, "submit")
    assert decide(reviewer, place, "approve").status_code == 303
    assert live.library.answers[f"{need}@xinxiang"].conclusion == "请先打热线问清楚。"


def test_autosave_gives_the_preview_and_the_next_revision(editor) -> None:
    place = start(editor)
    response = editor.client.post(
        place, data={**fields_of(editor, place), "conclusion": NEW}, headers={"HX-Request": "true"}
    )
    assert response.status_code == 200
    assert 'id="revision" name="revision" value="2"' in response.text
    assert NEW in response.text
    assert "字节" in response.text


def test_the_preview_can_be_seen_for_another_day(editor, live) -> None:
    key = next(a.id for a in live.library.answers.values() if a.review_by)
    page = editor.get(f"/console/records/answers/{key}?as_of=2031-01-01").text
    assert "2031-01-01" in page
    assert page != editor.get(f"/console/records/answers/{key}").text


def test_what_is_typed_into_a_draft_published_meanwhile_becomes_another_draft(
    editor, reviewer, database
) -> None:
    place = submitted(editor)
    stale = fields_of(editor, place)
    assert decide(reviewer, place, "approve").status_code == 303
    response = editor.client.post(place, data={**stale, "conclusion": "发布以后才写完的。"})
    assert response.status_code == 409
    assert "已经是“已发布”" in response.text
    assert "发布以后才写完的。" in [read(e.yaml)["conclusion"] for e in edits(database) if e.state == "draft"]


def test_a_new_figure_and_a_new_contact_point_are_begun_in_the_console(
    editor, reviewer, live, database
) -> None:
    made = {}
    for kind, more in (
        ("facts", {"name": "演练数字", "values.0.value": "12", "values.0.unit": "个月",
                   "values.0.valid_from": "2026-01-01", "values.0.title": "演练文件",
                   "values.0.confidence": "medium", "values.0.checked_on": "2026-11-20"}),
        ("contacts", {"kind": "office", "name": "演练窗口", "confidence": "medium",
                      "source.0.title": "演练", "checked_on": "2026-11-20"}),
    ):  # fmt: skip
        assert "新写一个" in editor.get(f"/console/records?kind={kind}").text
        place = editor.post("/console/new", {"kind": kind, "scope": "chengdu"}).headers["location"]
        again = editor.post("/console/new", {"kind": kind, "scope": "chengdu"}).headers["location"]
        assert place != again
        write(editor, place, **more)
        decide(editor, place, "submit")
        approved = decide(reviewer, place, "approve")
        assert approved.status_code == 303, re.findall(r"role=.alert.>(.*?)</p>", approved.text)
        with database.read() as connection:
            made[kind] = drafts.find(connection, int(place.rpartition("/")[2])).key
    assert live.library.facts[made["facts"]].values[0].unit == "个月"
    assert live.library.contacts[made["contacts"]].name == "演练窗口"
