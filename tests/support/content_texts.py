"""Content texts with one thing in them wrong."""

from __future__ import annotations


def changed(texts: dict[str, str], path: str, old: str, new: str) -> None:
    """Change the first ``old`` in a text; it has to be there."""
    broken = texts[path].replace(old, new, 1)
    assert broken != texts[path]
    texts[path] = broken
