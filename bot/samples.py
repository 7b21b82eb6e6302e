"""The classifier's example sentences, read from its training data.

Why this file exists: the desk guesses from them, the console lists them and the gate quotes them. It must
not import Rasa.
"""

from __future__ import annotations

from pathlib import Path

from bot.settings import ROOT

EXAMPLES = ROOT / "nlu" / "topics"


def read_examples(folder: Path = EXAMPLES) -> list[tuple[str, str]]:
    """(text, need) of every example line; read by lines because YAML takes a second."""
    found, need = [], ""
    for path in sorted(folder.glob("*.yml")):
        for line in path.read_text("utf-8").splitlines():
            if line.startswith("- intent:"):
                need = line.partition(":")[2].strip()
            elif line.startswith("    - "):
                found.append((line[6:].strip(), need))
    return found
