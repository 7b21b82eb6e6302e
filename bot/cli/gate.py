"""Whether a candidate model may take the place of the serving one.

Why this file exists: the rule is a pure comparison of figures, so it is tested without training. It must
not know where models lie.
"""

from __future__ import annotations

from collections.abc import Mapping

from bot.cli.report import NAMES

TOLERANCE: Mapping[str, float] = {
    "topic": 0.005,
    "need": 0.005,
    "need_offered": 0.005,
    "out_of_scope_declined": 0.01,
    "fraud_recall": 0.005,
    "urgent_recall": 0.0,
    "verdict": 0.005,
}
"""How much lower a share may be before it counts as worse: a few questions' noise, none for urgent fraud."""
WRONG_TOLERANCE = 0.005

Shares = Mapping[str, float | None]


def worse(candidate: Shares, serving: Shares) -> list[str]:
    """What is worse about the candidate, one sentence each; empty when it may be promoted."""
    found = [
        f"{NAMES[name]}：{now:.1%}，现用的是 {before:.1%}"
        for name, tolerance in TOLERANCE.items()
        if (now := candidate.get(name)) is not None
        and (before := serving.get(name)) is not None
        and now < before - tolerance
    ]
    now, before = candidate.get("confidently_wrong"), serving.get("confidently_wrong")
    if now is not None and before is not None and now > before + WRONG_TOLERANCE:
        found.append(f"{NAMES['confidently_wrong']}：{now:.1%}，现用的是 {before:.1%}")
    return found
