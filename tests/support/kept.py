"""The desk's sense as this checkout keeps it, lent to the services that tests start.

``python -m tests.support.kept`` makes it before all tests run at once: then nobody waits for it.
"""

from __future__ import annotations

import shutil
from pathlib import Path

from bot.desk.kept import FILE, kept_sense
from content.load import load_library
from tests.conftest import ROOT


def lend_sense(state: Path) -> None:
    """Spare a service whose folder is there some seconds; of other examples it would be made anew."""
    kept = ROOT / "var" / FILE
    if kept.is_file() and state.is_dir():
        shutil.copy(kept, state)


if __name__ == "__main__":
    kept_sense(load_library(ROOT / "content"), ROOT / "var")
