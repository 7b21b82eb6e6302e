"""A process's flight recorder: what it handed to the network, readable after kill -9.

Why this file exists: between writing an answer to a socket and storing that it was given, a process can
be killed. One ``write`` to a file survives that (the page cache belongs to the kernel) and costs a few
microseconds, so the gap in which an answer could be given twice shrinks to almost nothing.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

SUFFIX = ".journal"
TRIM_BYTES = 1_000_000


@dataclass(slots=True)
class Noted:
    """What a journal says: inbox ids given as passive replies, outbox ids handed to the API."""

    given: set[int] = field(default_factory=set)
    sent: set[int] = field(default_factory=set)


class Journal:
    """The recorder of one process, in a folder all processes of the machine share."""

    def __init__(self, folder: Path, owner: str) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self.path = folder / f"{owner}{SUFFIX}"
        self._file = os.open(self.path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)

    def given(self, inbox_id: int) -> None:
        """This message's answer was written to WeChat's connection."""
        os.write(self._file, b"g%d\n" % inbox_id)

    def sent(self, outbox_id: int) -> None:
        """This text was written to the API's connection."""
        os.write(self._file, b"s%d\n" % outbox_id)

    def unsent(self, outbox_id: int) -> None:
        """The API answered that it did not take this text: the note above does not count."""
        os.write(self._file, b"u%d\n" % outbox_id)

    def trim(self) -> None:
        """Everything noted so far is stored in the database: forget it when the file has grown."""
        if os.fstat(self._file).st_size > TRIM_BYTES:
            os.ftruncate(self._file, 0)

    def close(self) -> None:
        """The process ends in order; nothing is left to tell."""
        os.close(self._file)
        self.path.unlink(missing_ok=True)


def read(path: Path) -> Noted:
    """What a journal says; a half-written last line is ignored."""
    noted = Noted()
    try:
        lines = path.read_bytes().split(b"\n")[:-1]
    except OSError:
        return noted
    for line in lines:
        if not line[1:].isdigit():
            continue
        number = int(line[1:])
        if line[:1] == b"g":
            noted.given.add(number)
        elif line[:1] == b"s":
            noted.sent.add(number)
        else:
            noted.sent.discard(number)
    return noted


def journals(folder: Path) -> Iterator[tuple[str, Path]]:
    """Owner and file of every journal in the folder."""
    for path in sorted(folder.glob(f"*{SUFFIX}")):
        yield path.name.removesuffix(SUFFIX), path
