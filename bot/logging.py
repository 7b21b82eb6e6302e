"""Logs an operator can read and a citizen need not fear: one format, and a last filter against leaks.

Why this file exists: no text of a citizen, openid, phone number or token may reach a log, not even
through a library's exception. Exceptions are written as class and place, never with their message.
"""

from __future__ import annotations

import hashlib
import hmac
import logging
import re
import sys
import traceback
from collections.abc import MutableMapping
from typing import Any

import structlog

_SECRET_KEYS = re.compile(r"text|content|openid|token|secret|password|phone|question|reply|aes_key", re.I)
_LEAKS = (
    (re.compile(r"(access_token|secret|token|signature)=[^&\s\"']+", re.I), r"\1=[…]"),
    (re.compile(r"\bo[A-Za-z0-9_-]{25,31}\b"), "[openid]"),
    (re.compile(r"\b(?=[A-Za-z0-9_-]*\d)(?=[A-Za-z0-9_-]*[A-Za-z])[A-Za-z0-9_-]{64,}\b"), "[…]"),
    (re.compile(r"(?<![\d.])\d{11,}(?!\d)"), "[number]"),
    (re.compile(r"\?\S*signature=\S*"), "?[…]"),
)
_QUIET = ("urllib3", "wechatpy", "asyncio", "httpx", "httpcore", "rasa_sdk", "alembic")


def redact(text: str) -> str:
    """The text without tokens, openids and long numbers.

    >>> redact("GET /cgi-bin/menu?access_token=abc failed for oAbCdEfGhIjKlMnOpQrStUvWxYz1")
    'GET /cgi-bin/menu?access_token=[…] failed for [openid]'
    """
    for pattern, instead in _LEAKS:
        text = pattern.sub(instead, text)
    return text


def sender_hash(key: bytes, openid: str) -> str:
    """Twelve hex digits that name a sender in logs and turn records without telling who it is."""
    return hmac.digest(key, openid.encode(), hashlib.sha256).hex()[:12]


def _no_leaks(_: Any, __: str, event: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    for key, value in list(event.items()):
        if key != "event" and _SECRET_KEYS.search(key):
            event[key] = "[…]"
        elif isinstance(value, str):
            event[key] = redact(value)
    return event


def _plain_exception(_: Any, __: str, event: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    """Class and innermost places of an exception; its message may quote a citizen."""
    info = event.pop("exc_info", None)
    if info is True:
        info = sys.exc_info()
    error = info if isinstance(info, BaseException) else info[1] if isinstance(info, tuple) else None
    if error is not None:
        frames = traceback.extract_tb(error.__traceback__)[-3:]
        event["error"] = type(error).__name__
        event["where"] = " < ".join(f"{f.filename.rsplit('/', 2)[-1]}:{f.lineno}" for f in reversed(frames))
    event.pop("exc_text", None)
    return event


_CHAIN: list[Any] = [
    structlog.contextvars.merge_contextvars,
    structlog.stdlib.add_log_level,
    structlog.stdlib.add_logger_name,
    structlog.processors.TimeStamper(fmt="iso"),
    _plain_exception,
    _no_leaks,
]


def configure(level: str = "INFO", *, json_lines: bool | None = None, stream: Any = None) -> None:
    """Send every log of this process, ours and libraries', through the redaction to ``stream`` (stderr).

    Args:
        level: DEBUG, INFO, WARNING or ERROR; libraries stay at WARNING.
        json_lines: JSON per line; None: JSON unless the stream is a terminal.
        stream: where to write.
    """
    out = stream or sys.stderr
    as_json = not out.isatty() if json_lines is None else json_lines
    render: Any = (
        structlog.processors.JSONRenderer(ensure_ascii=False)
        if as_json
        else structlog.dev.ConsoleRenderer(colors=False)
    )
    formatter = structlog.stdlib.ProcessorFormatter(
        foreign_pre_chain=_CHAIN,
        processors=[structlog.stdlib.ProcessorFormatter.remove_processors_meta, render],
    )
    handler = logging.StreamHandler(out)
    handler.setFormatter(formatter)
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(level)
    for name in _QUIET:
        logging.getLogger(name).setLevel(logging.WARNING)
    structlog.configure(
        processors=[*_CHAIN, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=False,
    )


def get_logger(name: str) -> structlog.stdlib.BoundLogger:
    """A logger for key-value lines: ``log.info("turn", outcome="answered", ms=12)``."""
    logger: structlog.stdlib.BoundLogger = structlog.stdlib.get_logger(name)
    return logger
