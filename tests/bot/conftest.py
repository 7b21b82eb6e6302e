"""Services for door tests: the real content and settings, everything else told by the test."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from bot.services import Services
from bot.settings import ROOT, load_settings
from bot.supervise.secrets import complete
from content.find import Library
from content.load import load_library


@pytest.fixture(scope="session")
def library() -> Library:
    """The shipped content."""
    return load_library(ROOT / "content")


@pytest.fixture
def services_with(library: Library, tmp_path: Path) -> Callable[..., Services]:
    """Services for settings given by their names without prefix: ``services_with(TRY="false")``."""

    def make(**environ: str) -> Services:
        named = {f"NEWCITIZEN_{name}": value for name, value in environ.items()}
        settings = complete(load_settings({"NEWCITIZEN_STATE": str(tmp_path), **named}, None))
        return Services(settings, lambda: library)

    return make
