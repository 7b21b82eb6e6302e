"""Words for the end of a check: 符合 / 不符合 / 需核实, why, what to do next, whom to ask."""

from __future__ import annotations

from datetime import date

from actions import wording
from actions.contacts import contact_line
from actions.outcome import Choice, Outcome, OutcomeKind
from actions.turn import Turn
from content.criteria import ConditionResult, Evaluation
from content.criterion import Check, Condition

NAMES = {"met": "符合", "not_met": "不符合", "unclear": "需核实"}
_MARKS = {"met": "√", "not_met": "×", "unclear": "？"}


def outcome(turn: Turn, check: Check, evaluation: Evaluation, on: date, lead: str = "") -> Outcome:
    """The verdict with a line per condition, citation, next step and contact."""
    shown = [line.condition for line in evaluation.conditions]
    lines = [lead, f"{check.title}：{NAMES[evaluation.verdict]}。"]
    lines += [_reason(line) for line in evaluation.conditions]
    lines += list(evaluation.results)
    lines.append((check.next_steps or {}).get(evaluation.verdict, ""))
    contacts = [turn.library.contacts[c] for c in check.contacts if c in turn.library.contacts]
    lines.append(contact_line(contacts))
    lines.append(wording.DISCLAIMER)
    cites = tuple(dict.fromkeys(cite for c in shown for cite in c.cites))
    return Outcome(
        OutcomeKind.VERDICT,
        "\n".join(line for line in lines if line),
        citation=citation(turn, check, shown, on),
        choices=_again(evaluation),
        need=check.need,
        confidence=1.0,
        city=check.scope if check.scope in turn.library.cities else turn.conversation.city,
        answer_id=check.id,
        clauses=cites,
        notices=tuple(dict.fromkeys(_labels(turn, cites))),
        verdict=evaluation.verdict,
        reasons=tuple((line.condition.id, line.verdict) for line in evaluation.conditions),
    )


def _reason(line: ConditionResult) -> str:
    said = f"：{line.sentence}" if line.sentence else ""
    return f"{_MARKS[line.verdict]} {line.condition.label}{said}"


def _again(evaluation: Evaluation) -> tuple[Choice, ...]:
    return (Choice("人工"),) if evaluation.verdict == "unclear" else ()


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
