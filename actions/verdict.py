"""Words for the state and the end of a check: 符合 / 不符合 / 需核实, why, what next, whom to ask."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from actions import wording
from actions.contacts import contact_line
from actions.outcome import Choice, Outcome, OutcomeKind
from actions.told import city_of
from actions.turn import Turn
from content.criteria import ConditionResult, Evaluation
from content.criterion import Check, Condition
from content.references import facts_of

NAMES = {"met": "符合", "not_met": "不符合", "unclear": "需核实"}
_MARKS = {"met": "√", "not_met": "×", "unclear": "？"}
_ONE_OPEN = "打“？”的这一项达到就符合，达不到就不符合。"
_SOME_OPEN = "打“？”的几项都达到才符合，有一项达不到就不符合。"
_ANY_OPEN = "打“？”的有一项达到就符合，都达不到就不符合。"
_STILL_TO_SEE = "还要看：{labels}。"


def outcome(turn: Turn, check: Check, evaluation: Evaluation, on: date, lead: str = "") -> Outcome:
    """The verdict with a line per condition, citation, next step and contact."""
    shown = [line.condition for line in evaluation.conditions]
    cites = tuple(dict.fromkeys(cite for c in shown for cite in c.cites))
    return Outcome(
        OutcomeKind.VERDICT,
        "\n".join(line for line in _lines(turn, check, evaluation, lead) if line),
        citation=citation(turn, check, shown, on),
        choices=_choices(turn, check, evaluation),
        need=check.need,
        confidence=1.0,
        city=city_of(turn, check),
        answer_id=check.id,
        clauses=cites,
        notices=tuple(dict.fromkeys(_labels(turn, cites))),
        verdict=evaluation.verdict,
        reasons=reasons(evaluation),
        handoff="offered" if evaluation.verdict == "unclear" else "",
    )


def _choices(turn: Turn, check: Check, evaluation: Evaluation) -> tuple[Choice, ...]:
    """A person where it is unclear, the other way where it is not met."""
    if evaluation.verdict == "unclear":
        return (Choice("人工"),)
    other = turn.library.needs.get(check.instead)
    return (Choice(other.say),) if other is not None and evaluation.verdict == "not_met" else ()


def reasons(evaluation: Evaluation) -> tuple[tuple[str, str], ...]:
    """(condition id, result) pairs."""
    return tuple((line.condition.id, line.verdict) for line in evaluation.conditions)


def _lines(turn: Turn, check: Check, evaluation: Evaluation, lead: str) -> list[str]:
    contacts = [turn.library.contacts[c] for c in check.contacts if c in turn.library.contacts]
    return [
        lead,
        f"{check.title}：{NAMES[evaluation.verdict]}。",
        *[_reason(line) for line in evaluation.conditions],
        _either_side(check, evaluation),
        *evaluation.results,
        (check.next_steps or {}).get(evaluation.verdict, ""),
        contact_line(contacts),
        wording.DISCLAIMER,
    ]


def _either_side(check: Check, evaluation: Evaluation) -> str:
    """What the missing items would make of the verdict."""
    missing = [line for line in evaluation.conditions if line.verdict == "unclear"]
    if evaluation.verdict != "unclear" or not missing:
        return ""
    if check.combine == "any":
        return _ANY_OPEN
    return _ONE_OPEN if len(missing) == 1 else _SOME_OPEN


def progress(evaluation: Evaluation) -> str:
    """What is settled so far and what is still to be seen, above the first question."""
    settled = [_reason(line) for line in evaluation.conditions if line.verdict != "unclear"]
    if not settled:
        return ""
    labels = [line.condition.label for line in evaluation.conditions if line.verdict == "unclear"]
    return "\n".join([*settled, _STILL_TO_SEE.format(labels="；".join(labels))])


def supposed(check: Check, evaluation: Evaluation, facts: Collection[str]) -> str:
    """Where it would stand if some facts were otherwise, with the conditions that speak of them."""
    touched = [
        line
        for line in evaluation.conditions
        if line.condition.when is not None and not set(facts).isdisjoint(facts_of(line.condition.when))
    ]
    said = f"{check.title}：{NAMES[evaluation.verdict]}。" if evaluation.verdict != "unclear" else ""
    return "\n".join(filter(None, [*[_reason(line) for line in touched], said]))


def _reason(line: ConditionResult) -> str:
    said = f"：{line.sentence}" if line.sentence else ""
    return f"{_MARKS[line.verdict]} {line.condition.label}{said}"


def _labels(turn: Turn, cites: tuple[str, ...]) -> list[str]:
    ids = [c.split("#")[0] for c in cites]
    return [turn.library.notices[i].label for i in ids if i in turn.library.notices]


def citation(turn: Turn, check: Check, shown: list[Condition], on: date) -> str:
    """One line: notices with their articles, other sources by title, and the day they were checked."""
    named: dict[str, list[str]] = {}
    for condition in shown:
        for cite in condition.cites:
            notice_id, _, article = cite.partition("#")
            notice = turn.library.notices.get(notice_id)
            if notice is not None:
                label = notice.label + ("（已到期）" if notice.status_on(on) == "expired" else "")
                named.setdefault(label, []).append(article)
        if condition.source is not None:
            named.setdefault(condition.source.title, [])
    parts = [
        f"{label}{'、'.join(dict.fromkeys(a for a in articles if a))}" for label, articles in named.items()
    ]
    day = f"（核验：{check.checked_on.isoformat()}）" if check.checked_on else ""
    return f"依据：{'；'.join(parts)}{day}" if parts else ""
