"""A fault in the content, as staff read it.

Why this file exists: loader, checks and imports report in one form.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing wrong in the content: where, what, and how to mend it, in Chinese for staff."""

    file: str
    line: int
    message: str

    def __str__(self) -> str:
        """``file:line: message`` as editors understand it."""
        return f"{self.file}:{self.line}: {self.message}"
