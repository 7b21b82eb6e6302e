"""--no-skips: in continuous integration a test that needs something may not quietly pass by skipping."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

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


SPREAD = ["-p", "xdist", "-n", "2", "--dist", "loadgroup"]


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
    bare = {**os.environ, "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1"}
    done = subprocess.run(command, cwd=tmp_path, env=bare, capture_output=True, text=True)
    assert done.returncode == code, done.stdout
    assert words in done.stdout
    assert "xfailed" in done.stdout.splitlines()[-1]
