"""``rasa_side``: asks tests/nlu/rasa_side.py, one process for the whole session."""

from __future__ import annotations

import json
import os
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.support.environment import clean_environment

ROOT = Path(__file__).resolve().parents[2]
PYTHON = ROOT / ".venv-rasa" / "bin" / "python"


def run(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """A module of ours in Rasa's environment."""
    command, env = [str(PYTHON), "-m", *arguments], clean_environment(**environment)
    return subprocess.run(command, cwd=ROOT, env=env, capture_output=True, text=True)


@pytest.fixture(scope="session")
def model(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The model that fits the present data, trained here where there is none."""
    mark = run("nlu.fingerprint").stdout.strip()
    kept = ROOT / "var" / "models" / f"{mark}.tar.gz"
    if kept.is_file():
        return kept
    out = tmp_path_factory.mktemp("model") / "model.tar.gz"
    trained = run("nlu.train", "--out", str(out))
    assert trained.returncode == 0, trained.stderr
    return out


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
