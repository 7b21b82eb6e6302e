"""Times a keystroke over thousands of answers, and measures what typing like an operator finds.

Why this file exists: 50 ms per keystroke and "the right answer in the first three" are measured with
``python -m bot.desk.benchmark [--answers 5000] [--questions FILE.jsonl …]``, not asserted by tests.
"""

from __future__ import annotations

import argparse
import json
import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from time import perf_counter
from typing import Any

from bot.desk.documents import Document, documents
from bot.desk.engine import Engine
from bot.desk.engines import build_sense
from bot.desk.letters import runs, syllable
from bot.desk.sense import Sense
from bot.settings import ROOT
from content.find import Library
from content.load import load_library

OPENING = re.compile(r"^(?:请问|我想问下?|问一?下|您好|你好|那个|听说|我想|我要|麻烦)+[，, ]*")
EMPTY = re.compile(
    r"请问|是不是|是什么|有没有|能不能|可不可以|怎么样|怎么办|怎么|什么|哪些|哪个|哪里|哪儿|多少|可以|为什么|我们|我的|你们|一下|"
    r"听说|现在|自己|还是|这个|那个|[吗呢吧啊的了我您你他她就也都还在要想说给让把被跟和去来有没不]"
)
FIRST, WORDS = (4, 6, 8), 8
TOP = 3


def many(found: list[Document], count: int) -> Iterator[Document]:
    """``count`` answers: the shipped ones again and again under other needs and with other words."""
    answers = [d for d in found if d.kind == "answer"]
    for number in range(count):
        kept, turn = answers[number % len(answers)], number // len(answers)
        need = f"{kept.need}~{turn}" if turn else kept.need
        words = kept.body[turn % 40 :] + kept.body[: turn % 40]
        yield replace(kept, id=f"{kept.id}~{turn}", need=need, body=words)


def keystrokes(texts: list[str]) -> Iterator[str]:
    """Every beginning of every text, as words and as initials."""
    for text in texts:
        for end in range(1, min(len(text), 10) + 1):
            yield text[:end]
            yield initials(text[:end])


def initials(text: str) -> str:
    """What a hurried operator types for words."""
    return " ".join("".join(syllable(c)[0] for c in run) for run in runs(text))


def keywords(text: str) -> str:
    """The words that matter: what is left of a question without its empty words, at most eight letters."""
    kept = [run for run in runs(EMPTY.sub(" ", text)) if len(run) > 1]
    return " ".join(kept)[:WORDS].strip()


def timing(library: Library, sense: Sense, answers: int, cities: list[str]) -> dict[str, float]:
    """Milliseconds per keystroke, middle and 95th percentile."""
    found = list(documents(library))
    engine = Engine([*many(found, answers), *(d for d in found if d.kind != "answer")], sense)
    typed = list(keystrokes([n.say for n in library.needs.values()]))[:2000]
    engine.search("热身")
    taken = []
    for number, text in enumerate(typed):
        started = perf_counter()
        engine.search(text, cities[number % len(cities)])
        taken.append((perf_counter() - started) * 1e3)
    taken.sort()
    return {
        "documents": len(engine.documents),
        "keystrokes": len(taken),
        "p50_ms": round(taken[len(taken) // 2], 2),
        "p95_ms": round(taken[int(len(taken) * 0.95)], 2),
    }


def accuracy(library: Library, engine: Engine, rows: list[dict[str, Any]]) -> dict[str, float]:
    """Share of questions whose need is among the first three, by way of typing."""
    ways: dict[str, Callable[[str], str]] = {
        **{f"first {n}": (lambda t, n=n: OPENING.sub("", t)[:n]) for n in FIRST},  # type: ignore[misc]
        "keywords": keywords,
        "initials of keywords": lambda t: initials(keywords(t)),
        "whole": str,
    }
    known = {d.need for d in engine.documents if d.kind == "answer"}
    asked = [r for r in rows if f"{r['topic']}.{r['need']}" in known and _is_question(r)]
    names = {c.name: c.id for c in library.cities.values()}
    return {
        "questions": len(asked),
        **{
            way: round(sum(_found(engine, r, typed, names) for r in asked) / max(len(asked), 1), 3)
            for way, typed in ways.items()
        },
    }


def _is_question(row: dict[str, Any]) -> bool:
    """Not small talk, not a pasted message, not half of a dialogue."""
    return row["topic"] not in ("out_of_scope", "chitchat") and not row.get("context") and "kind" not in row


def _found(engine: Engine, row: dict[str, Any], typed: Callable[[str], str], names: dict[str, str]) -> bool:
    right = {f"{row['topic']}.{need}" for need in (row["need"], *row.get("alt_needs", []))}
    city = row.get("city") or ""
    hits = engine.search(typed(row["text"]), names.get(city, city if city in names.values() else ""))
    return any(hit.document.need in right for hit in hits[:TOP])


def main() -> None:
    """Print one JSON line per measurement."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--answers", type=int, default=5000)
    parser.add_argument("--questions", type=Path, nargs="*", default=[])
    given = parser.parse_args()
    library = load_library(ROOT / "content")
    sense = build_sense(library)
    print(json.dumps(timing(library, sense, given.answers, ["", *library.cities]), ensure_ascii=False))
    engine = Engine(documents(library), sense)
    for path in given.questions:
        rows = [json.loads(line) for line in path.read_text("utf-8").splitlines() if line.strip()]
        print(json.dumps({"file": path.name, **accuracy(library, engine, rows)}, ensure_ascii=False))


if __name__ == "__main__":
    main()
