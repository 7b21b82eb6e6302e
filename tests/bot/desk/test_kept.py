"""The kept sense: the same as a made one, never of other lessons, and only ever a convenience."""

from __future__ import annotations

import json
import subprocess
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

from bot.desk import kept
from bot.desk.kept import FILE, kept_sense
from bot.desk.letters import word_terms
from bot.desk.sense import Sense

SAID = [("租房能提公积金吗", "a.rent"), ("租房公积金怎么提", "a.rent"), ("异地看病怎么报销", "b.ill")]
TERMS = dict.fromkeys(word_terms("租房公积金"), 1.0)
LIBRARY: Any = None


@pytest.fixture(autouse=True)
def taught(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, str]]:
    said = list(SAID)
    monkeypatch.setattr(kept, "lessons", lambda _library: (["a.rent", "b.ill"], said))
    return said


@pytest.fixture
def made(monkeypatch: pytest.MonkeyPatch) -> list[Any]:
    calls, run = [], subprocess.run

    def counted(*args: Any, **named: Any) -> Any:
        calls.append(args)
        return run(*args, **named)

    monkeypatch.setattr(subprocess, "run", counted)
    return calls


@pytest.fixture
def made_here(monkeypatch: pytest.MonkeyPatch) -> list[Any]:
    """The other process's work without a process: what is asked of it is what counts."""
    calls: list[Any] = []

    def run(command: list[str], *, input: bytes, **_: Any) -> Any:
        calls.append(command)
        Sense(*json.loads(input)).save(Path(command[-2]), command[-1])
        return subprocess.CompletedProcess(command, 0)

    monkeypatch.setattr(subprocess, "run", run)
    return calls


def test_it_is_made_once_by_another_process_and_found_again(tmp_path: Path, made: list[Any]) -> None:
    first, again = kept_sense(LIBRARY, tmp_path), kept_sense(LIBRARY, tmp_path)
    expected = Sense(["a.rent", "b.ill"], SAID).scores(TERMS)
    assert expected[0] > expected[1]
    assert [list(first.scores(TERMS)), list(again.scores(TERMS))] == [list(expected)] * 2
    assert again.readings("zufang") == first.readings("zufang") != ()
    assert len(made) == 1
    assert [p.name for p in tmp_path.iterdir()] == [FILE]


def test_of_many_that_start_together_one_makes_it(tmp_path: Path, made: list[Any]) -> None:
    with ThreadPoolExecutor(4) as starts:
        found = list(starts.map(lambda _: kept_sense(LIBRARY, tmp_path), range(4)))
    assert all(list(sense.scores(TERMS)) == list(found[0].scores(TERMS)) for sense in found)
    assert len(made) == 1


def test_new_lessons_make_a_new_one(
    tmp_path: Path, made_here: list[Any], taught: list[tuple[str, str]]
) -> None:
    kept_sense(LIBRARY, tmp_path)
    taught += [("租房公积金", "b.ill")] * 20
    scores = kept_sense(LIBRARY, tmp_path).scores(TERMS)
    assert scores[1] > scores[0]
    assert len(made_here) == 2


def test_a_broken_file_is_made_again(tmp_path: Path, made_here: list[Any]) -> None:
    kept_sense(LIBRARY, tmp_path)
    path = tmp_path / FILE
    path.write_bytes(path.read_bytes()[:-200])
    assert kept_sense(LIBRARY, tmp_path).scores(TERMS)[0] > 0
    assert len(made_here) == 2


def test_a_folder_that_cannot_be_written_costs_time_only(tmp_path: Path) -> None:
    assert kept_sense(LIBRARY, tmp_path / "missing").scores(TERMS)[0] > 0


def test_without_a_second_process_it_is_made_here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refused(*_: Any, **__: Any) -> None:
        raise OSError("no more processes")

    monkeypatch.setattr(subprocess, "run", refused)
    assert kept_sense(LIBRARY, tmp_path).scores(TERMS)[0] > 0
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("name", ["words.py", "another.py"])
def test_other_rules_for_words_make_a_new_one(
    tmp_path: Path, made_here: list[Any], monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    text = tmp_path / "text"
    text.mkdir()
    (text / "words.py").write_text("first = 1")
    monkeypatch.setattr(kept, "TEXT", text)
    for rule, times in (("first = 1", 1), ("first = 1", 1), ("second = 2", 2)):
        if times > 1:
            (text / name).write_text(rule)
        kept_sense(LIBRARY, tmp_path)
        assert len(made_here) == times
