"""What must be said beside the matter itself: how binding, how valid, what is open, whom to ask.

Why this file exists: 鼓励 stays 鼓励 and an expired notice is called expired, whatever the voice.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import TYPE_CHECKING

from content.model import ASPECTS, Answer, Clause, ContactPoint, Notice

if TYPE_CHECKING:
    from content.find import Library

CONTACTS_NAMED = 2
STRENGTH_REMARKS = {
    "encourage": "文件是鼓励机构办，不是必须办，请向办理的机构确认。",
    "explore": "文件说的是探索，能不能办请向办理的机构确认。",
    "support": "文件说的是支持，能不能办以办理的机构答复为准。",
}
_FORCE = ("must", "state", "support", "encourage", "explore")
_OVERTAKEN = "文件当年的这一条，已被后来的规定取代。"
_UNVERIFIED = "这件事我们还没有在官方渠道核实到，请先向下面的联系点确认。"
_AFTER = "这项安排到{day}为止，之后有没有延续，我们还没有核实到。"


def over(answer: Answer, on: date) -> bool:
    """Whether the answer ended before that day."""
    return answer.valid_to is not None and on > answer.valid_to


def after(answer: Answer) -> str:
    """What is said once an answer is over."""
    day = answer.valid_to.isoformat() if answer.valid_to else ""
    return answer.after or _AFTER.format(day=day)


def about(answer: Answer, library: Library, on: date) -> list[str]:
    """Remarks on an answer: not verified, only encouraged, notice expired."""
    cited = [clause for cite in answer.cites for clause in library.clauses_by_id(cite)]
    unverified = [_UNVERIFIED] if answer.status == "needs_verification" else []
    if over(answer, on):
        return unverified
    if answer.sources:
        cited = [clause for clause in cited if clause.superseded]
    bare = [cite.split("#")[0] for cite in answer.cites if not library.clauses_by_id(cite)]
    notices = [library.notices[i] for i in dict.fromkeys(bare) if i in library.notices]
    return unverified + about_clauses(cited, library, on) + _notice_remarks(notices, on)


def about_clauses(clauses: Sequence[Clause], library: Library, on: date) -> list[str]:
    """How binding the clauses are (by the most binding one) and how their notices stand."""
    if not clauses:
        return []
    notices = dict.fromkeys(library.notices[clause.notice_id] for clause in clauses)
    return list(filter(None, [_force(clauses), *_notice_remarks(notices, on)]))


def _force(clauses: Sequence[Clause]) -> str:
    """How binding the clauses are; what is overtaken binds nobody any more and is only called so."""
    if all(clause.superseded for clause in clauses):
        return _OVERTAKEN
    strongest = min((clause.strength for clause in clauses), key=_FORCE.index)
    return STRENGTH_REMARKS.get(strongest, "")


def _notice_remarks(notices: Iterable[Notice], on: date) -> list[str]:
    return [_notice_remark(notice, on) for notice in notices if _notice_remark(notice, on)]


def _notice_remark(notice: Notice, on: date) -> str:
    status = notice.status_on(on)
    if status == "expired":
        until = f"（期限到{notice.period_to.isoformat()}）" if notice.period_to else ""
        return f"{notice.label}已过期{until}，里面写的现在还办不办，请向办理的机构确认。"
    if status == "superseded":
        return f"{notice.label}已被取代，请以新规定为准。"
    if status == "press_report":
        return "这份文件我们只见到媒体报道，没有见到原文。"
    return ""


def not_stated(clause: Clause) -> list[str]:
    """What the notice itself leaves open, by the labels of the aspects."""
    labels = [_open_label(clause, aspect) for aspect in ASPECTS if aspect in clause.not_stated]
    return [f"资料未载：{'、'.join(labels)}，文件没有写明。"] if labels else []


def _open_label(clause: Clause, aspect: str) -> str:
    """The aspect's label; where the notice states some conditions, only the finer ones are open."""
    return "更细的条件" if aspect == "condition" and clause.conditions else ASPECTS[aspect]


def contact_words(contact: ContactPoint) -> str:
    """``医疗保障服务热线 12393``; medium confidence carries 待核实, a missing number is left out."""
    mark = "（号码待核实）" if contact.number and contact.confidence == "medium" else ""
    return f"{contact.name} {contact.number}".strip() + mark


def whom_to_ask(contacts: Iterable[ContactPoint]) -> str:
    """One sentence that names whom to ask, or "" where nobody is known."""
    named = [contact_words(contact) for contact in contacts][:CONTACTS_NAMED]
    return f"可以问：{'；'.join(named)}。" if named else ""
