"""What a reviewer is shown about an edit before deciding: the gate's result and the stored questions.

Why this file exists: both take a second on a busy machine, so they are worked out once per edit, content
and day, in a request of their own that the review page makes. It must not decide anything.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from bot.console import gate, publishing
from bot.console.gate import Gate
from bot.console.regression import Comparison, compare
from bot.console.sayings import Saying, stored_questions
from bot.console.site import live_of
from bot.live.source import LiveContent
from bot.staff.access import Call
from bot.staff.common import today
from store.drafts import Edit

KEPT = "looked"
"""Name of the results among the services' extras."""


@dataclass(frozen=True, slots=True)
class Looked:
    """The gate's result, and the stored questions asked before and after (none when it cannot load)."""

    gate: Gate
    stored: Comparison


@dataclass(slots=True)
class Kept:
    """Results for one version of the content; another version begins anew."""

    version: str
    results: dict[object, Looked] = field(default_factory=dict)


def looked(call: Call, edit: Edit, wait: bool = True) -> Looked | None:
    """The result for an edit as it is; None when ``wait`` is False and it is not worked out yet."""
    live, on = live_of(call), today(call)
    with call.database.read() as connection:
        questions = tuple(stored_questions(connection))
    kept = call.services.extras.get(KEPT)
    if not isinstance(kept, Kept) or kept.version != live.library.version:
        kept = call.services.extras[KEPT] = Kept(live.library.version)
    key = (edit.name, edit.path, edit.yaml, on, hash(questions))
    if key not in kept.results and wait:
        kept.results[key] = _work_out(live, edit, questions, on)
    return kept.results.get(key)


def _work_out(live: LiveContent, edit: Edit, questions: tuple[Saying, ...], on: date) -> Looked:
    passing = publishing.passing_of(live, edit)
    if isinstance(passing, Gate):
        return Looked(passing, Comparison())
    library, faults = gate.candidate(passing)
    result = gate.judge(live.library, library, faults, passing, on)
    return Looked(result, compare(live.library, library, questions, on) if library else Comparison())
