"""The storm over the real assistant and Rasa, which is killed again and again.

    python -m tests.chaos.real_storm --messages 2000         also kills app and worker

Why this file exists: the echo storm proves the channel; this one proves that a citizen also gets exactly one
answer when the understanding dies in the middle of a turn.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from tests.chaos.storm import BUDGET_S, Storm, Tally, killer
from tests.support.real_rig import RealRig
from tests.support.rig import APPID, simulator

QUESTIONS = (
    "成都租房怎么提公积金",
    "异地就医备案怎么办",
    "今天天气怎么样",
    "新乡首贷有补贴吗",
    "我被骗了三万",
)


class RealStorm(Storm):
    """Real answers do not repeat the question, so a reply counts for the message it is the reply to."""

    def __init__(self, rig: RealRig, api: Any, count: int, **how: Any) -> None:
        super().__init__(rig, api, count, ["app"], **how)

    def sent(self, word: str) -> str:
        number = self.words.index(word)
        return f"{word}，{QUESTIONS[number % len(QUESTIONS)]}"

    def _given(self, word: str, text: str) -> None:
        assert text
        self.tally.passive[word] += 1


def run(folder: Path, messages: int, names: list[str], every_s: float, **how: Any) -> tuple[Tally, RealStorm]:
    """Send messages while the named parts are killed and started again; gives what citizens saw."""
    sim = simulator()
    with sim.FakeAPI(APPID) as api:
        rig = RealRig(folder, api.base, ANSWER_BUDGET_S=str(BUDGET_S))
        with rig.proxy.running():
            try:
                rig.start_all()
                storm = RealStorm(rig, api, messages, **how)
                return storm.run(killer(storm, every_s, names)), storm
            finally:
                rig.stop()


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--messages", type=int, default=2000)
    parser.add_argument("--every", type=float, default=4.0, help="seconds between kills")
    options = parser.parse_args()
    start = time.monotonic()
    with tempfile.TemporaryDirectory() as folder:
        names = ["rasa", "rasa", "worker", "app"]
        tally, storm = run(Path(folder), options.messages, names, options.every, persons=200)
    lost, doubled = tally.lost(storm.words), tally.doubled(storm.words)
    print(
        f"{options.messages} messages in {time.monotonic() - start:.0f} s, kills {dict(tally.kills)}, cut"
        f" {dict(tally.kinds)}, passive {sum(tally.passive.values())}, pushed {sum(tally.pushed.values())},"
        f" lost {lost}, doubled {doubled}"
    )
    return 1 if lost or doubled else 0


if __name__ == "__main__":
    sys.exit(main())
