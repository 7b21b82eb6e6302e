"""Training examples as the YAML files under ``nlu/topics`` hold them.

Why this file exists: training, experiments and checks read examples in one way, which needs no Rasa.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from content.yamltext import read

TOPICS_DIR = Path(__file__).resolve().parent.parent / "topics"


def examples(folder: Path = TOPICS_DIR) -> list[tuple[str, str]]:
    """(text as written, need) for every example line of every file, in file order."""
    return [line for path in sorted(folder.glob("*.yml")) for line in examples_in(path)]


def examples_in(path: Path) -> Iterator[tuple[str, str]]:
    """(text as written, need) for every example line of a file, in its order."""
    for block in read(path.read_text(encoding="utf-8"))["nlu"]:
        lines = (line.strip() for line in block["examples"].splitlines())
        yield from ((line[1:].strip(), block["intent"]) for line in lines if line.startswith("- "))
