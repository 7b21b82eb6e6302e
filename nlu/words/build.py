"""Writes ``nlu/words/terms.txt``: program names from content, for spelling repair and word cutting.

Run ``python -m nlu.words.build`` when programs with names of their own came in, and look at the
difference: generic phrases are no terms.
"""

from __future__ import annotations

import re

from nlu.text.names import programs
from nlu.text.words import WORDS_DIR

_HEAD = "# 由 python -m nlu.words.build 从 content/ 生成，请勿手改：平台、产品和机制的名称。\n"
_BRACKETS = re.compile(r"[（(].*?[）)]|[“”\"《》‘’]")


def terms() -> list[str]:
    """Program names without brackets, two to twelve characters, sorted."""
    names = {_BRACKETS.sub("", name).strip() for name in programs()}
    return sorted(name for name in names if 2 <= len(name) <= 12)


def main() -> None:
    """Write the list."""
    (WORDS_DIR / "terms.txt").write_text(_HEAD + "".join(f"{t}\n" for t in terms()), encoding="utf-8")


if __name__ == "__main__":
    main()
