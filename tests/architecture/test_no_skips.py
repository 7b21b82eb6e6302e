"""--no-skips: in continuous integration a test that needs something may not quietly pass by skipping."""

from __future__ import annotations

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


SPREAD = ["-n", "2", "--dist", "loadgroup"]


@pytest.mark.parametrize("spread", [[], SPREAD], ids=["one process", "several"])
@pytest.mark.parametrize(("args", "code", "words"), [([], 0, "2 skipped"), (["--no-skips"], 1, "1 failed")])
def test_a_needed_test_that_skips_fails_only_there(
    tmp_path: Path, args: list[str], code: int, words: str, spread: list[str]
) -> None:
    shutil.copy(TESTS / "conftest.py", tmp_path)
    (tmp_path / "test_sample.py").write_text(SAMPLE.replace("rasa", "server"))
    (tmp_path / "pytest.ini").write_text(MARKERS)
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", *spread, *args, str(tmp_path)]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True)
    assert done.returncode == code, done.stdout
    assert words in done.stdout
    assert "xfailed" in done.stdout.splitlines()[-1]
