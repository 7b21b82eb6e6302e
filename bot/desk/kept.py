"""The sense of a library's needs, made once for a set of examples in a process of its own and kept on disk.

Why this file exists: making it takes seconds of Python. In a thread beside the requests it held up every
message of that time (p95 127 instead of 9 ms), after each start. It must not know what a sense does.
"""

from __future__ import annotations

import fcntl
import hashlib
import json
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from importlib.metadata import version
from pathlib import Path

from bot.desk.sense import Sense
from bot.logging import get_logger
from bot.samples import read_examples
from bot.settings import ROOT
from content.find import Library

log = get_logger(__name__)
NAMED = 3
"""How many example sentences the name of a need counts for."""
FILE = "desk-sense.npz"
TEXT = ROOT / "nlu" / "text"
MAKING_S = 120.0
"""Longest time the other process may take."""
Lessons = tuple[list[str], list[tuple[str, str]]]
"""Needs and (text, need) of every sentence to learn from."""


def lessons(library: Library) -> Lessons:
    """The classifier's examples and the needs' own names."""
    named = [
        (text, need.id)
        for need in library.needs.values()
        for text in (need.name, need.say, *need.keywords)
        for _ in range(NAMED)
    ]
    return list(library.needs), [*read_examples(), *named]


def build_sense(library: Library) -> Sense:
    """Made here and now: seconds."""
    return Sense(*lessons(library))


def kept_sense(library: Library, folder: Path) -> Sense:
    """The kept one when it was made of the same lessons; else made by another process and kept.

    Args:
        folder: where it is kept; one that cannot be written costs the seconds, nothing else.
    """
    learnt = lessons(library)
    task = json.dumps(learnt)
    of = hashlib.blake2b((task + _program()).encode(), digest_size=16).hexdigest()
    path = folder / FILE
    with _alone(folder):
        found = Sense.load(path, of)
        if found is None and _made(path, of, task):
            found = Sense.load(path, of)
    return found or Sense(*learnt)


@contextmanager
def _alone(folder: Path) -> Iterator[None]:
    """Of processes that start together one makes it, the others find it; a missing folder locks nothing."""
    try:
        lock = os.open(folder, os.O_RDONLY)
    except OSError:
        yield
        return
    try:
        with suppress(OSError):
            fcntl.flock(lock, fcntl.LOCK_EX)
        yield
    finally:
        os.close(lock)


def _program() -> str:
    """The source of what makes it: a kept one is not used after a change.

    ``letters`` asks ``nlu.text`` what a word is, which reads jieba's dictionary; sounds are pypinyin's.
    """
    here = Path(__file__).parent
    made_by = [
        *(here / name for name in ("sense.py", "letters.py", "lexicon.py", "postings.py")),
        *sorted(TEXT.glob("*.py")),
    ]
    return "".join([*(path.read_text("utf-8") for path in made_by), *map(version, ("jieba", "pypinyin"))])


def _made(path: Path, of: str, task: str) -> bool:
    command = [sys.executable, "-m", "bot.desk.kept", str(path), of]
    try:
        done = subprocess.run(
            command, input=task.encode(), cwd=ROOT, capture_output=True, timeout=MAKING_S, check=False
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        log.warning("desk sense not kept", reason=type(error).__name__)
        return False
    if done.returncode:
        log.warning("desk sense not kept", reason=done.stderr.decode(errors="replace").splitlines()[-1:])
    return done.returncode == 0


def main(path: str, of: str) -> None:
    """Make a sense of the lessons on standard input and keep it; leaves the machine to the messages."""
    os.nice(10)
    needs, examples = json.load(sys.stdin)
    Sense(needs, examples).save(Path(path), of)


if __name__ == "__main__":
    main(*sys.argv[1:])
