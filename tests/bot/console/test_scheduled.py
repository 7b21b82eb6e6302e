"""A scheduled publication outlives the process that was to make it, and is made once."""

from __future__ import annotations

import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from subprocess import PIPE

from bot.console import publishing
from bot.settings import ROOT
from store import audit, content_records, drafts
from tests.bot.console.test_editing import KEY, NEW, decide, submitted

BEFORE, DUE, AFTER = "2027-01-05T07:00:00+08:00", "2027-01-05T08:00", "2027-01-05T08:00:01+08:00"
DEADLINE_S = 240.0
"""A loaded machine starts a process in many seconds."""


@contextmanager
def process(services, clock: str, *how: str) -> Iterator[subprocess.Popen[str]]:
    """Another app process on the same database, at a moment; it is gone afterwards in any case."""
    command = [sys.executable, "-m", "tests.support.scheduled_publisher", str(services.settings.state)]
    with subprocess.Popen([*command, clock, *how], cwd=ROOT, text=True, stdin=PIPE, stdout=PIPE) as started:
        watchdog = threading.Timer(DEADLINE_S, started.terminate)
        watchdog.start()
        try:
            yield started
        finally:
            watchdog.cancel()
            started.kill()


def looked(started: subprocess.Popen[str], release: int = 0) -> None:
    """Wait until it has looked, and served a release or a later one."""
    assert started.stdout
    assert any(int(line.split()[1]) >= release for line in started.stdout), "the process died"


def stored(database) -> tuple:
    """Release, version of the record (0: shipped), and the draft's state and text."""
    with database.read() as connection:
        known = content_records.record(connection, "answers", KEY)
        edit = drafts.find(connection, 1)
        return content_records.release(connection), known.version if known else 0, edit.state, edit.yaml


def test_a_scheduled_publication_outlives_a_killed_process_and_happens_once(
    editor, reviewer, services, database, live
) -> None:
    place = submitted(editor)
    assert decide(reviewer, place, "approve", publish_at=DUE).status_code == 303
    waiting = stored(database)
    assert waiting[1:3] == (0, "scheduled")
    assert NEW in waiting[3]

    with process(services, BEFORE, AFTER) as dies:
        looked(dies)
        assert stored(database) == waiting
        dies.communicate("\n")
        assert dies.returncode == -signal.SIGKILL
    assert stored(database) == waiting
    live.look()
    assert live.library.answers[KEY].conclusion != NEW

    services.settings = services.settings.model_copy(update={"clock": datetime.fromisoformat(AFTER)})
    with process(services, AFTER) as restarted:
        looked(restarted, waiting[0] + 1)
        publishing.publish_due(services, database, live)
        looked(restarted, waiting[0] + 1)
    assert stored(database) == (waiting[0] + 1, 2, "published", waiting[3])
    live.look()
    assert live.library.answers[KEY].conclusion == NEW
    with database.read() as connection:
        told = audit.count(connection, audit.Filter(action="published"))
        versions = content_records.versions(connection, content_records.record(connection, "answers", KEY).id)
    assert told == 1
    assert [(v.version, v.approver) for v in versions] == [(2, "reviewer"), (1, content_records.SHIPPED)]
