"""Lets Rasa 3.6 run where TensorFlow is not installed, and refuses clearly what would need it.

Rasa imports TensorFlow in modules that our pipeline never uses. ``install`` puts empty modules in
its place; creating anything of them raises ``TensorFlowMissing`` with the way out. Call it before
the first import of rasa. It does nothing where a real TensorFlow is installed.
"""

from __future__ import annotations

import importlib.util
import sys
import types
from collections.abc import Callable, Sequence
from importlib.abc import Loader, MetaPathFinder
from importlib.machinery import ModuleSpec
from typing import Any

ROOTS = frozenset({"tensorflow", "tensorflow_text", "tensorflow_hub", "tensorflow_addons", "keras"})


class TensorFlowMissing(RuntimeError):
    """A component that needs TensorFlow was asked to work."""

    def __init__(self) -> None:
        super().__init__(
            "这个环境没有 TensorFlow，DIETClassifier、TEDPolicy、ResponseSelector 都不能用。"
            "config.yml 里请只用 nlu.components 的组件（docs/decisions/0002-understanding-pipeline.md）。"
        )


def _decorator(*args: Any, **options: Any) -> Any:
    """Stands for ``tf.function``, used at import time both bare and with arguments."""
    if len(args) == 1 and callable(args[0]) and not options:
        return args[0]
    return lambda function: function


def _attribute(name: str) -> Any:
    if name.startswith("__"):
        raise AttributeError(name)
    return _decorator if name == "function" else Placeholder


class _Refusing(type):
    """Classes may be inherited from and named in annotations; calling one is refused."""

    def __getattr__(cls, name: str) -> Any:
        return _attribute(name)

    def __call__(cls, *args: Any, **options: Any) -> Any:
        raise TensorFlowMissing


class Placeholder(metaclass=_Refusing):
    """Any class, function or constant of TensorFlow."""

    def __class_getitem__(cls, item: Any) -> type[Placeholder]:
        return cls


class _EmptyModule(types.ModuleType):
    __path__: list[str] = []  # noqa: RUF012 - marks a package

    def __getattr__(self, name: str) -> Any:
        return _attribute(name)


class _Finder(MetaPathFinder, Loader):
    """Finds every module below ``ROOTS`` and makes it empty."""

    def find_spec(
        self, name: str, path: Sequence[str] | None = None, target: Any = None
    ) -> ModuleSpec | None:
        """A spec for TensorFlow's own modules only."""
        return ModuleSpec(name, self, is_package=True) if name.partition(".")[0] in ROOTS else None

    def create_module(self, spec: ModuleSpec) -> types.ModuleType:
        """An empty package."""
        return _EmptyModule(spec.name)

    def exec_module(self, module: types.ModuleType) -> None:
        """Nothing to run."""


def _is_installed(find: Callable[[str], Any] = importlib.util.find_spec) -> bool:
    try:
        return find("tensorflow") is not None
    except (ImportError, ValueError):
        return False


def install() -> None:
    """Put the empty modules in place, once, unless TensorFlow is there."""
    if not _is_installed():
        sys.meta_path.insert(0, _Finder())
