"""Test files that share something costly are run by one process, all others each where there is room."""

from __future__ import annotations

import pytest

from tests.conftest import ROOT
from tests.support.together import FOLDERS, group_of


@pytest.mark.parametrize("folder", FOLDERS)
def test_all_files_of_a_folder_are_one_group(folder: str) -> None:
    files = sorted(path.relative_to(ROOT).as_posix() for path in (ROOT / folder).rglob("test_*.py"))
    assert len(files) > 1
    assert {group_of(f"{file}::test_x[a::b]") for file in files} == {folder}


def test_any_other_file_is_a_group() -> None:
    assert group_of("tests/bot/test_guess.py::test_x[tests/nlu/]") == "tests/bot/test_guess.py"
