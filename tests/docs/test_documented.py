"""What can be set, asked, answered or run stands in the docs, and the README stays short and true."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import typer
from typer.main import get_command

from actions.outcome import OutcomeKind
from bot import doors
from bot.bench.__main__ import main as bench
from bot.cli.__main__ import app
from bot.cli.report import NAMES
from bot.cli.train import main as train
from bot.settings import NAMES as SETTINGS
from bot.supervise.__main__ import main as up
from content.load import load_library

ROOT = Path(__file__).resolve().parents[2]
DOCS = ROOT / "docs"
LINK = re.compile(r"\]\(([^)#]+)[^)]*\)")
PAGES = sorted([*DOCS.rglob("*.md"), *ROOT.glob("*.md")])


def text(*names: str) -> str:
    return "\n".join((ROOT / name).read_text("utf-8") for name in names)


def commands(command: object, path: str = "") -> dict[str, list[str]]:
    """Every command path to its long options."""
    below = getattr(command, "commands", {})
    if below:
        return {
            k: v for name, sub in below.items() for k, v in commands(sub, f"{path} {name}".strip()).items()
        }
    options = [o for p in command.params for o in p.opts if o.startswith("--") and o != "--help"]  # type: ignore[attr-defined]
    return {path: options}


def options_of(function: object) -> list[str]:
    single = typer.Typer(add_completion=False)
    single.command()(function)  # type: ignore[type-var]
    return commands(get_command(single))[""]


@pytest.mark.parametrize("name", sorted(SETTINGS))
def test_every_setting_is_documented(name: str) -> None:
    assert f"`{name}`" in text("docs/operations/settings.md")


def test_no_setting_is_documented_that_does_not_exist() -> None:
    written = set(
        re.findall(r"NEWCITIZEN_[A-Z_]+[A-Z]", "\n".join(page.read_text("utf-8") for page in PAGES))
    )
    assert written - set(SETTINGS) - {"NEWCITIZEN_ACTIONS_URL"} == set()


@pytest.mark.parametrize("kind", list(OutcomeKind))
def test_every_outcome_is_documented(kind: OutcomeKind) -> None:
    assert f"| `{kind}` |" in text("docs/decisions/0003-outcomes.md")


def test_no_outcome_is_documented_that_does_not_exist() -> None:
    table = re.findall(r"^\| `(\w+)` \|", text("docs/decisions/0003-outcomes.md"), re.MULTILINE)
    assert set(table) == {str(kind) for kind in OutcomeKind}


@pytest.mark.parametrize(("path", "options"), sorted(commands(get_command(app)).items()))
def test_every_command_and_option_is_documented(path: str, options: list[str]) -> None:
    row = next(
        (line for line in text("docs/operations/command-line.md").splitlines() if f"| `{path}" in line), ""
    )
    assert row, f"{path} is in no row"
    assert all(option in row for option in options), f"{path}: {options}"


@pytest.mark.parametrize(("script", "function"), [("up", up), ("train", train), ("bench", bench)])
def test_every_option_of_a_script_is_documented(script: str, function: object) -> None:
    written = text("docs/operations/command-line.md")
    assert f"scripts/{script}" in written
    assert all(option in written for option in options_of(function))


def test_every_figure_of_the_report_is_explained() -> None:
    explained = text("docs/operations/command-line.md").partition("## 指标")[2]
    assert all(name in explained for field, name in NAMES.items() if field != "count")


def test_every_topic_is_documented() -> None:
    written = text("docs/topics.md")
    for topic in load_library(ROOT / "content").topics.values():
        assert f"| `{topic.id}` | {topic.name} |" in written


def test_every_script_is_named_in_the_readme() -> None:
    readme = text("README.md")
    scripts = [p.name for p in (ROOT / "scripts").iterdir() if not p.suffix and p.is_file()]
    assert {"up", "test", "check", "train", "bench", "newcitizen"} == set(scripts)
    assert all(f"scripts/{name}" in readme for name in scripts)


def test_every_door_for_people_is_named_in_the_readme() -> None:
    readme = text("README.md")
    assert all(f"`{door.path}`" in readme for door in doors.DOORS if door.path)


def test_the_readme_is_short_chinese_first_and_has_an_english_part() -> None:
    lines = text("README.md").splitlines()
    assert len(lines) <= 120
    assert re.search(r"[\u4e00-\u9fff]", lines[0] + lines[2])
    assert "## In English" in lines


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_links_to_our_own_files_lead_somewhere(page: Path) -> None:
    for target in LINK.findall(page.read_text("utf-8")):
        if "://" not in target:
            assert (page.parent / target).exists(), f"{page.name} → {target}"


def test_lock_files_hold_hashes_and_no_addresses() -> None:
    for lock in (ROOT / "requirements").glob("*.lock"):
        written = lock.read_text("utf-8")
        assert "://" not in written, lock.name
        pins = re.findall(r"^[\w.\[\],-]+==", written, re.MULTILINE)
        assert pins
        assert written.count("--hash=sha256:") >= len(pins), lock.name


def test_python_versions_are_the_two_environments() -> None:
    assert text(".python-version").split() == ["3.12", "3.10"]
