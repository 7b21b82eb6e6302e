"""Progress lines a parent process can turn into a progress bar.

Format: ``PROGRESS <share 0..1> <step in Chinese>`` on standard output, one per line, flushed.
"""

from __future__ import annotations

_STEPS = {
    "start": "读取例句",
    "features": "提取特征",
    "weights": "训练模型",
    "meanings": "比对句子意思",
    "pack": "打包模型",
    "done": "训练完成",
}


def tell(share: float, step: str) -> None:
    """Print one line; ``step`` is one of start, features, weights, meanings, pack, done."""
    print(f"PROGRESS {share:.2f} {_STEPS.get(step, step)}", flush=True)
