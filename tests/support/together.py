"""Which test files one process runs, when several share the work.

Why this file exists: a file is the least; in some folders all files use one thing that takes many seconds of
CPU to start: an office, a whole service, Rasa's side of the tests.
"""

from __future__ import annotations

from xdist.scheduler import LoadFileScheduling

FOLDERS = ("tests/journeys/office/", "tests/journeys/service/", "tests/nlu/")


def group_of(nodeid: str) -> str:
    """The folder or file whose tests one process runs."""
    return next((folder for folder in FOLDERS if nodeid.startswith(folder)), nodeid.partition("::")[0])


class Together(LoadFileScheduling):
    """xdist's ``--dist loadfile`` with these folders as one file each."""

    def _split_scope(self, nodeid: str) -> str:
        return group_of(nodeid)
