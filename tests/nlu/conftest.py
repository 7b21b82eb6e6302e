"""``rasa_side``: asks tests/nlu/rasa_side.py, one process for the whole session."""

from __future__ import annotations

import json
import os
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[2]
PYTHON = ROOT / ".venv-rasa" / "bin" / "python"


@pytest.fixture(scope="session")
def rasa_side() -> Iterator[Callable[..., Any]]:
    """``rasa_side("diet")`` -> what the function of that name returns there."""
    process = subprocess.Popen(
        [str(PYTHON), str(ROOT / "tests" / "nlu" / "rasa_side.py")],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )
    assert process.stdin
    assert process.stdout

    def ask(name: str, **options: Any) -> Any:
        process.stdin.write(json.dumps({"ask": name, "with": options}) + "\n")
        process.stdin.flush()
        return json.loads(process.stdout.readline())

    yield ask
    process.stdin.close()
    process.stdout.close()
    process.wait()
