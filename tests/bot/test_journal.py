"""The flight recorder and the names of processes: readable after death, wrong about nobody."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from bot.identity import host, is_alive, own_name
from bot.journal import TRIM_BYTES, Journal, journals, read
from tests.conftest import ROOT


def test_what_was_noted_is_read_back(tmp_path: Path) -> None:
    journal = Journal(tmp_path, "app.h.1.1")
    journal.given(5)
    journal.sent(6)
    journal.sent(7)
    journal.unsent(7)
    noted = read(journal.path)
    assert (noted.given, noted.sent) == ({5}, {6})
    assert list(journals(tmp_path)) == [("app.h.1.1", journal.path)]
    journal.close()
    assert list(journals(tmp_path)) == []


def test_a_half_written_line_is_ignored(tmp_path: Path) -> None:
    path = tmp_path / "x.journal"
    path.write_bytes(b"g12\ng3")
    assert read(path).given == {12}
    assert read(tmp_path / "absent").given == set()


def test_a_grown_journal_is_emptied_and_a_small_one_kept(tmp_path: Path) -> None:
    journal = Journal(tmp_path, "a")
    journal.given(1)
    journal.trim()
    assert read(journal.path).given == {1}
    journal.path.write_bytes(b"g1\n" * (TRIM_BYTES // 3 + 1))
    journal.trim()
    assert read(journal.path).given == set()
    journal.close()


NOTE = """
import os, signal, sys
from pathlib import Path
from bot.identity import own_name
from bot.journal import Journal
name = own_name("app")
Journal(Path(sys.argv[1]), name).given(42)
print(name, flush=True)
os.kill(os.getpid(), signal.SIGKILL)
"""


def test_a_note_survives_kill_9_and_its_writer_is_known_to_be_dead(tmp_path: Path) -> None:
    command = [sys.executable, "-c", NOTE, str(tmp_path)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)
    name = done.stdout.strip()
    assert is_alive(name) is False
    ((owner, path),) = journals(tmp_path)
    assert (owner, read(path).given) == (name, {42})


def test_we_are_alive_and_others_cannot_be_judged() -> None:
    own = own_name("app")
    assert is_alive(own) is True
    assert is_alive("") is False
    assert is_alive("app.0000dead.1.1") is None
    assert is_alive(f"app.{host()}.{own.split('.')[2]}.1") is False
