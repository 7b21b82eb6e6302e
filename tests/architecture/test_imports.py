"""Imports go one way, foreign libraries stay behind their fences."""

from __future__ import annotations

import ast
import subprocess
import sys
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]

MAY_IMPORT = {
    "content": set(),
    "store": {"content"},
    "actions": {"content", "store", "nlu.text"},
    "bot": {"content", "store", "actions", "nlu.text"},
    "nlu": {"content"},
}
FENCES = {
    "wechatpy": ("bot/wechat/",),
    "rasa": ("nlu/",),
    "sqlalchemy": ("store/",),
    "alembic": ("store/",),
    "redis": ("bot/shared_memory.py",),
    "limits": ("bot/shared_memory.py", "bot/rates.py"),
    "rasa_sdk": ("bot/internal.py", "actions/rasa_actions.py", "bot/bench/stock_actions.py"),
}
CLOCKLESS = ("content", "actions")


def sources(package: str) -> list[Path]:
    return sorted((ROOT / package).rglob("*.py"))


@cache
def imported(path: Path) -> tuple[tuple[int, str], ...]:
    """Line and dotted name of everything a file imports, also inside functions."""
    found: list[tuple[int, str]] = []
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            found += ((node.lineno, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.level == 0 and node.module:
            found += ((node.lineno, f"{node.module}.{alias.name}") for alias in node.names)
    return tuple(found)


def within(name: str, allowed: str) -> bool:
    return name == allowed or name.startswith(allowed + ".")


def forbidden(package: str, name: str) -> bool:
    """Whether a module of ``package`` may not import ``name`` (a dotted path of ours)."""
    if name.split(".")[0] not in MAY_IMPORT or within(name, package):
        return False
    return not any(within(name, allowed) for allowed in MAY_IMPORT[package])


def allowed(package: str) -> str:
    return ", ".join(sorted(MAY_IMPORT[package])) or "nobody"


@pytest.mark.parametrize("package", sorted(MAY_IMPORT))
def test_a_package_imports_only_what_lies_below_it(package: str) -> None:
    faults = [
        f"{path.relative_to(ROOT)}:{line}: {package} may import {allowed(package)}, not {name}"
        for path in sources(package)
        for line, name in imported(path)
        if forbidden(package, name)
    ]
    assert not faults, "\n".join(faults)


@pytest.mark.parametrize("library", sorted(FENCES))
def test_a_foreign_library_stays_behind_its_fence(library: str) -> None:
    faults = [
        f"{where}:{line}: {library} may be imported only in {', '.join(FENCES[library])}"
        for package in MAY_IMPORT
        for path in sources(package)
        for line, name in imported(path)
        if within(name, library)
        and not (where := path.relative_to(ROOT).as_posix()).startswith(FENCES[library])
    ]
    assert not faults, "\n".join(faults)


def test_the_pure_text_code_of_nlu_needs_no_rasa() -> None:
    faults = [
        f"{path.relative_to(ROOT)}:{line}: nlu/text runs in both environments and may not import {name}"
        for path in sources("nlu/text")
        for line, name in imported(path)
        if within(name, "rasa") or within(name, "nlu.components") or within(name, "nlu.training")
    ]
    assert not faults, "\n".join(faults)


@pytest.mark.parametrize("package", CLOCKLESS)
def test_content_and_actions_are_told_the_day(package: str) -> None:
    faults = [
        f"{path.relative_to(ROOT)}:{node.lineno}: the day is passed in, {package} never reads a clock"
        for path in sources(package)
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.Attribute) and node.attr in {"today", "utcnow", "now"}
        if isinstance(node.value, ast.Name) and node.value.id in {"date", "datetime"}
    ]
    assert not faults, "\n".join(faults)


def test_no_package_opens_anything_when_imported(tmp_path: Path) -> None:
    code = "import bot.app, bot.bootstrap, actions.pipeline, store.schema, content.load"
    done = subprocess.run(
        [sys.executable, "-c", code],
        env={"PYTHONPATH": str(ROOT), "NEWCITIZEN_STATE": str(tmp_path / "state"), "PATH": ""},
        cwd=tmp_path, capture_output=True, text=True,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert list(tmp_path.iterdir()) == []


def test_the_rules_can_fail() -> None:
    assert forbidden("content", "actions.turn")
    assert forbidden("actions", "bot.app")
    assert forbidden("bot", "nlu.components.needs")
    assert not forbidden("bot", "nlu.text.mask")
    assert not forbidden("content", "content.model")
