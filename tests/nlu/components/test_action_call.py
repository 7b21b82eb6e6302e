import pytest

pytestmark = pytest.mark.rasa


def test_the_compiled_check_judges_as_rasas_own(rasa_side):
    found = rasa_side("validation")
    assert found["swapped"]
    assert found["ours"] == found["stock"]
    assert {"ok", "ValidationError"} == set(found["ours"])


def test_a_reply_is_checked_without_checking_the_schema_again(rasa_side):
    assert rasa_side("schema_checks") == 0


def test_the_compiled_check_steps_aside_where_rasa_has_changed(rasa_side):
    assert rasa_side("changed_validation") == {"swapped": False, "result": "theirs"}
