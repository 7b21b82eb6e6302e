"""Progress tells an honest estimate and admits when it is passed."""

from __future__ import annotations

import pytest

from bot.supervise import progress as module
from bot.supervise.progress import Progress, progress


def shown(
    monkeypatch: pytest.MonkeyPatch, passed_s: float, expected_s: float, output: str = ""
) -> tuple[float, str]:
    moments = iter([0.0])
    # Everybody in the process reads this clock: after its first reading it stands.
    monkeypatch.setattr(module.time, "monotonic", lambda: next(moments, passed_s))
    seen: list[tuple[float, str]] = []
    Progress("训练模型", expected_s, lambda share, text: seen.append((share, text))).tick(output)
    return seen[0]


def test_half_way_says_what_is_left(monkeypatch: pytest.MonkeyPatch) -> None:
    assert shown(monkeypatch, 60, 120) == (0.5, "训练模型：约还需 60 秒")


def test_past_the_estimate_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    assert shown(monkeypatch, 150, 120) == (0.99, "训练模型：比预计久，已 150 秒")


def test_the_last_step_told_by_the_job_is_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    output = "PROGRESS 0.05 读取例句\nsome other line\nPROGRESS 0.40 提取特征\n"
    assert shown(monkeypatch, 30, 120, output) == (0.4, "提取特征：约还需 90 秒")


def test_without_a_terminal_there_are_plain_lines(capsys: pytest.CaptureFixture[str]) -> None:
    with progress("训练模型", 100) as bar:
        bar.tick()
        bar.tick()
    assert capsys.readouterr().err.splitlines() == ["训练模型：约还需 100 秒"]
