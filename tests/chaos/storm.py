"""Messages with retries while processes are killed; counts what every citizen saw.

    python -m tests.chaos.storm --messages 2000        the full run (also --postgres, --redis)

Why this file exists: the same storm runs small in the suite and large by hand. A citizen must see exactly
one answer to every message, passive or pushed, whatever was killed when.
"""

from __future__ import annotations

import argparse
import random
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from queue import Empty, SimpleQueue
from typing import Any

from tests.support.channel import KEY
from tests.support.databases import postgres_database
from tests.support.rig import APPID, Rig, simulator
from tests.support.servers import WAIT_S, Server, postgres_server, redis_server

Disturb = Callable[[threading.Event], None]
BUDGET_S = 0.9
"""A fifth of the real budget: WeChat's 5 s become 1 s."""


@dataclass
class Tally:
    """What citizens saw: answers by message, and what should not have happened."""

    passive: Counter[str] = field(default_factory=Counter)
    pushed: Counter[str] = field(default_factory=Counter)
    kills: Counter[str] = field(default_factory=Counter)
    kinds: Counter[str] = field(default_factory=Counter)

    def lost(self, wanted: list[str]) -> list[str]:
        return [m for m in wanted if not self.passive[m] + self.pushed[m]]

    def doubled(self, wanted: list[str]) -> list[str]:
        return [m for m in wanted if self.passive[m] + self.pushed[m] > 1]


class Storm:
    """Sends ``count`` messages of ``persons`` persons from ``senders`` threads while ``disturb`` runs."""

    def __init__(
        self, rig: Rig, api: Any, count: int, apps: list[str], pause_s: float = 0.2, persons: int = 40,
        senders: int = 8,
    ) -> None:  # fmt: skip
        self.rig = rig
        self.api = api
        self.apps = apps
        self.tally = Tally()
        self.words = [f"第{i:05d}问{'迟' if i % 25 == 24 else ''}" for i in range(count)]
        self.persons = persons
        self.pause_s = pause_s
        self.senders = senders
        self.random = random.Random(11)
        self._queues: list[SimpleQueue[tuple[str, str]]] = [SimpleQueue() for _ in range(senders)]
        for number, word in enumerate(self.words):
            # A person writes from one thread, so that their messages come one after the other.
            person = number % persons
            self._queues[person % senders].put((f"oStorm{person:022d}", word))

    def run(self, disturb: Callable[[threading.Event], None] | None = None) -> Tally:
        done = threading.Event()
        threads = [threading.Thread(target=self._send, args=(q,)) for q in self._queues]
        trouble = threading.Thread(target=disturb, args=(done,)) if disturb else None
        for thread in [*threads, *([trouble] if trouble else [])]:
            thread.start()
        for thread in threads:
            thread.join()
        done.set()
        if trouble:
            trouble.join()
        self._settle()
        return self.tally

    def _send(self, queue: SimpleQueue[tuple[str, str]]) -> None:
        sim = simulator()
        rng = random.Random(hash(queue))
        while True:
            try:
                openid, word = queue.get_nowait()
            except Empty:
                return
            platform = sim.Platform("", "simtoken", APPID, KEY, "safe", timeout=BUDGET_S / 0.9, api=self.api)
            xml = platform.text(openid, self.sent(word))
            platform.api.user_action(openid, "message")
            self._deliver(platform, xml, rng, word)
            platform.http.close()
            time.sleep(rng.uniform(0, 2 * self.pause_s))

    def _deliver(self, platform: Any, xml: str, rng: random.Random, word: str) -> None:
        """Three tries like WeChat's; a proxy in front passes by apps that do not listen."""
        built, tries = None, 0
        while tries < 3:
            platform.url = self.rig.url(rng.choice(self.apps))
            built = built or platform.build(xml)
            attempt = platform.once(xml, (f"{platform.url}?{built[0].split('?', 1)[1]}", *built[1:]))
            if attempt.kind == "reply":
                self._given(word, attempt.reply.get("Content", ""))
            if attempt.kind in ("ack", "reply"):
                return
            if "MaxRetryError" in attempt.reason:
                time.sleep(0.05)
                continue
            tries += 1
            self.tally.kinds[attempt.kind] += 1
            time.sleep(BUDGET_S / 0.9)  # WeChat cuts at 5 s and tries again then

    def sent(self, word: str) -> str:
        """What the citizen writes; ``word`` must be in it."""
        return word

    def _given(self, _word: str, text: str) -> None:
        """A reply on the connection; the echo assistant says which message it answers."""
        for word in [w for w in self.words if w in text]:
            self.tally.passive[word] += 1

    def _count_pushed(self) -> None:
        self.tally.pushed.clear()
        for person in range(self.persons):
            for sent in self.api.sent_to(f"oStorm{person:022d}"):
                # A late answer names its question once and echoes it once: count messages, not words.
                text = sent.get("text", {}).get("content", "")
                for word in {w for w in self.words if w in text}:
                    self.tally.pushed[word] += 1

    def _settle(self, timeout_s: float = WAIT_S) -> None:
        """Late answers are on their way: wait until nothing is missing, then a while for doubles."""
        end = time.monotonic() + timeout_s
        while time.monotonic() < end:
            self._count_pushed()
            if not self.tally.lost(self.words):
                break
            time.sleep(0.2)
        time.sleep(BUDGET_S * 4.5 + 2)
        self._count_pushed()


def killer(
    storm: Storm, every_s: float, names: list[str], servers: dict[str, Server] | None = None
) -> Disturb:
    """Kill -9 one of the processes at random and start it again; restart servers likewise."""
    shared = servers or {}

    def disturb(done: threading.Event) -> None:
        while not done.wait(storm.random.uniform(0.5, 1.5) * every_s):
            name = storm.random.choice([*names, *shared])
            storm.tally.kills[name] += 1
            if name in shared:
                shared[name].stop()
                shared[name].start()
                continue
            storm.rig.kill(name)
            storm.rig.restart(name)

    return disturb


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--messages", type=int, default=2000)
    parser.add_argument("--apps", type=int, default=2)
    parser.add_argument("--every", type=float, default=3.0, help="seconds between kills")
    parser.add_argument("--postgres", action="store_true", help="PostgreSQL, restarted in between")
    parser.add_argument("--redis", action="store_true", help="Redis, restarted in between")
    return parser.parse_args()


def main() -> int:
    options = _arguments()
    sim = simulator()
    with ExitStack() as stack:
        api = stack.enter_context(sim.FakeAPI(APPID))
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        servers: dict[str, Server] = {}
        more: dict[str, str] = {}
        if options.postgres:
            servers["postgres"] = stack.enter_context(postgres_server())
            more["DATABASE_URL"] = stack.enter_context(postgres_database(servers["postgres"].port))
        if options.redis:
            servers["redis"] = stack.enter_context(redis_server())
            more["REDIS_URL"] = f"redis://127.0.0.1:{servers['redis'].port}/0"
        rig = Rig(folder, api.base, delay_s=0.05, ANSWER_BUDGET_S=str(BUDGET_S), **more)
        stack.callback(rig.stop)
        apps = [f"app{i}" for i in range(options.apps)]
        for name in apps:
            rig.start_app(name)
        rig.start_worker()
        storm = Storm(rig, api, options.messages, apps)
        start = time.monotonic()
        tally = storm.run(killer(storm, options.every, [*apps, "worker"], servers))
        lost, doubled = tally.lost(storm.words), tally.doubled(storm.words)
        print(
            f"{options.messages} messages in {time.monotonic() - start:.0f} s, kills {dict(tally.kills)}, cut"
            f" {dict(tally.kinds)}, passive {sum(tally.passive.values())}, pushed"
            f" {sum(tally.pushed.values())}, lost {lost}, doubled {doubled}"
        )
        for word in lost + doubled:
            print(word, tally.passive[word], tally.pushed[word])
        return 1 if lost or doubled else 0


if __name__ == "__main__":
    sys.exit(main())
