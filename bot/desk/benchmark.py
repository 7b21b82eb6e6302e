"""Times a keystroke over thousands of answers: ``scripts/bench --desk`` or ``python -m bot.desk.benchmark``.

Why this file exists: 50 ms per keystroke are measured, not asserted by tests. What the search finds is
measured by ``evaluate``.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterable, Iterator
from dataclasses import replace
from time import perf_counter, sleep

from bot.desk.documents import Document, documents
from bot.desk.engine import Engine
from bot.desk.kept import build_sense
from bot.desk.opinion import Opinion
from bot.desk.ways import initials, pinyin
from bot.settings import ROOT
from content.find import Library
from content.load import load_library

ANSWERS, KEYSTROKES = 5000, 3000
EVERY, BETWEEN_S = 10, 0.1
"""With Rasa every so many of the keystrokes are typed, with the pauses of quick hands: it rests after a late
answer, so typing without pauses would measure the ranking without it."""


def many(found: list[Document], count: int) -> Iterator[Document]:
    """``count`` answers: the shipped ones again and again under other needs and with other words."""
    answers = [d for d in found if d.kind == "answer"]
    for number in range(count):
        kept, turn = answers[number % len(answers)], number // len(answers)
        need = f"{kept.need}~{turn}" if turn else kept.need
        words = kept.body[turn % 40 :] + kept.body[: turn % 40]
        yield replace(kept, id=f"{kept.id}~{turn}", need=need, body=words)


def keystrokes(texts: Iterable[str]) -> Iterator[str]:
    """Every beginning of every text up to twelve letters, as words, as initials and as pinyin."""
    for text in texts:
        for end in range(1, min(len(text), 12) + 1):
            yield text[:end]
            yield initials([text[:end]])
            yield pinyin([text[:end]])


def timing(library: Library, answers: int = ANSWERS, opinion: Opinion | None = None) -> dict[str, float]:
    """Milliseconds per keystroke over so many answers, beside all clauses and contact points.

    Args:
        library: the shipped content.
        answers: how many.
        opinion: Rasa's is asked for and waited for as the desk does; None without.
    """
    found = list(documents(library))
    engine = Engine([*many(found, answers), *(d for d in found if d.kind != "answer")], build_sense(library))
    cities = ["", *library.cities]
    typed = list(keystrokes(n.say for n in library.needs.values()))[:KEYSTROKES]
    engine.search("热身")
    taken, came = [], 0
    for number, text in enumerate(typed[:: EVERY if opinion else 1]):
        sleep(BETWEEN_S if opinion else 0)
        started = perf_counter()
        shares = opinion.of(engine.meant(text), engine.needs) if opinion else None
        engine.search(text, cities[number % len(cities)], opinion=shares)
        taken.append((perf_counter() - started) * 1e3)
        came += shares is not None
    taken.sort()
    return {
        "documents": len(engine.documents),
        "keystrokes": len(taken),
        "p50_ms": round(taken[len(taken) // 2], 2),
        "p95_ms": round(taken[int(len(taken) * 0.95)], 2),
        "worst_ms": round(taken[-1], 2),
        "opinions": came,
    }


def main() -> None:
    """Print one JSON line."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--answers", type=int, default=ANSWERS)
    given = parser.parse_args()
    library = load_library(ROOT / "content")
    print(json.dumps(timing(library, given.answers)))


if __name__ == "__main__":
    main()
