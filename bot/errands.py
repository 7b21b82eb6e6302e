"""Work people ask for in the console that takes minutes: the worker starts it as a process of its own.

Why this file exists: the worker must stay small, so it knows only how to start a job, not how to do it.
"""

from __future__ import annotations

import subprocess
import sys

from bot.settings import ROOT
from store import jobs
from store.database import Connection

TRAINING = "training"
SILENT_S = 90.0
"""A training says every few seconds that it lives; after this long without, its process is taken for dead."""


def start_waiting(connection: Connection, now: float) -> int:
    """Start the training that waits, if one does; gives its job's id. It ends with the worker."""
    jobs.lost(connection, TRAINING, now - SILENT_S, now)
    job = jobs.take(connection, TRAINING, "worker", now)
    if job:
        subprocess.Popen([sys.executable, "-m", "bot.training", str(job)], cwd=ROOT)
    return job
