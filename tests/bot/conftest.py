"""Services for door tests: the real content and settings, everything else told by the test."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import lru_cache
from pathlib import Path

import pytest

from bot.console import gate
from bot.live import source
from bot.services import Services
from bot.settings import ROOT, load_settings
from bot.supervise.secrets import complete
from content import load
from content.find import Library
from content.load import load_library


@pytest.fixture(scope="session", autouse=True)
def _content_is_read_once() -> Iterator[None]:
    """Hundreds of tests load the shipped content: equal texts give one library, which never changes."""
    loaded: dict[frozenset[tuple[str, str]], Library] = {}

    def once(texts: Mapping[str, str]) -> Library:
        same = frozenset(texts.items())
        if same not in loaded:
            loaded[same] = load.library_from_texts(texts)
        return loaded[same]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(load, "read", lru_cache(maxsize=1024)(load.read))
        patch.setattr(gate, "library_from_texts", once)
        patch.setattr(source, "library_from_texts", once)
        yield


@pytest.fixture(scope="session")
def library(_content_is_read_once: None) -> Library:
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
