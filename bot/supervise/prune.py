"""Old models go, so that months of changed examples do not fill the disk.

Why this file exists: every change of the training data leaves a model of some 20 MB behind. Only models
named after a fingerprint are touched: what the console trained or took out of use lies in ``kept/``, with
its row in the database, and stays a person's choice.
"""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

KEPT = 3
"""Models kept besides those in use: the one just trained and two to go back to."""
_NAME = re.compile(r"[0-9a-f]{16}\.tar\.gz")


def prune(folder: Path, fitting: Path) -> list[Path]:
    """Delete all but the newest models of a folder; gives what went.

    The fitting one, the one a running service serves (``run.json`` beside the folder) and the one
    ``serving.json`` names stay, however old they are.
    """
    used = {fitting.name, *_named(folder)}
    found = [path for path in folder.glob("*.tar.gz") if _NAME.fullmatch(path.name)]
    found.sort(key=lambda path: path.stat().st_mtime_ns, reverse=True)
    gone = [path for path in found[KEPT:] if path.name not in used]
    for path in gone:
        path.unlink(missing_ok=True)
    return gone


def _named(folder: Path) -> set[str]:
    running, promoted = _json(folder.parent / "run.json"), _json(folder / "serving.json")
    return {f"{running.get('model')}.tar.gz", str(promoted.get("model"))}


def _json(path: Path) -> dict[str, Any]:
    try:
        found: dict[str, Any] = json.loads(path.read_text("utf-8"))
    except (OSError, ValueError):
        return {}
    return found
