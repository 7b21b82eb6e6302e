from datetime import date
from decimal import Decimal
from itertools import product
from types import SimpleNamespace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from content.criteria import evaluate, facts_on
from content.criterion import Branch, Call, Check, Choice, Condition, Figure, Leaf, Question, Result
from content.functions import FUNCTIONS
from content.model import FactValue, Source

DAY = date(2026, 11, 20)
DOMAINS = {
    "a": [True, False],
    "b": [True, False],
    "c": ["x", "y", "z"],
    "n": [Decimal(number) for number in range(7)],
}
QUESTIONS = {
    "a": Question("a", "yes_no", "?", "?"),
    "b": Question("b", "yes_no", "?", "?"),
    "c": Question("c", "choice", "?", "?", choices=tuple(Choice(v, v) for v in "xyz")),
    "n": Question("n", "months", "?", "?", minimum=Decimal(0), maximum=Decimal(6), grows=True),
    "y": Question("y", "years", "?", "?", grows=True),
    "d": Question("d", "date", "?", "?"),
    "s": Question("s", "number", "?", "?"),
}


class Knowledge:
    """Stands for the library: questions, and one figure that holds from 2026 on."""

    questions = QUESTIONS

    def fact(self, fact_id, on):
        if fact_id != "limit" or on < date(2026, 1, 1):
            return None
        return FactValue(Decimal(3), "个月", Source("测试"), "high", DAY)


KNOWLEDGE = Knowledge()


def check_of(*trees, combine="all", **more):
    conditions = tuple(Condition(f"c{number}", "条件", tree) for number, tree in enumerate(trees))
    return Check("test", "national", "t.n", "测试", conditions, combine=combine, **more)


def leaf(fact, operator, *bounds):
    return Leaf(fact, operator, bounds)


def truth(tree, facts):
    """Kleene logic written once more, plainly: the reference the evaluator is held against."""
    if tree is None:
        return None
    if isinstance(tree, Branch):
        parts = [truth(child, facts) for child in tree.children]
        if tree.operator == "not":
            return None if parts[0] is None else not parts[0]
        decisive = tree.operator == "any"
        return decisive if decisive in parts else (None if None in parts else not decisive)
    value = facts.get(tree.fact)
    if value is None:
        return None
    return {
        "is": lambda: value == tree.bounds[0],
        "one_of": lambda: value in tree.bounds,
        "at_least": lambda: value >= tree.bounds[0],
        "at_most": lambda: value <= tree.bounds[0],
        "less_than": lambda: value < tree.bounds[0],
    }[tree.operator]()


WORDS = {True: "met", False: "not_met", None: "unclear"}
numbers = st.sampled_from(DOMAINS["n"])
leaves = st.one_of(
    st.builds(leaf, st.sampled_from("ab"), st.just("is"), st.booleans()),
    st.builds(leaf, st.just("c"), st.just("is"), st.sampled_from("xyz")),
    st.builds(lambda v: leaf("c", "one_of", *v), st.lists(st.sampled_from("xyz"), min_size=1, unique=True)),
    st.builds(leaf, st.just("n"), st.sampled_from(["at_least", "at_most", "less_than", "is"]), numbers),
)
trees = st.recursive(
    leaves | st.none(),
    lambda inner: (
        st.builds(
            lambda op, parts: Branch(op, tuple(parts)),
            st.sampled_from(["all", "any"]),
            st.lists(inner, min_size=1, max_size=3),
        )
        | st.builds(lambda part: Branch("not", (part,)), inner)
    ),
    max_leaves=6,
)
checks = st.builds(
    lambda parts, combine: check_of(*parts, combine=combine),
    st.lists(trees, min_size=1, max_size=3),
    st.sampled_from(["all", "any"]),
)
told = st.fixed_dictionaries({}, optional={f: st.sampled_from([*v, None]) for f, v in DOMAINS.items()})


def verdicts_by_completion(check, facts):
    """Every way the open facts can be answered, and the verdict each leads to."""
    whole = Branch(check.combine, tuple(c.when for c in check.conditions))
    open_facts = [f for f in DOMAINS if f not in facts]
    return {
        values: truth(whole, {**facts, **dict(zip(open_facts, values, strict=True))})
        for values in product(*(DOMAINS[f] for f in open_facts))
    }, open_facts


def decisive_by_completion(check, facts):
    """The open facts for which two completions that differ in nothing else end differently."""
    verdicts, open_facts = verdicts_by_completion(check, facts)
    found = set()
    for place, name in enumerate(open_facts):
        by_others = {}
        for values, verdict in verdicts.items():
            by_others.setdefault(values[:place] + values[place + 1 :], set()).add(verdict)
        if any(len(ends) > 1 for ends in by_others.values()):
            found.add(name)
    return found


@settings(max_examples=300, deadline=None)
@given(checks, told)
def test_the_verdict_is_what_every_completion_agrees_on(check, facts):
    verdicts, _ = verdicts_by_completion(check, facts)
    agreed = set(verdicts.values())
    expected = WORDS[agreed.pop()] if len(agreed) == 1 else "unclear"
    assert evaluate(check, facts, DAY, KNOWLEDGE).verdict == expected


@settings(max_examples=300, deadline=None)
@given(checks, told)
def test_open_facts_are_exactly_those_that_can_still_change_the_verdict(check, facts):
    found = evaluate(check, facts, DAY, KNOWLEDGE)
    assert set(found.open_facts) == decisive_by_completion(check, facts)
    assert (found.next_fact in found.open_facts) if found.open_facts else found.next_fact == ""


@settings(max_examples=200, deadline=None)
@given(checks, told)
def test_each_condition_says_what_is_known_of_it(check, facts):
    found = evaluate(check, facts, DAY, KNOWLEDGE)
    assert [c.verdict for c in found.conditions] == [WORDS[truth(c.when, facts)] for c in check.conditions]


@settings(max_examples=100, deadline=None)
@given(checks, st.fixed_dictionaries({f: st.sampled_from([*v, None]) for f, v in DOMAINS.items()}))
def test_asking_what_is_named_ends_the_check_without_a_question_twice(check, answers):
    facts, asked = {}, []
    while name := evaluate(check, facts, DAY, KNOWLEDGE).next_fact:
        assert name not in asked
        asked.append(name)
        facts[name] = answers[name]
    assert len(asked) <= len(DOMAINS)


def test_the_fact_that_most_often_ends_the_check_is_asked_first():
    check = check_of(
        Branch("any", (leaf("a", "is", True), leaf("n", "at_least", Decimal(3)))), leaf("b", "is", True)
    )
    assert evaluate(check, {}, DAY, KNOWLEDGE).next_fact == "b"


def test_equals_are_asked_in_the_order_written():
    assert (
        evaluate(check_of(leaf("b", "is", True), leaf("a", "is", True)), {}, DAY, KNOWLEDGE).next_fact == "b"
    )


def test_what_the_citizen_does_not_know_is_not_asked_again():
    found = evaluate(check_of(leaf("a", "is", True)), {"a": None}, DAY, KNOWLEDGE)
    assert (found.verdict, found.open_facts, found.next_fact) == ("unclear", (), "")


def test_a_figure_is_taken_of_the_day_and_never_guessed():
    check = check_of(leaf("n", "at_least", Figure("limit")))
    assert evaluate(check, {"n": Decimal(3)}, DAY, KNOWLEDGE).verdict == "met"
    before = evaluate(check, {"n": Decimal(3)}, date(2025, 12, 31), KNOWLEDGE)
    assert (before.verdict, before.open_facts) == ("unclear", ())


def test_a_rule_outside_its_days_decides_nothing():
    check = check_of(leaf("a", "is", True), valid_to=DAY)
    assert evaluate(check, {"a": True}, DAY, KNOWLEDGE).verdict == "met"
    after = evaluate(check, {"a": True}, date(2026, 11, 21), KNOWLEDGE)
    assert (after.verdict, after.in_force, after.next_fact) == ("unclear", False, "")


def test_a_condition_outside_its_days_is_not_asked():
    dated = Condition("old", "旧条件", leaf("b", "is", True), valid_to=date(2025, 12, 31))
    check = Check("t", "national", "t.n", "测试", (dated, Condition("c", "条件", leaf("a", "is", True))))
    assert evaluate(check, {"a": True}, DAY, KNOWLEDGE).verdict == "met"
    only_old = Check("t2", "national", "t.n", "测试", (dated,))
    assert evaluate(only_old, {"b": True}, DAY, KNOWLEDGE).verdict == "unclear"


def test_dates_and_decimals_between_bounds_are_told_apart():
    check = check_of(
        leaf("d", "less_than", date(2026, 1, 1)),
        leaf("s", "less_than", Decimal(2)),
        leaf("s", "at_least", Decimal(1)),
    )
    assert evaluate(check, {}, DAY, KNOWLEDGE).open_facts == ("d", "s")
    assert evaluate(check, {"d": date(2025, 12, 31), "s": Decimal("1.5")}, DAY, KNOWLEDGE).verdict == "met"
    assert evaluate(check, {"d": date(2026, 1, 1)}, DAY, KNOWLEDGE).verdict == "not_met"


@pytest.fixture
def both(monkeypatch):
    """A named function: true when both facts are yes, false when one is no."""

    def both(facts, _on, _figures):
        values = [facts.get("a"), facts.get("b")]
        return False if False in values else (True if values == [True, True] else None)

    monkeypatch.setitem(FUNCTIONS, "both", both)
    return check_of(Call("both", ("a", "b")))


def test_a_function_is_asked_for_fact_by_fact(both):
    assert evaluate(both, {}, DAY, KNOWLEDGE).open_facts == ("a", "b")
    halfway = evaluate(both, {"a": True}, DAY, KNOWLEDGE)
    assert (halfway.open_facts, halfway.next_fact) == (("b",), "b")
    assert evaluate(both, {"a": False}, DAY, KNOWLEDGE).verdict == "not_met"
    assert evaluate(both, {"a": True, "b": True}, DAY, KNOWLEDGE).verdict == "met"
    assert evaluate(both, {"a": True, "b": None}, DAY, KNOWLEDGE).verdict == "unclear"


def test_a_computed_sentence_comes_with_its_verdicts_only(monkeypatch):
    monkeypatch.setitem(
        FUNCTIONS, "twice", lambda facts, _on, _figures: facts["n"] * 2 if "n" in facts else None
    )
    check = check_of(leaf("a", "is", True), results=(Result("twice", ("n",), "共{value}个月", ("met",)),))
    assert evaluate(check, {"a": True, "n": Decimal(4)}, DAY, KNOWLEDGE).results == ("共8个月",)
    assert evaluate(check, {"a": True}, DAY, KNOWLEDGE).results == ()
    assert evaluate(check, {"a": False, "n": Decimal(4)}, DAY, KNOWLEDGE).results == ()


def test_a_changed_check_of_the_same_name_is_evaluated_anew():
    assert evaluate(check_of(leaf("a", "is", True)), {"a": True}, DAY, KNOWLEDGE).verdict == "met"
    assert evaluate(check_of(leaf("a", "is", False)), {"a": True}, DAY, KNOWLEDGE).verdict == "not_met"


@pytest.mark.parametrize(
    ("on", "months"),
    [
        (date(2026, 11, 20), 30),
        (date(2026, 12, 19), 30),
        (date(2026, 12, 20), 31),
        (date(2027, 5, 20), 36),
        (date(2020, 1, 1), 30),
    ],
)
def test_months_go_on_counting_until_the_day_asked_for(on, months):
    said = {"n": (Decimal(30), DAY), "a": (True, DAY), "y": (Decimal(2), DAY)}
    found = facts_on(said, on, QUESTIONS)
    assert (found["n"], found["a"]) == (months, True)
    assert found["y"] == 2 + Decimal(months - 30) / 12


def test_the_sentence_of_a_condition_follows_its_result():
    condition = Condition("c", "条件", leaf("a", "is", True), met="够", not_met="不够", unclear="不清楚")
    check = Check("s", "national", "t.n", "测试", (condition,))
    said = [
        evaluate(check, f, DAY, KNOWLEDGE).conditions[0].sentence for f in ({"a": True}, {"a": False}, {})
    ]
    assert said == ["够", "不够", "不清楚"]


def test_remembered_states_stay_bounded():
    from content.rule import EVALUATIONS_KEPT, Rule

    rule = Rule(check_of(leaf("a", "is", True)), DAY, KNOWLEDGE.fact, QUESTIONS)
    for number in range(EVALUATIONS_KEPT + 5):
        rule.remember(number, SimpleNamespace())
    assert len(rule.evaluations) <= EVALUATIONS_KEPT


def test_what_a_check_names_first_is_asked_first_while_it_matters():
    check = check_of(leaf("a", "is", True), leaf("b", "is", True), first=("b",))
    assert evaluate(check, {}, DAY, KNOWLEDGE).next_fact == "b"
    assert evaluate(check, {"b": True}, DAY, KNOWLEDGE).next_fact == "a"
    assert evaluate(check, {"a": False}, DAY, KNOWLEDGE).next_fact == ""
