"""Training examples as the YAML files under ``nlu/topics`` hold them.

Why this file exists: experiments and checks read examples without starting Rasa. The same files
are read by Rasa's own importer for training.
"""

from __future__ import annotations

from pathlib import Path

from content.yamltext import read

TOPICS_DIR = Path(__file__).resolve().parent.parent / "topics"


def examples(folder: Path = TOPICS_DIR) -> list[tuple[str, str]]:
    """(text as written, need) for every example line of every file, in file order."""
    found = []
    for path in sorted(folder.glob("*.yml")):
        for block in read(path.read_text(encoding="utf-8"))["nlu"]:
            lines = (line.strip() for line in block["examples"].splitlines())
            found += [(line[1:].strip(), block["intent"]) for line in lines if line.startswith("- ")]
    return found
