"""Training changes nothing by itself; a person's click puts a model in its place, hash and all."""

from __future__ import annotations

import sys

import pytest

from bot import errands, training
from bot.console.sayings import shipped_examples
from bot.samples import read_examples
from bot.supervise import brain
from content.yamltext import read
from store import jobs

NEED = "housing_fund.rent_withdrawal"


@pytest.fixture
def place(services, monkeypatch: pytest.MonkeyPatch):
    """Where the serving model lies; the fingerprint needs no Rasa environment here."""
    monkeypatch.setattr(brain, "fingerprint", lambda: "mark")
    target = brain.models(services.settings) / "mark.tar.gz"
    target.parent.mkdir(parents=True)
    target.write_bytes(b"the first model")
    return target


@pytest.fixture
def candidate(services, database, place) -> int:
    file = brain.models(services.settings) / "kept" / "job-1.tar.gz"
    file.parent.mkdir()
    file.write_bytes(b"the second model")
    row = {"file": str(file), "sha256": training.sha256(file), "metrics": {}, "note": "", "created_at": 1.0}
    with database.write() as connection:
        jobs.add_model(connection, row)
        return jobs.models(connection)[0].id


def test_examples_become_training_data_of_their_need() -> None:
    text = training.as_training_data([(NEED, "房租能提不"), (NEED, "[坏](city)"), ("wages.pay", "没发工资")])
    blocks = {block["intent"]: block["examples"] for block in read(text)["nlu"]}
    assert blocks[NEED] == "- 房租能提不\n- （坏）(city)\n"
    assert set(blocks) == {NEED, "wages.pay"}


def test_the_workshop_holds_everything_a_model_is_made_from(services) -> None:
    place = training.workshop(services.settings, 7, [(NEED, "房租能提不")])
    assert (place / "nlu" / "train.py").is_file()
    assert (place / "content" / "topics.yml").is_file()
    assert "房租能提不" in (place / "nlu" / "topics" / "staff_added.yml").read_text("utf-8")


def test_a_sentence_set_aside_is_not_learned_from(services) -> None:
    gone = shipped_examples()[NEED][0]
    place = training.workshop(services.settings, 7, [], [(NEED, gone)])
    kept = {text for text, need in read_examples(place / "nlu" / "topics") if need == NEED}
    assert kept == set(shipped_examples()[NEED]) - {gone}


def test_one_training_at_a_time_and_the_worker_starts_it(editor, database, monkeypatch) -> None:
    started = []
    monkeypatch.setattr(errands.subprocess, "Popen", lambda command, **_: started.append(command))
    editor.post("/console/training/start")
    editor.post("/console/training/start")
    for _ in range(2):
        with database.write() as connection:
            errands.start_waiting(connection, 1e12)
    assert started == [[sys.executable, "-m", "bot.training", "1"]]
    assert 'hx-trigger="every 2s"' in editor.get("/console/training").text


def test_a_job_whose_process_died_is_not_shown_as_running_for_ever(database) -> None:
    with database.write() as connection:
        job = jobs.ask(connection, "training", "editor", 1.0)
        jobs.take(connection, "training", "worker", 1.0)
        assert jobs.lost(connection, "training", 2.0, 3.0) == 1
        assert jobs.latest(connection, "training").state == "failed"
        assert jobs.ask(connection, "training", "editor", 4.0) == job + 1


def test_a_click_puts_the_model_in_its_place_and_keeps_the_old_one(
    reviewer, database, place, candidate
) -> None:
    assert reviewer.post(f"/console/training/models/{candidate}/promote").status_code == 303
    assert place.read_bytes() == b"the second model"
    with database.read() as connection:
        states = {m.note: m.state for m in jobs.models(connection)}
        old = next(m for m in jobs.models(connection) if m.note == "换下来的")
    assert states == {"": "serving", "换下来的": "retired"}
    assert reviewer.post(f"/console/training/models/{old.id}/promote").status_code == 303
    assert place.read_bytes() == b"the first model"


def test_a_model_that_is_not_what_was_trained_is_refused(reviewer, services, place, candidate) -> None:
    (brain.models(services.settings) / "kept" / "job-1.tar.gz").write_bytes(b"something else")
    assert reviewer.post(f"/console/training/models/{candidate}/promote").status_code == 409
    assert place.read_bytes() == b"the first model"


def test_an_editor_cannot_promote(editor, place, candidate) -> None:
    assert editor.post(f"/console/training/models/{candidate}/promote").status_code == 403
    assert place.read_bytes() == b"the first model"
