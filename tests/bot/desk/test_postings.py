"""Terms are found again with everything they were gathered for."""

from __future__ import annotations

from bot.desk.postings import Gathered, Postings, hashed


def test_a_term_gives_its_targets_once_with_their_weights_summed() -> None:
    gathered = Gathered()
    for term, target, weight in [("公积", 2, 1.0), ("积金", 0, 0.5), ("公积", 0, 1.0), ("公积", 2, 0.5)]:
        gathered.add(hashed(term), target, weight)
    postings = Postings(*gathered.summed(3))
    assert len(postings) == 2
    targets, weights = postings.of("公积")
    assert dict(zip(targets.tolist(), weights.tolist(), strict=True)) == {0: 1.0, 2: 1.5}
    assert postings.of("积金")[0].tolist() == [0]


def test_an_unknown_term_points_to_nothing() -> None:
    gathered = Gathered()
    gathered.add(hashed("公积"), 0)
    assert len(Postings(*gathered.summed(1)).of("社保")[0]) == 0
    assert len(Postings(*Gathered().summed(0)).of("社保")[0]) == 0


def test_sums_add_up_what_single_lookups_give():
    gathered = Gathered()
    for term, target, weight in (("a", 0, 1.0), ("a", 2, 2.0), ("b", 2, 0.5), ("c", 1, 4.0)):
        gathered.add(hashed(term), target, weight)
    postings = Postings(*gathered.summed(3))
    assert postings.sums({"a": 1.0, "b": 2.0, "unknown": 9.0}, 3).tolist() == [1.0, 0.0, 3.0]
    assert postings.sums({"unknown": 1.0}, 3).tolist() == [0.0, 0.0, 0.0]


def test_nothing_gathered_sums_to_nothing():
    assert Postings(*Gathered().summed(0)).sums({"a": 1.0}, 2).tolist() == [0.0, 0.0]
