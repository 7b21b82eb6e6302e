import pytest

from content.yamltext import read
from nlu.text.names import CONTENT

pytestmark = pytest.mark.rasa


def test_every_need_of_the_content_is_an_intent(rasa_side):
    topics = read((CONTENT / "topics.yml").read_text("utf-8"))["topics"]
    needs = {f"{t}.{n}" for t, row in topics.items() for n in row["needs"]}
    domain = rasa_side("domain")
    assert needs <= set(domain["intents"])
    assert domain["actions"] == ["action_respond"]
    assert {"city", "origin", "aspect", "bank", "amount", "duration", "date"} <= set(domain["entities"])


def test_examples_of_an_unknown_need_are_refused_by_name(rasa_side, tmp_path):
    (tmp_path / "x.yml").write_text(
        'version: "3.1"\nnlu:\n- intent: rental.rental_lone\n  examples: |\n    - 租房能贷款吗\n',
        encoding="utf-8",
    )
    said = rasa_side("unknown_need", folder=str(tmp_path))
    assert said.startswith("UnknownNeed")
    assert "rental.rental_lone" in said
    assert "content/topics.yml" in said
