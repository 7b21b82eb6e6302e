"""A progress bar on a terminal, plain lines elsewhere, from a time measured before.

Why this file exists: a long job tells its steps as ``PROGRESS <share> <step>`` lines; what is left is
estimated from the time it took last, and past the estimate it says so instead of standing at 99 %.
"""

from __future__ import annotations

import re
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

LINE_EVERY_S = 15


class Progress:
    """Shows how far a job of about ``expected_s`` seconds is; call ``tick`` now and then."""

    def __init__(self, title: str, expected_s: float, show: Callable[[float, str], None]) -> None:
        self._title = title
        self._expected_s = expected_s
        self._begun = time.monotonic()
        self._show = show

    def tick(self, output: str = "") -> None:
        """Show the last step told in ``output`` and what is left by the estimate."""
        passed = time.monotonic() - self._begun
        left = self._expected_s - passed
        text = f"约还需 {left:.0f} 秒" if left > 0 else f"比预计久，已 {passed:.0f} 秒"
        share, step = last_step(output)
        self._show(share or min(passed / self._expected_s, 0.99), f"{step or self._title}：{text}")


def last_step(output: str) -> tuple[float, str]:
    """Share (0..1) and name of the last ``PROGRESS`` line, (0.0, "") where there is none yet.

    >>> last_step("PROGRESS 0.05 读取例句\\nPROGRESS 0.40 训练模型\\n")
    (0.4, '训练模型')
    """
    steps = re.findall(r"^PROGRESS ([\d.]+) (.+)$", output, re.MULTILINE)
    return (float(steps[-1][0]), steps[-1][1]) if steps else (0.0, "")


@contextmanager
def progress(title: str, expected_s: float) -> Iterator[Progress]:
    """A Progress for standard error: a bar on a terminal, a line every 15 s elsewhere."""
    if sys.stderr.isatty():
        with _bar() as show:
            yield Progress(title, expected_s, show)
    else:
        yield Progress(title, expected_s, _lines())


@contextmanager
def _bar() -> Iterator[Callable[[float, str], None]]:
    from rich.console import Console
    from rich.progress import BarColumn, TaskProgressColumn, TextColumn
    from rich.progress import Progress as Bar

    columns = (TextColumn("{task.description}"), BarColumn(), TaskProgressColumn())
    with Bar(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("", total=1.0)
        yield lambda share, text: bar.update(task, completed=share, description=text)


def _lines() -> Callable[[float, str], None]:
    shown = [-float(LINE_EVERY_S)]

    def show(_: float, text: str) -> None:
        if time.monotonic() - shown[0] >= LINE_EVERY_S:
            shown[0] = time.monotonic()
            print(text, file=sys.stderr, flush=True)

    return show
