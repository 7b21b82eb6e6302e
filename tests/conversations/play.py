"""Every script of a file through the WeChat door: ``python -m tests.conversations.play FILE [MODEL]``.

Why this file exists: one start of Rasa plays all scripts, for the test and for reading replies.
"""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from bot.bootstrap import build_library
from bot.cli.pipeline import real_assistant
from bot.cli.words import settings_or_fail
from content import yamltext
from content.find import Library
from tests.conversations.door import open_door
from tests.conversations.judge import failures
from tests.conversations.runner import Played, play

HERE = Path(__file__).resolve().parent


def read(path: Path) -> Any:
    """A YAML file as plain data."""
    return yamltext.read(path.read_text("utf-8"))


def played(
    files: Sequence[Path], model: Path | None = None
) -> tuple[Library, dict[str, tuple[Any, list[Played]]]]:
    """Script id to the script and its turns as they came out, with the library they came from."""
    return asyncio.run(_played(files, model))


async def _played(
    files: Sequence[Path], model: Path | None
) -> tuple[Library, dict[str, tuple[Any, list[Played]]]]:
    settings = settings_or_fail()
    library = build_library(settings)
    found = {}
    with TemporaryDirectory() as folder:
        async with (
            real_assistant(settings, library, model) as assistant,
            open_door(assistant, library, Path(folder)) as door,
        ):
            for data in map(read, files):
                for script in data["scripts"]:
                    turns = await play(script, door, library(), data["default_clock"])
                    found[script["id"]] = (script, turns)
    return library(), found


def main(path: str, model: str = "") -> None:
    """Print replies and faults; the exit code tells nothing."""
    library, found = played([Path(path)], Path(model) if model else None)
    says = read(HERE / "says.yml")
    for name, (script, turns) in found.items():
        faults = failures(script, turns, says, library)
        print(f"{'FAIL' if faults else 'ok  '} {name} {script.get('title', '')}")
        for fault in faults:
            print(f"     {fault}")
        for number, each in enumerate(turns, 1):
            print(f"  {number} > {each.turn.get('text', each.turn)}\n    [{each.outcome.kind}] {each.text}")


if __name__ == "__main__":
    main(*sys.argv[1:])
