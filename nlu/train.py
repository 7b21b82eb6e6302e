"""Trains the Rasa model: ``python -m nlu.train --out var/models/<fingerprint>.tar.gz``.

Run in the Rasa environment from anywhere. Prints ``PROGRESS`` lines (see nlu/progress.py), then the
path of the archive. Exit code 0 trained, 1 the data is not usable, 2 wrong use. The archive appears
only when complete. Which model fits the present data: ``python -m nlu.fingerprint``.
"""

from __future__ import annotations

import argparse
import os
import sys
from pathlib import Path

from nlu.fingerprint import ROOT, fingerprint
from nlu.progress import tell
from nlu.quiet import prepare, quiet_logs


def train(out: Path) -> Path:
    """Train into ``out`` (a ``.tar.gz``), replacing it when done."""
    prepare()
    import rasa.model_training

    quiet_logs()
    tell(0.0, "start")
    out.parent.mkdir(parents=True, exist_ok=True)
    result = rasa.model_training.train(
        domain=str(ROOT / "domain.yml"),
        config=str(ROOT / "config.yml"),
        training_files=[str(ROOT / "nlu" / "topics"), str(ROOT / "nlu" / "dialogue")],
        output=str(out.parent),
        fixed_model_name=f".{out.name}",
        force_training=True,
    )
    tell(0.95, "pack")
    os.replace(str(result.model), out)
    tell(1.0, "done")
    return out


def main(arguments: list[str] | None = None) -> int:
    """Command line."""
    parser = argparse.ArgumentParser(prog="python -m nlu.train", description="训练理解模型")
    parser.add_argument(
        "--out", type=Path, default=ROOT / "var" / "models" / f"{fingerprint()}.tar.gz", help="模型文件"
    )
    out: Path = parser.parse_args(arguments).out
    os.chdir(ROOT)
    from content.yamltext import YamlError

    try:
        print(train(out.resolve()))
    except (YamlError, OSError) as error:
        print(f"训练没有完成：{error}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
