"""What a set of records is worth beside its labels.

Why this file exists: the same figures for ``eval``, the training gate and the comparison with the last
accepted run. It must not read files or print. Shares are in 0..1; None where nothing was labelled.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from actions.outcome import OutcomeKind

Row = dict[str, Any]
Pair = tuple[Row, Row]
"""A labelled question and its record."""

ANSWERING = frozenset(
    {
        OutcomeKind.ANSWERED,
        OutcomeKind.ANSWERED_NATIONALLY,
        OutcomeKind.EXPIRED,
        OutcomeKind.PAST_REVIEW,
        OutcomeKind.SUPERSEDED,
        OutcomeKind.VERDICT,
        OutcomeKind.URGENT_FRAUD,
    }
)
"""Outcomes that tell the citizen something as the answer: wrong here is confidently wrong."""
DECLINING = frozenset(
    {
        OutcomeKind.OUT_OF_SCOPE,
        OutcomeKind.NOT_UNDERSTOOD,
        OutcomeKind.NOT_IN_SOURCES,
        OutcomeKind.CITY_NOT_COVERED,
    }
)
URGENT = frozenset({"scam_victim_urgent", "scam_in_progress"})
VERDICTS = frozenset({"likely_scam", "suspicious", "no_sign_found"})


@dataclass(frozen=True, slots=True)
class Figures:
    """The figures of one run; ``count`` is the number of labelled questions."""

    count: int
    topic: float | None
    need: float | None
    need_offered: float | None
    confidently_wrong: float | None
    out_of_scope_declined: float | None
    fraud_recall: float | None
    urgent_recall: float | None
    verdict: float | None

    def to_json(self) -> dict[str, float | None]:
        """Plain numbers, rounded to four places."""
        return {k: round(v, 4) if isinstance(v, float) else v for k, v in asdict(self).items()}


def topic_right(pair: Pair) -> bool:
    """The recognised topic is the label or one of its alternatives."""
    row, out = pair
    return out["topic"] in {row["topic"], *row.get("alt_topics", ())}


def need_right(pair: Pair) -> bool:
    """The recognised need is the label or one of its alternatives."""
    row, out = pair
    return out["need"] in {row["need"], *row.get("alt_needs", ())}


def need_offered(pair: Pair) -> bool:
    """The right need was answered or stands among the suggestions."""
    row, out = pair
    offered = {s.partition(".")[2] for s in out["suggestions"]}
    return need_right(pair) or bool(offered & {row["need"], *row.get("alt_needs", ())})


def confidently_wrong(pair: Pair) -> bool:
    """An answer was given as such, about another topic."""
    return pair[1]["outcome"] in ANSWERING and not topic_right(pair)


def verdict_right(pair: Pair) -> bool:
    """The verdict on a pasted message is the label or one that is all right too."""
    row, out = pair
    return out["verdict"] in {row["verdict"], *row.get("verdict_ok", ())}


def share(pairs: Iterable[Pair], holds: Callable[[Pair], bool]) -> float | None:
    """Share of pairs for which something holds; None of no pairs."""
    results = [holds(pair) for pair in pairs]
    return sum(results) / len(results) if results else None


def labelled(rows: Sequence[Row], records: Sequence[Row]) -> list[Pair]:
    """The pairs whose question carries a topic label."""
    return [(row, out) for row, out in zip(rows, records, strict=True) if row.get("topic")]


def measure(pairs: Sequence[Pair]) -> Figures:
    """All figures of a run."""
    with_need = [p for p in pairs if p[0].get("need")]
    fraud = [p for p in pairs if p[0]["topic"] == "fraud"]
    return Figures(
        count=len(pairs),
        topic=share(pairs, topic_right),
        need=share(with_need, need_right),
        need_offered=share(with_need, need_offered),
        confidently_wrong=share(pairs, confidently_wrong),
        out_of_scope_declined=share(
            [p for p in pairs if p[0]["topic"] == "out_of_scope"], lambda p: p[1]["outcome"] in DECLINING
        ),
        fraud_recall=share(fraud, lambda p: p[1]["topic"] == "fraud"),
        urgent_recall=share(
            [p for p in fraud if p[0].get("need") in URGENT],
            lambda p: p[1]["outcome"] == OutcomeKind.URGENT_FRAUD,
        ),
        verdict=share([p for p in pairs if p[0].get("verdict") in VERDICTS], verdict_right),
    )


def grouped(pairs: Sequence[Pair], key: Callable[[Row], str]) -> dict[str, Figures]:
    """Figures by a property of the question, biggest group first."""
    groups: dict[str, list[Pair]] = defaultdict(list)
    for pair in pairs:
        groups[key(pair[0])].append(pair)
    return {name: measure(groups[name]) for name in sorted(groups, key=lambda n: -len(groups[n]))}


def confusions(pairs: Sequence[Pair], limit: int = 15) -> list[tuple[str, str, int]]:
    """The most frequent (wanted need, recognised need, times) among wrong ones."""
    wrong = Counter(
        (f"{row['topic']}.{row.get('need', '')}", f"{out['topic']}.{out['need']}")
        for row, out in pairs
        if not need_right((row, out))
    )
    return [(wanted, got, times) for (wanted, got), times in wrong.most_common(limit)]


def curve(pairs: Sequence[Pair]) -> list[tuple[float, float]]:
    """(coverage, accuracy of the topic) when only the most confident share is answered."""
    ordered = sorted(pairs, key=lambda p: -float(p[1]["confidence"]))
    points, right = [], 0
    for number, pair in enumerate(ordered, 1):
        right += topic_right(pair)
        points.append((number / len(ordered), right / number))
    return points
