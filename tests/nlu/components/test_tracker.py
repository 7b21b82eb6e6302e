import pytest

pytestmark = pytest.mark.rasa


def test_nothing_of_a_sender_is_kept(rasa_side):
    events, latest_action, keys = rasa_side("tracker")
    assert events == 1
    assert latest_action == "action_listen"
    assert keys == []
