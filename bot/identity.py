"""Who this process is, and whether another process of this machine still lives.

Why this file exists: a killed process leaves messages behind. On the same machine its death is known
at once from its number and start time; elsewhere only its heartbeat tells.
"""

from __future__ import annotations

import hashlib
import os
import socket
from pathlib import Path

_PROC = Path("/proc")


def _read(path: Path) -> str:
    try:
        return path.read_text()
    except OSError:
        return ""


def _namespace() -> str:
    try:
        return os.readlink("/proc/self/ns/pid")
    except OSError:
        return ""


def host() -> str:
    """Eight hex digits that are the same for processes that see each other's process numbers."""
    boot = _read(_PROC / "sys/kernel/random/boot_id").strip()
    return hashlib.sha256(f"{socket.gethostname()} {boot} {_namespace()}".encode()).hexdigest()[:8]


def _start_of(pid: int) -> str:
    """Start time of a process in clock ticks since boot; "" when it is gone or a zombie."""
    fields = _read(_PROC / str(pid) / "stat").rpartition(")")[2].split()
    return fields[19] if len(fields) > 19 and fields[0] not in {"Z", "X"} else ""


def own_name(kind: str) -> str:
    """The name this process signs its work with: ``kind.host.pid.start``."""
    return f"{kind}.{host()}.{os.getpid()}.{_start_of(os.getpid())}"


def is_alive(owner: str) -> bool | None:
    """Whether a process of this machine lives; None when it belongs to another machine."""
    parts = owner.split(".")
    if not owner:
        return False
    if len(parts) != 4 or parts[1] != host():
        return None
    if not _PROC.is_dir():
        return _signalled(int(parts[2]))
    return _start_of(int(parts[2])) == parts[3]


def _signalled(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True
