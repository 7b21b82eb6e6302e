"""WeChat's SHA-1 signatures and the query string they come in.

Why this file exists: the first check of every request, before its body is read. SHA-1 and the sorted
concatenation are WeChat's rules (PROTOCOL 1.2, 1.3), not ours.
"""

from __future__ import annotations

import hashlib
import hmac
from urllib.parse import unquote_to_bytes

_KNOWN = frozenset({"signature", "timestamp", "nonce", "echostr", "encrypt_type", "msg_signature"})


def sign(*parts: str) -> str:
    """SHA-1 of the sorted parts, as hex.

    >>> sign("AAAAA", "1714036504", "1514711492")
    'f464b24fc39322e44b38aa78f5edd27bd1441696'
    """
    return hashlib.sha1("".join(sorted(parts)).encode("utf-8", "replace")).hexdigest()  # noqa: S324


def matches(expected: str, given: str) -> bool:
    """Comparison in constant time."""
    return hmac.compare_digest(expected.encode(), given.encode("utf-8", "replace"))


def parse_query(raw: bytes) -> dict[str, str] | None:
    """The parameters we know, each at most once; None when one is repeated (an ambiguity is an attack)."""
    found: dict[str, str] = {}
    for pair in raw.split(b"&"):
        name, _, value = pair.partition(b"=")
        key = name.decode("latin-1")
        if key not in _KNOWN:
            continue
        if key in found:
            return None
        found[key] = unquote_to_bytes(value.replace(b"+", b" ")).decode("utf-8", "replace")
    return found


def is_signed(query: dict[str, str], token: str, now_s: float, window_s: int) -> bool:
    """Whether our token signed the query within the window. It may come again: retries are identical."""
    stamp, nonce = query.get("timestamp", ""), query.get("nonce", "")
    if not (token and nonce and stamp.isascii() and stamp.isdigit() and len(stamp) < 12):
        return False
    fresh = abs(now_s - int(stamp)) <= window_s
    return matches(sign(token, stamp, nonce), query.get("signature", "")) and fresh
