"""Every id that a record names has to exist, and to belong where it is named.

Why this file exists: a library with a dangling citation or another city's figure cannot be
served. It must not judge wording (``content.check`` does).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from content.criterion import Branch, Call, Check, Figure, Leaf, Tree
from content.figures import placeholders
from content.fraud_references import check_fraud_references
from content.functions import FUNCTIONS
from content.model import NATIONAL, Answer, Clause
from content.reading.record import Record, did_you_mean
from content.shelf import Shelf


def check_references(shelf: Shelf) -> None:
    """Note a fault at each record that names something unknown or another city's."""
    articles = {clause.id for clause in shelf.clauses.values()}
    _check_needs(shelf)
    _check_clauses(shelf)
    for answer in shelf.answers.values():
        _check_answer(shelf, answer, articles)
    for check in shelf.checks.values():
        _check_check(shelf, check, articles)
    for contact in shelf.contacts.values():
        _known(shelf.place_of("contacts", contact.id), "topics", contact.topics, shelf.topics, "主题")
    for notice in shelf.notices.values():
        if notice.status == "superseded" and not notice.replaced_by:
            shelf.place_of("notices", notice.id).fault("superseded 的文件要写 replaced_by", "status")
    check_fraud_references(shelf)


def _known(record: Record, key: str, ids: Iterable[str], known: Mapping[str, object], what: str) -> None:
    for name in ids:
        if name and name not in known:
            record.fault(f"{what} {name} 不存在{did_you_mean(name, known)}", key)


def _check_needs(shelf: Shelf) -> None:
    topics = shelf.records.get("topics")
    if topics is None:
        return
    for need in shelf.needs.values():
        _known(topics, "topics", need.contacts, shelf.contacts, f"{need.id} 的联系点")
        _known(topics, "topics", [need.check], shelf.checks, f"{need.id} 的测一测")


def _check_clauses(shelf: Shelf) -> None:
    seen: dict[str, str] = {}
    for clause in shelf.clauses.values():
        record = shelf.place_of("clauses", clause.key)
        _known(record, "notice", [clause.notice_id], shelf.notices, "文件")
        _known(record, "contacts", clause.contacts, shelf.contacts, "联系点")
        _known(record, "need", [clause.need], shelf.needs, "事项")
        _rows_once(clause, record, seen)


def _rows_once(clause: Clause, record: Record, seen: dict[str, str]) -> None:
    for row in clause.rows:
        if row in seen:
            record.fault(f"条目 {row} 已写在 {seen[row]}", "rows")
        seen[row] = clause.key


def _check_answer(shelf: Shelf, answer: Answer, articles: set[str]) -> None:
    record = shelf.place_of("answers", answer.id)
    _known_need(record, answer.need, shelf)
    _known(record, "contacts", answer.contacts, shelf.contacts, "联系点")
    _known(record, "follow_ups", answer.follow_ups, shelf.needs, "事项")
    check_cites(shelf, record, answer.cites, answer.scope, articles)
    texts = {"conclusion": answer.conclusion, "after": answer.after, "spoken": answer.spoken}
    for key, text in (*texts.items(), *answer.aspects.items()):
        steps = ("aspects", key) if key in answer.aspects else (key,)
        for fact_id in placeholders(text):
            _check_fact(shelf, record, steps, fact_id, answer.scope)


def _known_need(record: Record, need: str, shelf: Shelf) -> None:
    if need not in shelf.needs:
        record.fault(f"事项 {need} 不在 topics.yml 中{did_you_mean(need, shelf.needs)}")


def _check_fact(shelf: Shelf, record: Record, steps: tuple[str, ...], fact_id: str, scope: str) -> None:
    fact = shelf.facts.get(fact_id)
    if fact is None:
        record.fault(f"数目 {fact_id} 不存在{did_you_mean(fact_id, shelf.facts)}", *steps)
    elif fact.scope not in (scope, NATIONAL):
        record.fault(f"{fact_id} 是 {fact.scope} 的数目，不能用在 {scope}", *steps)


def check_cites(shelf: Shelf, record: Record, cites: Iterable[str], scope: str, articles: set[str]) -> None:
    """Refuse clause ids that do not exist or are another city's.

    Most notices have no clause records: for them the article is taken as written.
    """
    with_clauses = {article.split("#")[0] for article in articles}
    for index, cite in enumerate(cites):
        notice = shelf.notices.get(cite.split("#")[0])
        if notice is None:
            hint = did_you_mean(cite.split("#")[0], shelf.notices)
            record.fault(f"{cite} 引用的文件不存在{hint}", "cites", index)
        elif notice.scope not in (scope, NATIONAL):
            record.fault(f"{cite} 是 {notice.scope} 的文件，不能用在 {scope}", "cites", index)
        elif cite not in articles and notice.id in with_clauses:
            record.fault(f"条款 {cite} 不存在{did_you_mean(cite, articles)}", "cites", index)


def _check_check(shelf: Shelf, check: Check, articles: set[str]) -> None:
    record = shelf.place_of("checks", check.id)
    _known_need(record, check.need, shelf)
    _known(record, "contacts", check.contacts, shelf.contacts, "联系点")
    _known(record, "instead", [check.instead], shelf.needs, "事项")
    for index, condition in enumerate(check.conditions):
        check_cites(shelf, record, condition.cites, check.scope, articles)
        for figure in figures_of(condition.when):
            _check_fact(shelf, record, ("conditions", str(index)), figure, check.scope)
    for result in check.results:
        _known(record, "results", [result.function], FUNCTIONS, "函数")
        _known(record, "results", result.facts, shelf.questions, "事实")


def figures_of(tree: Tree | None) -> Iterator[str]:
    """Ids of the dated figures a condition compares with."""
    if isinstance(tree, Leaf):
        yield from (bound.fact_id for bound in tree.bounds if isinstance(bound, Figure))
    elif isinstance(tree, Branch):
        for child in tree.children:
            yield from figures_of(child)


def facts_of(tree: Tree | None) -> Iterator[str]:
    """Ids of the facts a condition asks about, in the order written."""
    if isinstance(tree, Leaf):
        yield tree.fact
    elif isinstance(tree, Call):
        yield from tree.facts
    elif isinstance(tree, Branch):
        for child in tree.children:
            yield from facts_of(child)
