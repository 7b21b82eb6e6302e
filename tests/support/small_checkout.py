"""A checkout whose training takes seconds: the same program with few sample and few held-out questions."""

from __future__ import annotations

import shutil
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
COPIED = ("actions", "bot", "content", "nlu", "requirements", "scripts", "store")
LINKED = (".venv", ".venv-rasa")
EXAMPLES = 8
"""Sample questions of a need."""
LATER = ("more", "asked", "plain", "near", "wide", "typed")
"""Voices that came after the first."""
EVERY = 9
"""Of the held-out questions, which one is kept."""


def small_checkout(place: Path) -> Path:
    """Make one in an empty folder; gives it back."""
    for name in COPIED:
        shutil.copytree(ROOT / name, place / name, ignore=shutil.ignore_patterns("__pycache__"))
    for file in ROOT.glob("*.yml"):
        shutil.copy(file, place)
    for name in LINKED:
        (place / name).symlink_to(ROOT / name)
    for path in (place / "nlu" / "topics").glob("*.yml"):
        if "_" in path.stem and path.stem.partition("_")[0] in LATER:
            path.unlink()
        else:
            path.write_text(_few(path.read_text("utf-8")), "utf-8")
    held_out = place / "tests" / "questions"
    held_out.mkdir(parents=True)
    for path in (ROOT / "tests" / "questions").glob("*.jsonl"):
        lines = path.read_text("utf-8").splitlines(keepends=True)
        (held_out / path.name).write_text("".join(lines[::EVERY]), "utf-8")
    return place


def _few(text: str) -> str:
    kept, seen = [], 0
    for line in text.splitlines(keepends=True):
        seen = 0 if line.startswith("- intent:") else seen + line.startswith("    - ")
        if not (line.startswith("    - ") and seen > EXAMPLES):
            kept.append(line)
    return "".join(kept)
