"""How one setting is written down, and how hours and days in one are read."""

from __future__ import annotations

import re
from datetime import date, time
from ipaddress import IPv4Network, IPv6Network, ip_network
from typing import Any

from pydantic import Field, SecretStr

Span = tuple[time, time]
_SPAN = re.compile(r"(\d{1,2}:\d{2})-(\d{1,2}:\d{2})")


def setting(default: Any, text: str, form: str, example: str) -> Any:
    """A field of ``bot.settings.Settings``; the words are shown when its value is wrong."""
    return Field(default=default, description=text, json_schema_extra={"form": form, "example": example})


def plain(value: str | SecretStr) -> str:
    """The text of a setting that may be a secret: only where it is used, never where it is shown."""
    return value.get_secret_value() if isinstance(value, SecretStr) else value


def whole(default: int, low: int, high: int, text: str) -> Any:
    """A whole number from ``low`` to ``high``."""
    form = f"{low} 到 {high} 的整数"
    return Field(
        default=default, ge=low, le=high, description=text,
        json_schema_extra={"form": form, "example": str(default or high)},
    )  # fmt: skip


def spans_of(text: str) -> tuple[Span, ...]:
    """Staffed hours of a working day.

    Raises:
        ValueError: not of the form ``9:00-12:00,13:30-17:30``, or a span ends before it begins.

    >>> spans_of("9:00-12:00")
    ((datetime.time(9, 0), datetime.time(12, 0)),)
    """
    spans: list[Span] = []
    for part in text.replace("，", ",").split(","):
        found = _SPAN.fullmatch(part.strip())
        if not found:
            raise ValueError(part)
        start, end = (time.fromisoformat(f"{clock:0>5}") for clock in found.groups())
        if start >= end or (spans and start < spans[-1][1]):
            raise ValueError(part)
        spans.append((start, end))
    return tuple(spans)


def ranges_of(text: str) -> tuple[IPv4Network | IPv6Network, ...]:
    """Addresses and ranges such as ``127.0.0.1,10.0.0.0/8``.

    Raises:
        ValueError: one of them is neither.
    """
    return tuple(ip_network(part.strip()) for part in text.replace("，", ",").split(",") if part.strip())


def days_of(text: str) -> frozenset[date]:
    """Days such as ``2027-02-08,2027-02-09``.

    Raises:
        ValueError: one of them is no day.
    """
    parts = [part.strip() for part in text.replace("，", ",").split(",")]
    return frozenset(date.fromisoformat(part) for part in parts if part)
