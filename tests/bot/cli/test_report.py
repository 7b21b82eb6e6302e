"""The report on the terminal and the picture of the curve."""

from __future__ import annotations

import io
import xml.etree.ElementTree as ET
from pathlib import Path

from rich.console import Console

from bot.cli import picture, report
from bot.cli.metrics import Figures

FIGURES = Figures(200, 0.95, 0.9, 0.95, 0.01, None, 0.98, 1.0, 0.9)


def printed(before: dict[str, float | None]) -> str:
    out = io.StringIO()
    report.show_figures(Console(file=out, width=110), FIGURES, before)
    return out.getvalue()


def test_every_figure_has_a_chinese_name() -> None:
    text = printed({})
    assert set(report.NAMES) == set(FIGURES.to_json())
    assert all(name in text for name in report.NAMES.values())


def test_without_an_accepted_run_there_is_nothing_to_compare() -> None:
    assert "上次接受" not in printed({})


def test_the_change_against_the_accepted_run_is_shown() -> None:
    text = printed({**FIGURES.to_json(), "topic": 0.93})
    assert "+2.0" in text
    assert "—" in text


def test_accepted_figures_are_kept(tmp_path: Path) -> None:
    path = tmp_path / "eval" / "dev.json"
    assert report.accepted(path) == {}
    report.accept(path, FIGURES)
    assert report.accepted(path) == FIGURES.to_json()


def test_the_curve_is_a_picture_without_anything_from_outside() -> None:
    root = ET.fromstring(picture.svg([(0.5, 1.0), (1.0, 0.5)]))
    line = root.find("{http://www.w3.org/2000/svg}polyline")
    assert line is not None
    assert line.get("points") == "360.0,56.0 664.0,364.0"
    page = picture.page("t", [(1.0, 0.9)])
    assert "<script" not in page
    assert page.count("http") == 1
