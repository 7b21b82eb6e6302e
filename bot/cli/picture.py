"""The coverage/accuracy curve as a page with one SVG, no script and nothing from outside.

Why this file exists: the threshold is chosen by looking at data. It must not compute figures.
"""

from __future__ import annotations

from collections.abc import Sequence

WIDTH, HEIGHT, EDGE = 720, 420, 56


def _x(coverage: float) -> float:
    return round(EDGE + coverage * (WIDTH - 2 * EDGE), 1)


def _y(accuracy: float) -> float:
    """Accuracy from 0.5 to 1: below half nobody would look at a curve."""
    return round(HEIGHT - EDGE - max(0.0, accuracy - 0.5) * 2 * (HEIGHT - 2 * EDGE), 1)


def svg(points: Sequence[tuple[float, float]]) -> str:
    """The curve of (coverage, accuracy) points in 0..1."""
    line = " ".join(f"{_x(c)},{_y(a)}" for c, a in points)
    marks = [_mark(tick) for tick in (0.5, 0.6, 0.7, 0.8, 0.9, 1.0)]
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" role="img" '
        f'aria-label="覆盖率与准确率曲线" font-family="sans-serif" font-size="13">'
        f'<rect width="{WIDTH}" height="{HEIGHT}" fill="#fff"/>{"".join(marks)}'
        f'<text x="{WIDTH / 2}" y="{HEIGHT - 12}" text-anchor="middle">覆盖率：只答最有把握的这一部分</text>'
        f'<text x="{EDGE}" y="24">主题准确率</text>'
        f'<polyline fill="none" stroke="#0b6e4f" stroke-width="2.5" points="{line}"/></svg>'
    )


def _mark(tick: float) -> str:
    y, x = _y(tick), _x(tick)
    return (
        f'<line x1="{EDGE}" x2="{WIDTH - EDGE}" y1="{y}" y2="{y}" stroke="#d4dad7"/>'
        f'<text x="{EDGE - 8}" y="{y + 4}" text-anchor="end">{tick:.0%}</text>'
        f'<text x="{x}" y="{HEIGHT - EDGE + 18}" text-anchor="middle">{tick:.0%}</text>'
    )


def page(title: str, points: Sequence[tuple[float, float]]) -> str:
    """A whole HTML page around the curve."""
    return (
        '<!doctype html><html lang="zh-CN"><meta charset="utf-8">'
        f"<title>{title}</title><h1>{title}</h1>{svg(points)}</html>"
    )
