"""One office and one browser for all files of this folder, which one process runs (``together``)."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing

import pytest
from playwright.sync_api import Browser

from tests.journeys.conftest import a_browser
from tests.support.desk_rig import desk_rig
from tests.support.full_office import FullOffice


@pytest.fixture(scope="package")
def browser() -> Iterator[Browser]:
    """Playwright's loop ends with it, before other tests start theirs."""
    yield from a_browser()


@pytest.fixture(scope="package")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[FullOffice]:
    """Desk, console and worker without Rasa, with WeChat's simulator on the other side."""
    with desk_rig(tmp_path_factory.mktemp("office")) as rig, closing(FullOffice(rig)) as made:
        yield made
