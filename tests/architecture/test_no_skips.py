"""Running the suite: --no-skips lets nothing pass by skipping, scripts/test keeps a file in one process."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import tomllib

TESTS = Path(__file__).resolve().parents[1]
SAMPLE = """
import pytest

@pytest.mark.browser
def test_needs_a_browser():
    pytest.skip("no browser here")

def test_needs_nothing():
    pytest.skip("not today")

@pytest.mark.rasa
@pytest.mark.xfail(strict=True)
def test_expected():
    assert False
"""
MARKERS = "[pytest]\nmarkers =\n  browser: b\n  rasa: r\n  server: s\n  shared: x\n"


SCRIPT = (TESTS.parent / "scripts" / "test").read_text("utf-8")
SPREAD = ["-p", "xdist", *SCRIPT.partition("-m pytest ")[2].partition(" --with-rasa")[0].split()]
"""How ``scripts/test`` spreads the suite."""


BARE = {**os.environ, "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1", "PYTHONPATH": str(TESTS.parent)}
"""Surroundings of a run with no plugin that it does not name."""


@pytest.mark.parametrize(
    ("spread", "args", "code", "words"),
    [
        ([], [], 0, "2 skipped"),
        ([], ["--no-skips"], 1, "1 failed"),
        (SPREAD, ["--no-skips"], 1, "1 failed"),
    ],
)
def test_a_needed_test_that_skips_fails_only_there(
    tmp_path: Path, spread: list[str], args: list[str], code: int, words: str
) -> None:
    shutil.copy(TESTS / "conftest.py", tmp_path)
    (tmp_path / "test_sample.py").write_text(SAMPLE.replace("rasa", "server"))
    (tmp_path / "pytest.ini").write_text(MARKERS)
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", *spread, *args, str(tmp_path)]
    done = subprocess.run(command, cwd=tmp_path, env=BARE, capture_output=True, text=True)
    assert done.returncode == code, done.stdout
    assert words in done.stdout
    assert "xfailed" in done.stdout.splitlines()[-1]


CI = (TESTS.parent / ".ci" / "run").read_text("utf-8")
RUNS = [line.partition(" ||")[0].split() for line in CI.split("scripts/test ")[1:]]
"""How ``.ci/run`` runs the suite, and once more what failed."""
OPTIONS = tomllib.loads((TESTS.parent / "pyproject.toml").read_text("utf-8"))["tool"]["pytest"]["ini_options"]
FLAKY = """
import pathlib, pytest

@pytest.mark.server
def test_slow_once():
    seen = pathlib.Path(__file__).parent / "seen"
    known = seen.exists()
    seen.touch()
    assert known or MEND

@pytest.mark.server
def test_well(): pass
"""


@pytest.mark.parametrize(
    ("sample", "code", "words"),
    [
        (FLAKY.replace("MEND", "0"), 0, "NOT STABLE, run once more: test_sample.py::test_slow_once"),
        (FLAKY.replace("known or MEND", "0"), 1, "1 failed"),
        (FLAKY.replace("@pytest.mark.server", ""), 4, "no second run: ['test_sample.py::test_slow_once']"),
        (
            FLAKY + "".join(f"\n@pytest.mark.server\ndef test_{n}(): assert 0\n" for n in range(3)),
            4,
            "4 failed",
        ),
        (FLAKY.replace("known or MEND", "1"), 5, "2 deselected"),
    ],
)
def test_only_a_few_tests_of_processes_are_run_again(
    tmp_path: Path, sample: str, code: int, words: str
) -> None:
    shutil.copy(TESTS / "conftest.py", tmp_path)
    (tmp_path / "test_sample.py").write_text(sample.replace("MEND", "0"))
    (tmp_path / "pytest.ini").write_text(f"{MARKERS}\naddopts = {OPTIONS['addopts']}\n")
    for args in RUNS:
        command = [sys.executable, "-m", "pytest", "-p", "xdist", *args, str(tmp_path)]
        done = subprocess.run(command, cwd=tmp_path, env=BARE, capture_output=True, text=True)
    said = done.stdout + done.stderr
    assert done.returncode == code, said
    assert words in said


PIDS = """
import os, pathlib, time, pytest

@pytest.mark.parametrize("n", range(6))
def test_where(n):
    time.sleep(0.05)
    with (pathlib.Path(__file__).parent / "pids").open("a") as file:
        file.write(f"{pathlib.Path(__file__).stem} {os.getpid()}\\n")
"""


def test_the_tests_of_a_file_stay_in_one_process_and_those_of_some_folders(tmp_path: Path) -> None:
    """What is made for a file or such a folder is made once: a service, a thousand questions answered."""
    shutil.copy(TESTS / "conftest.py", tmp_path)
    (tmp_path / "pytest.ini").write_text(MARKERS)
    (tmp_path / "tests" / "nlu").mkdir(parents=True)
    for name in ("test_one", "test_two", "tests/nlu/test_three", "tests/nlu/test_four"):
        (tmp_path / f"{name}.py").write_text(PIDS)
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", *SPREAD, str(tmp_path)]
    done = subprocess.run(command, cwd=tmp_path, env=BARE, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout
    places = {
        tuple(line.split()) for file in tmp_path.rglob("pids") for line in file.read_text().splitlines()
    }
    process = dict(places)
    assert sorted(name for name, _ in places) == ["test_four", "test_one", "test_three", "test_two"]
    assert process["test_three"] == process["test_four"]
    assert process["test_one"] != process["test_two"]
