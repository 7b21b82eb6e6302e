"""What a trained model depends on, as one short text: same fingerprint, no training needed.

``python -m nlu.fingerprint`` prints it (either environment, no Rasa import). Content that is read
at start (cities, contacts) is not part of it; needs and examples are.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
_CODE = ("nlu/text/*.py", "nlu/model/*.py", "nlu/words/*.txt", "nlu/words/*.npz")
_EXAMPLES = ("nlu/topics/*.yml", "nlu/dialogue/*.yml", "content/topics.yml")
_SETTINGS = ("nlu/components/*.py", "config.yml", "domain.yml", "requirements/rasa.lock")


def _hash(patterns: Iterable[str], root: Path) -> str:
    digest = hashlib.sha256()
    for path in sorted(p for pattern in patterns for p in root.glob(pattern)):
        digest.update(f"{path.relative_to(root)}\0".encode() + path.read_bytes() + b"\0")
    return digest.hexdigest()[:16]


def code_fingerprint(root: Path = ROOT) -> str:
    """Of the text and model code and the word lists: 16 hex digits."""
    return _hash(_CODE, root)


def fingerprint(root: Path = ROOT) -> str:
    """Of everything a model is made from: 16 hex digits."""
    return _hash((*_CODE, *_EXAMPLES, *_SETTINGS), root)


if __name__ == "__main__":
    print(fingerprint())
