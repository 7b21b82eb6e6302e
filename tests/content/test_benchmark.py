from pathlib import Path

from content.benchmark import benchmark

ROOT = Path(__file__).resolve().parents[2]


def test_every_budget_of_the_content_is_measured(today):
    measured = benchmark(ROOT / "content", today)
    assert set(measured) == {"load_s", "check_s", "index_s", "lookup_ms", "search_ms", "evaluate_us"}
    assert all(value > 0 for value in measured.values())
