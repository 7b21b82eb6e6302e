"""Figures for Prometheus: outcomes, time to answer, and what the parts count themselves.

Why this file exists: it fences prometheus_client. A part keeps plain numbers and is read only when somebody
asks for ``/metrics``; nothing here holds a text or a person.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from prometheus_client import CollectorRegistry, Counter, Histogram, generate_latest
from prometheus_client.core import GaugeMetricFamily, Metric

BUCKETS = (0.005, 0.01, 0.02, 0.04, 0.08, 0.15, 0.3, 0.6, 1.2, 2.4, 4.5, 10.0, 20.0)
"""Seconds: around the aims of 40 and 150 ms, WeChat's budget of 4.5 s, and late answers."""
Read = Callable[[], Mapping[str, float]]


class _Watched:
    """Numbers read from a part when they are asked for."""

    def __init__(self, name: str, text: str, label: str, read: Read) -> None:
        self._name, self._text, self._label, self._read = name, text, label, read

    def collect(self) -> Iterator[Metric]:
        """One sample per key, sorted."""
        family = GaugeMetricFamily(self._name, self._text, labels=[self._label])
        for key, value in sorted(self._read().items()):
            family.add_metric([key], value)
        yield family


class Metrics:
    """The figures of one process."""

    def __init__(self) -> None:
        self._registry = CollectorRegistry(auto_describe=False)
        self._turns = Counter("newcitizen_turns", "Turns by outcome", ["outcome"], registry=self._registry)
        self._seconds = Histogram(
            "newcitizen_answer_seconds", "From receipt to stored answer", buckets=BUCKETS,
            registry=self._registry,
        )  # fmt: skip

    def turn(self, outcome: str, seconds: float) -> None:
        """Count a turn."""
        self._turns.labels(outcome).inc()
        self._seconds.observe(seconds)

    def watch(self, name: str, text: str, label: str, read: Read) -> None:
        """Show what ``read`` gives as ``newcitizen_<name>{label="key"}``."""
        self._registry.register(_Watched(f"newcitizen_{name}", text, label, read))

    def text(self) -> bytes:
        """Everything in Prometheus' text format."""
        return generate_latest(self._registry)
