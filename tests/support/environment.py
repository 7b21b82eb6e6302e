"""Surroundings for the processes that tests start: what a developer has set for the product is left out."""

from __future__ import annotations

import os


def clean_environment(**own: str) -> dict[str, str]:
    """This process's environment without ``NEWCITIZEN_*``, with ``own``."""
    kept = {k: v for k, v in os.environ.items() if not k.startswith("NEWCITIZEN_")}
    return {**kept, **own}
