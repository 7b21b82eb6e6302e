import pytest

pytestmark = pytest.mark.rasa


def test_diet_is_refused_in_plain_words(rasa_side):
    if rasa_side("has_tensorflow"):
        pytest.skip("TensorFlow is installed: nothing to refuse")
    said = rasa_side("diet")
    assert said.startswith("TensorFlowMissing")
    assert "config.yml" in said
    assert "DIETClassifier" in said
