"""Conversation scripts through the real pipeline: ours, and the acceptance scripts beside the checkout."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.conversations.judge import failures
from tests.conversations.play import HERE, played, read

SHARED = HERE.parents[2] / "shared" / "eval" / "dialogues_dev.yaml"
OWN = tuple(HERE / f"{name}.yml" for name in ("own", "own_more", "own_third", "own_fourth", "own_fifth"))
FALLS_SHORT: dict[str, str] = {}
"""Acceptance scripts that do not pass yet, and why."""


def _ids(path: Path) -> list[str]:
    return [script["id"] for script in read(path)["scripts"]] if path.is_file() else []


def _shared_cases() -> list[object]:
    return [
        pytest.param(name, marks=pytest.mark.xfail(reason=FALLS_SHORT[name], strict=False))
        if name in FALLS_SHORT
        else name
        for name in _ids(SHARED) or ["none"]
    ]


@pytest.fixture(scope="module")
def scripts():
    return played([path for path in (*OWN, SHARED) if path.is_file()])


@pytest.fixture(scope="module")
def says():
    return read(HERE / "says.yml")


@pytest.mark.rasa
@pytest.mark.timeout(900)
@pytest.mark.parametrize("name", [name for path in OWN for name in _ids(path)])
def test_own_script_comes_out_as_written(scripts, says, name):
    library, found = scripts
    assert failures(*found[name], says, library) == []


@pytest.mark.rasa
@pytest.mark.shared
@pytest.mark.timeout(900)
@pytest.mark.parametrize("name", _shared_cases())
def test_acceptance_script_comes_out_as_written(scripts, says, name):
    library, found = scripts
    assert failures(*found[name], says, library) == []
