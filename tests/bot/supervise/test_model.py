"""One training for everybody who needs a model, and none where one fits."""

from __future__ import annotations

import fcntl
import sys
import threading
import time
from pathlib import Path

import pytest

from bot.settings import Settings
from bot.supervise import model as module
from bot.supervise.model import TrainingFailed, ensure_model
from tests.support.servers import WAIT_S

COUNTS = """
import pathlib, sys
out, counter = map(pathlib.Path, sys.argv[1:])
with counter.open("a") as file:
    file.write("x")
print("PROGRESS 0.50 训练模型", flush=True)
out.write_text("a model")
"""


@pytest.fixture
def settings(services_with) -> Settings:
    return services_with().settings


@pytest.fixture
def trainings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Every training adds a letter to this file; the checkout's own models are out of sight."""
    counter = tmp_path / "trainings"
    counter.touch()
    monkeypatch.setattr(module.brain, "fingerprint", lambda: "mark")
    monkeypatch.setattr(module.brain, "ROOT", tmp_path / "checkout")
    monkeypatch.setattr(
        module.brain, "train_command", lambda out: [sys.executable, "-c", COUNTS, str(out), str(counter)]
    )
    return counter


def test_without_a_model_one_is_trained(settings: Settings, trainings: Path) -> None:
    found = ensure_model(settings)
    assert found == settings.state / "models" / "mark.tar.gz"
    assert found.read_text() == "a model"
    assert trainings.read_text() == "x"


def test_a_fitting_model_is_not_trained_again(settings: Settings, trainings: Path) -> None:
    ensure_model(settings)
    ensure_model(settings)
    assert trainings.read_text() == "x"


def test_other_data_need_another_model(
    settings: Settings, trainings: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ensure_model(settings)
    monkeypatch.setattr(module.brain, "fingerprint", lambda: "other")
    assert ensure_model(settings).name == "other.tar.gz"
    assert trainings.read_text() == "xx"


def test_a_training_makes_room_and_keeps_what_came_before(
    settings: Settings, trainings: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    marks = [f"{number:016x}" for number in range(5)]
    for mark in marks:
        monkeypatch.setattr(module.brain, "fingerprint", lambda mark=mark: mark)
        ensure_model(settings)
    names = sorted(path.name for path in (settings.state / "models").glob("*.tar.gz"))
    assert names == [f"{mark}.tar.gz" for mark in marks[-3:]]


def test_another_state_borrows_the_checkouts_model(
    settings: Settings, trainings: Path, tmp_path: Path
) -> None:
    shared = tmp_path / "checkout" / "var" / "models"
    shared.mkdir(parents=True)
    (shared / "mark.tar.gz").write_text("borrowed")
    assert ensure_model(settings).read_text() == "borrowed"
    assert trainings.read_text() == ""


def test_a_training_that_fails_names_its_log_and_leaves_nothing(
    settings: Settings, trainings: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    command = [sys.executable, "-c", "print('bad data'); raise SystemExit(1)"]
    monkeypatch.setattr(module.brain, "train_command", lambda out: command)
    with pytest.raises(TrainingFailed, match=r"train\.log"):
        ensure_model(settings)
    assert list((settings.state / "models").glob("*.tar.gz")) == []
    assert "bad data" in (settings.state / "logs" / "train.log").read_text()


def test_who_comes_second_waits_and_says_so(
    settings: Settings, trainings: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (settings.state / "models").mkdir()
    with (settings.state / "models" / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        second = threading.Thread(target=ensure_model, args=(settings,))
        second.start()
        said = ""
        until = time.monotonic() + WAIT_S
        while "等它完成" not in said:
            assert time.monotonic() < until
            said += capsys.readouterr().err
            time.sleep(0.01)
        (settings.state / "models" / "mark.tar.gz").write_text("the first one's")
    second.join(WAIT_S)
    assert not second.is_alive()
    assert trainings.read_text() == ""
