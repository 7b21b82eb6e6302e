import pytest

pytestmark = pytest.mark.rasa


def test_after_any_message_the_one_action_runs_and_then_rasa_listens(rasa_side):
    assert rasa_side("decision") == ["action_respond", "action_listen"]
