"""The newest release is served by every process; what cannot be served never replaces what can."""

from __future__ import annotations

import asyncio
from dataclasses import replace

import pytest

from bot.live import source, switches, texts
from bot.live.source import LiveContent, texts_in_force
from content import load
from content.dump import record_text
from content.load import ContentFaults
from store import content_records, emergency
from store.content_records import Change
from store.errors import Conflict
from tests.support.desk_rig import until

ANSWER = "housing_fund.rent_withdrawal@chengdu"


def published(database, live: LiveContent, conclusion: str, path_text: str | None = None) -> int:
    """What the console's transaction does, for one answer."""
    path = texts.path_of(live.library, "answers", ANSWER)
    said = texts.value(live.library.texts[path], "answers", ANSWER)
    new = {**said, "conclusion": conclusion}
    text = path_text or texts.put(live.library.texts[path], "answers", ANSWER, new)
    change = Change(
        path, "answers", ANSWER, "", "chengdu", record_text(new), record_text(said), texts.fingerprint(said),
        "editor", "reviewer", "",
    )  # fmt: skip
    with database.write() as connection:
        number = content_records.next_release(connection, content_records.release(connection), 1.0)
        content_records.put_files(connection, {path: text}, 1.0)
        content_records.publish(connection, change, number, 1.0)
    return number


def test_the_first_start_brings_the_shipped_files_in_byte_for_byte(live, database, shipped) -> None:
    with database.read() as connection:
        assert content_records.files(connection) == dict(shipped)
        assert content_records.release(connection) == 1


def test_a_second_start_changes_nothing(live, database, shipped) -> None:
    again = LiveContent(database, shipped)
    again.start()
    assert again.release == live.release == 1


def test_a_start_reads_the_content_once(database, shipped, monkeypatch: pytest.MonkeyPatch) -> None:
    read: list[int] = []

    def counted(given):
        read.append(len(given))
        return load.library_from_texts(given)

    monkeypatch.setattr(source, "library_from_texts", counted)
    for _ in range(2):  # the first start brings the files in, the second finds them
        LiveContent(database, shipped).start()
    assert read == [len(shipped)] * 2


def test_another_process_serves_a_publication_after_its_next_look(live, database, shipped) -> None:
    other = LiveContent(database, shipped)
    other.start()
    published(database, live, "可以提，先看条件。")
    other.look()
    assert other.library.answers[ANSWER].conclusion == "可以提，先看条件。"
    assert other.release == 2


def test_the_first_content_is_warmed_before_it_is_served_and_later_ones_at_once(
    live, database, shipped
) -> None:
    warmed = []
    other = LiveContent(
        database, shipped, lambda library: warmed.append((library, getattr(other, "library", None)))
    )
    other.start()
    first = other.library
    published(database, live, "可以提，先看条件。")
    other.look()
    assert other.library is not first
    assert warmed == [(first, None), (other.library, other.library)]


def test_the_watching_thread_looks_by_itself(live, database) -> None:
    live.watch()
    published(database, live, "可以提，先看条件。")
    until(lambda: live.release == 2)
    asyncio.run(live.stop())
    assert live.library.answers[ANSWER].conclusion == "可以提，先看条件。"


def test_content_that_does_not_load_leaves_the_old_one_in_force(live, database) -> None:
    good = live.library
    published(database, live, "x", path_text="answers:\n  nonsense: [1]\n")
    live.look()
    assert live.library is good
    assert asyncio.run(live.probe())[0] == "degraded"
    published(database, live, "可以提，先看条件。")
    live.look()
    assert live.library.answers[ANSWER].conclusion == "可以提，先看条件。"
    assert asyncio.run(live.probe())[0] == "ok"


def test_a_publication_survives_an_update_of_the_program(live, database, shipped) -> None:
    published(database, live, "可以提，先看条件。")
    path = "content/contacts.yml"
    update = {**shipped, path: shipped[path].replace("住房公积金", "公积金", 1)}
    assert update != dict(shipped)
    after = LiveContent(database, update)
    after.start()
    assert after.library.answers[ANSWER].conclusion == "可以提，先看条件。"
    assert after.library.texts[path] == update[path]
    assert texts_in_force(database, update) == dict(after.library.texts)


def test_an_update_that_does_not_load_keeps_the_stored_content(live, database, shipped) -> None:
    after = LiveContent(database, {**shipped, "content/contacts.yml": "contacts: [broken\n"})
    after.start()
    assert dict(after.library.texts) == dict(shipped)


def test_a_first_start_with_faults_says_them(database) -> None:
    with pytest.raises(ContentFaults):
        LiveContent(database, {"content/contacts.yml": "contacts: [broken\n"}).start()


def test_two_publications_at_once_do_not_overwrite_each_other(database, live) -> None:
    with database.write() as connection:
        content_records.next_release(connection, 1, 1.0)
    with pytest.raises(Conflict), database.write() as connection:
        content_records.next_release(connection, 1, 1.0)


def test_a_killed_publication_leaves_the_old_release_whole(live, database) -> None:
    path = texts.path_of(live.library, "answers", ANSWER)

    def publish_and_die() -> None:
        with database.write() as connection:
            content_records.next_release(connection, 1, 1.0)
            content_records.put_files(connection, {path: "answers: {}\n"}, 1.0)
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        publish_and_die()
    live.look()
    assert live.release == 1
    with database.read() as connection:
        assert content_records.files(connection)[path] == live.library.texts[path]


def test_versions_tell_who_wrote_and_who_approved(live, database) -> None:
    published(database, live, "可以提，先看条件。")
    live.look()
    published(database, live, "可以提，要看条件。")
    with database.read() as connection:
        record = content_records.record(connection, "answers", ANSWER)
        found = content_records.versions(connection, record.id)
    assert [(v.version, v.author, v.approver) for v in found] == [
        (3, "editor", "reviewer"), (2, "editor", "reviewer"), (1, "程序自带", "程序自带"),
    ]  # fmt: skip


def test_switches_are_seen_at_the_next_look_and_end_by_themselves(live, database) -> None:
    row = emergency.Row(
        "emergency.notice", {"kind": "notice", "text": "今天系统检修"}, "检修", 0.0, "admin", 1.0
    )
    with database.write() as connection:
        emergency.turn_on(connection, row)
    live.look()
    assert live.switches.notice == "今天系统检修"
    with database.write() as connection:
        emergency.turn_on(connection, replace(row, until=5.0))
    live.look()
    assert live.switches == switches.NONE
