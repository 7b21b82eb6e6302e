"""Every task has a page whose pictures are there and small."""

from __future__ import annotations

import re

import pytest

from bot.console.manual import TASKS
from bot.settings import ROOT

PICTURES = ROOT / "bot" / "console" / "static" / "help"
LARGEST_BYTES, ALL_BYTES = 120_000, 1_500_000


@pytest.mark.parametrize("task", TASKS)
def test_a_task_has_steps_and_pictures_that_are_there(editor, task) -> None:
    page = editor.get(f"/console/help/{task}").text
    shown = re.findall(r'<img src="(/console/static/help/[^"]+)" alt="[^"]+"', page)
    assert shown
    for path in shown:
        found = editor.get(path)
        assert found.headers["content-type"] == "image/webp"
        assert len(found.content) <= LARGEST_BYTES, path


def test_all_tasks_are_on_the_first_page_and_no_other_exists(editor) -> None:
    page = editor.get("/console/help").text
    assert all(f'href="/console/help/{task}"' in page for task in TASKS)
    assert editor.get("/console/help/no_such_task").status_code == 404


def test_all_pictures_together_are_small_and_used(editor) -> None:
    used = "".join(editor.get(f"/console/help/{task}").text for task in TASKS)
    files = list(PICTURES.glob("*"))
    assert all(f"/help/{file.name}" in used for file in files)
    assert sum(file.stat().st_size for file in files) <= ALL_BYTES
