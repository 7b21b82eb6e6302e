"""Watching parts: ready, asked to stop, one dies."""

from __future__ import annotations

import os
import signal
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.supervise.part import Part
from bot.supervise.watch import NotHealthy, PartDied, Watch
from tests.support.desk_rig import until
from tests.support.servers import WAIT_S

SLEEP = "import time; time.sleep(600)"
NOTES_ITS_END = """
import signal, sys, time
def end(*_):
    open({note!r}, "a").write("{name} ")
    sys.exit()
signal.signal(signal.SIGTERM, end)
print("up", flush=True)
time.sleep(600)
"""


@pytest.fixture
def watch() -> Iterator[Watch]:
    numbers = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
    before = [signal.getsignal(n) for n in numbers]
    made = Watch()
    yield made
    made.stop()
    for number, handler in zip(numbers, before, strict=True):
        signal.signal(number, handler)


def add(watch: Watch, tmp_path: Path, name: str, code: str) -> Part:
    part = Part(name, [sys.executable, "-c", code], os.environ, tmp_path, tmp_path / f"{name}.log")
    watch.parts.append(part)
    return part


def test_a_part_that_dies_is_named_with_its_log_and_last_words(watch: Watch, tmp_path: Path) -> None:
    add(watch, tmp_path, "app", SLEEP)
    add(watch, tmp_path, "rasa", "print('model is broken'); raise SystemExit(3)")
    with pytest.raises(PartDied) as caught:
        watch.run()
    assert "rasa 停了（返回 3）" in str(caught.value)
    assert str(tmp_path / "rasa.log") in str(caught.value)
    assert "model is broken" in str(caught.value)


def test_stop_leaves_no_part_running(watch: Watch, tmp_path: Path) -> None:
    parts = [add(watch, tmp_path, name, SLEEP) for name in ("rasa", "app", "worker")]
    watch.stop()
    assert all(part.returncode() is not None for part in parts)


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_signal_ends_the_watch(watch: Watch, tmp_path: Path, number: signal.Signals) -> None:
    add(watch, tmp_path, "app", SLEEP)
    threading.Timer(0.2, os.kill, (os.getpid(), number)).start()
    watch.run()
    assert watch.asked.is_set()


def test_waiting_ends_when_healthy(watch: Watch) -> None:
    answers = iter([False, False, True])
    assert watch.wait_for(lambda: next(answers), "app", WAIT_S)


def test_waiting_too_long_is_told(watch: Watch) -> None:
    with pytest.raises(NotHealthy, match="rasa"):
        watch.wait_for(lambda: False, "rasa", 0)


def test_waiting_notices_a_part_that_dies(watch: Watch, tmp_path: Path) -> None:
    add(watch, tmp_path, "app", "raise SystemExit(1)")
    with pytest.raises(PartDied):
        watch.wait_for(lambda: False, "app", WAIT_S)


def test_parts_are_stopped_doors_before_what_they_call(watch: Watch, tmp_path: Path) -> None:
    note = tmp_path / "order"
    for name in ("rasa", "app", "worker"):
        part = add(watch, tmp_path, name, NOTES_ITS_END.format(note=str(note), name=name))
        until(lambda part=part: "up" in part.log.read_text())
    watch.stop()
    assert note.read_text().split() == ["worker", "app", "rasa"]
