"""Signing in through the organisation's own identity provider: OIDC or 企业微信, off by default.

Why this file exists: the sign-in page asks here which ways are set up. It must not hold secrets.
"""

from __future__ import annotations

from bot.services import Services


def offered(services: Services) -> list[tuple[str, str]]:
    """Path and name of each way that is set up."""
    del services
    return []
