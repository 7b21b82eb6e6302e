"""Old models go; what serves, what a person may go back to and what the console keeps stays."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from bot.supervise.prune import KEPT, prune


@pytest.fixture
def models(tmp_path: Path) -> list[Path]:
    """Eight models, the oldest first."""
    folder = tmp_path / "models"
    folder.mkdir()
    made = [folder / f"{number:016x}.tar.gz" for number in range(8)]
    for age, path in enumerate(made):
        path.touch()
        os.utime(path, (1000 + age, 1000 + age))
    return made


def left(models: list[Path]) -> list[int]:
    return [number for number, path in enumerate(models) if path.exists()]


def test_the_newest_stay_and_the_others_go(models: list[Path]) -> None:
    gone = prune(models[0].parent, models[7])
    assert KEPT == 3
    assert left(models) == [5, 6, 7]
    assert sorted(gone) == models[:5]


def test_what_is_in_use_stays_however_old(models: list[Path]) -> None:
    folder = models[0].parent
    (folder.parent / "run.json").write_text(json.dumps({"model": "0" * 15 + "1"}))
    (folder / "serving.json").write_text(json.dumps({"model": models[2].name}))
    prune(folder, models[0])
    assert left(models) == [0, 1, 2, 5, 6, 7]


def test_what_the_console_keeps_and_files_of_other_names_stay(models: list[Path]) -> None:
    folder = models[0].parent
    others = [folder / "kept" / "job-1.tar.gz", folder / "kept" / f"{'a' * 16}.tar.gz"]
    others += [folder / "candidate.tar.gz", folder / "training-77.tar.gz", folder / "training_s.json"]
    others[0].parent.mkdir()
    for path in others:
        path.touch()
        os.utime(path, (1, 1))
    prune(folder, models[7])
    assert all(path.exists() for path in others)


def test_notes_that_cannot_be_read_do_not_stop_it(models: list[Path]) -> None:
    (models[0].parent.parent / "run.json").write_text("{")
    prune(models[0].parent, models[7])
    assert left(models) == [5, 6, 7]
