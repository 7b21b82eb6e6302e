from datetime import date
from decimal import Decimal

import pytest

from content.yamltext import YamlError, line_of, line_span, read


def test_yes_and_no_stay_words_and_figures_keep_their_digits():
    assert read("a: yes\nb: 1.50\nc: 2026-01-02\nd: 010\ne: true\nf: 12:30\ng: -3") == {
        "a": "yes",
        "b": Decimal("1.50"),
        "c": date(2026, 1, 2),
        "d": "010",
        "e": True,
        "f": "12:30",
        "g": -3,
    }


def test_a_key_written_twice_is_refused_with_its_line():
    with pytest.raises(YamlError) as error:
        read("a: 1\nb: 2\na: 3\n")
    assert error.value.line == 3


def test_broken_yaml_is_refused_with_its_line():
    with pytest.raises(YamlError) as error:
        read("a: 1\nb: [1, 2\n")
    assert error.value.line >= 2


@pytest.mark.parametrize("text", ["a: 2026-13-45", "? [1]\n: 2", "!!python/object:os.system {}"])
def test_odd_values_are_refused_not_executed(text):
    with pytest.raises(YamlError):
        read(text)


def test_the_line_of_a_value_or_of_its_nearest_ancestor():
    text = "a:\n  - x: 1\n    y: 2\n  - x: 3\n"
    assert line_of(text, ("a", 1, "x")) == 4
    assert line_of(text, ("a", 0, "missing")) == 2
    assert line_of("a: [", ("a",)) == 1


@pytest.mark.parametrize("ending", ["", "\n", "\n\n# end\n"])
def test_the_span_of_a_record_leaves_out_what_follows(ending):
    text = "a:\n  one: {x: 1}\n  two:\n    x: 2\n\n  # about three\n  three:\n    x: 3" + ending
    assert line_span(text, ("a", "one")) == (1, 2, 2)
    assert line_span(text, ("a", "two")) == (2, 4, 2)
    assert line_span(text, ("a", "three")) == (6, 8, 2)
    with pytest.raises(KeyError):
        line_span(text, ("a", "four"))
