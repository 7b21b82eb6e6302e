"""Content check: everything wrong with a loaded library as of a day, all at once.

Why this file exists: staff, the CLI and the console get one list in one order. What makes content
unloadable is refused by ``content.load`` already.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import date

from content.checking.braces import check_braces
from content.checking.cases import check_cases
from content.checking.days import check_days
from content.checking.examples import duplicate_examples
from content.checking.finding import Finding
from content.checking.fraud import check_fraud
from content.checking.grounds import check_grounds
from content.checking.numbers import check_numbers
from content.checking.shape import check_shape
from content.checking.wording import check_wording
from content.find import Library
from content.model import Fault
from content.yamltext import line_of

Checker = Callable[[Library, date], Iterator[Finding]]
CHECKERS: tuple[Checker, ...] = (
    check_wording,
    check_numbers,
    check_braces,
    check_grounds,
    check_fraud,
    check_days,
    check_shape,
    check_cases,
)


def check(library: Library, on: date, examples: Mapping[str, str] | None = None) -> list[Fault]:
    """All faults as of a day, in file and line order.

    Args:
        library: loaded content.
        on: the day content has to hold on.
        examples: YAML texts of ``nlu/topics`` by path, checked for duplicates where given.
    """
    findings = {finding for checker in CHECKERS for finding in checker(library, on)}
    by_origin = sorted(findings, key=lambda finding: _origin(library, finding)[0])
    faults = [_located(library, finding) for finding in by_origin] + duplicate_examples(examples or {})
    return sorted(faults, key=lambda fault: (fault.file, fault.line, fault.message))


def _origin(library: Library, finding: Finding) -> tuple[str, tuple[str | int, ...]]:
    name = f"{finding.kind}:{finding.id}" if finding.id else finding.kind
    return library.origins.get(name, ("content", ()))


def _located(library: Library, finding: Finding) -> Fault:
    file, path = _origin(library, finding)
    line = line_of(library.texts.get(file, ""), (*path, *finding.steps))
    subject = f"{finding.id}：" if finding.id else ""
    return Fault(file, line, f"{subject}{finding.message}")
