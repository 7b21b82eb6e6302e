"""Passwords: argon2 hashes, never kept or shown; few at a time so that guessing cannot eat the memory.

Why this file exists: it fences the argon2 library and decides what a good enough password is.
"""

from __future__ import annotations

import threading
from functools import lru_cache

from argon2 import PasswordHasher
from argon2.exceptions import Argon2Error, InvalidHashError

MIN_CHARS = 10
MAX_CHARS = 200
_AT_ONCE = threading.BoundedSemaphore(2)
"""Each check takes 64 MiB (the library's default, RFC 9106 low-memory profile)."""


def _hasher() -> PasswordHasher:
    return PasswordHasher()


def hashed(password: str) -> str:
    """The hash to keep."""
    with _AT_ONCE:
        return _hasher().hash(password)


def fits(kept: str, password: str) -> bool:
    """Whether a password belongs to a hash; takes as long where there is no hash."""
    with _AT_ONCE:
        try:
            return _hasher().verify(kept or _nobodys(), password[:MAX_CHARS]) and bool(kept)
        except (Argon2Error, InvalidHashError):
            return False


@lru_cache(maxsize=1)
def _nobodys() -> str:
    """What an unknown login is checked against, so that it cannot be told from a wrong password."""
    return _hasher().hash("nobody has this password")


def faults(password: str, login: str) -> list[str]:
    """What is wrong with a new password, in Chinese; empty when it may be used."""
    found = []
    if len(password) < MIN_CHARS:
        found.append(f"密码至少 {MIN_CHARS} 个字符。")
    if len(password) > MAX_CHARS:
        found.append(f"密码最多 {MAX_CHARS} 个字符。")
    if login and login.lower() in password.lower():
        found.append("密码里不能有登录名。")
    if password and len(set(password)) < 5:
        found.append("密码里至少要有五种不同的字符。")
    return found
