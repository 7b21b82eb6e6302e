"""A real Rasa process with a trained model; only the action listener is a double."""

from __future__ import annotations

import json
import os
import subprocess
import threading
import time
import urllib.error
import urllib.request
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest

from bot.desk.opinion import Opinion
from tests.nlu.conftest import PYTHON, ROOT, run
from tests.support.servers import WAIT_S, free_port

pytestmark = pytest.mark.rasa

SECRET = "geheim"
MARKED = "成都租房公积金怎么提取香蕉大象九十九"


class Listener(BaseHTTPRequestHandler):
    """Answers every action call and keeps what it was sent."""

    calls: list[tuple[dict[str, str], dict]] = []  # noqa: RUF012

    def do_POST(self):
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        self.calls.append((dict(self.headers), body))
        reply = json.dumps({"events": [], "responses": [{"custom": {"outcome": "answered"}}]}).encode()
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(reply)))
        self.end_headers()
        self.wfile.write(reply)

    def log_message(self, *args):
        pass


@pytest.fixture(scope="module")
def rasa(model, tmp_path_factory):
    """``(url, log)`` of a serving process."""
    listener = HTTPServer(("127.0.0.1", 0), Listener)
    threading.Thread(target=listener.serve_forever, daemon=True).start()
    port, log = free_port(), tmp_path_factory.mktemp("log") / "rasa.log"
    actions = f"http://127.0.0.1:{listener.server_port}/webhook"
    env = {**os.environ, "NEWCITIZEN_INTERNAL_SECRET": SECRET, "NEWCITIZEN_ACTIONS_URL": actions}
    with log.open("wb") as output:
        command = [str(PYTHON), "-m", "nlu.serve", "--model", str(model), "--port", str(port)]
        process = subprocess.Popen(command, cwd=ROOT, env=env, stdout=output, stderr=output)
    url = f"http://127.0.0.1:{port}/webhooks/rest/"
    while True:
        assert process.poll() is None, log.read_text("utf-8")
        try:
            urllib.request.urlopen(url, timeout=30)
            break
        except OSError:
            time.sleep(0.2)
    yield url, log
    process.terminate()
    assert process.wait(WAIT_S) is not None
    listener.shutdown()
    listener.server_close()


def say(rasa, message, secret=SECRET, sender="turn-1", **metadata):
    """(status, reply) of one message."""
    body = json.dumps({"sender": sender, "message": message, "metadata": metadata}).encode()
    headers = {"Content-Type": "application/json", "X-Newcitizen-Secret": secret}
    try:
        with urllib.request.urlopen(urllib.request.Request(rasa[0] + "webhook", body, headers)) as reply:
            return reply.status, json.loads(reply.read())
    except urllib.error.HTTPError as refused:
        with refused:
            return refused.code, json.loads(refused.read())


def heard(rasa, message, **metadata):
    """What the action was sent for a message."""
    Listener.calls.clear()
    assert say(rasa, message, **metadata)[0] == 200
    [(headers, body)] = Listener.calls
    return headers, body


@pytest.mark.parametrize("secret", ["", "wrong", SECRET + "x"])
def test_without_the_secret_nothing_is_understood(rasa, secret):
    Listener.calls.clear()
    assert say(rasa, "公积金", secret=secret)[0] == 403
    assert Listener.calls == []


def test_the_action_gets_needs_spans_secret_and_metadata_but_no_domain(rasa):
    headers, body = heard(rasa, "在成都租房，公鸡金能提吗", conversation={"city": "chengdu"})
    latest = body["tracker"]["latest_message"]
    assert headers["X-Newcitizen-Secret"] == SECRET
    assert "domain" not in body
    assert latest["metadata"] == {"conversation": {"city": "chengdu"}}
    assert latest["text"] == "在成都租房，公积金能提吗"
    assert latest["intent_ranking"][0]["name"] == "housing_fund.rent_withdrawal"
    assert len(latest["intent_ranking"]) == 10
    assert ("city", "chengdu") in {(e["entity"], e["value"]) for e in latest["entities"]}


def test_the_reply_of_the_action_comes_back(rasa):
    assert say(rasa, "你好") == (200, [{"recipient_id": "turn-1", "custom": {"outcome": "answered"}}])


def test_a_second_message_of_a_sender_costs_what_the_first_did(rasa):
    sizes = [len(heard(rasa, "公积金怎么提")[1]["tracker"]["events"]) for _ in range(3)]
    assert len(set(sizes)) == 1


@pytest.mark.parametrize(
    "message", ["/restart", "/chitchat.greeting", '/fraud.scam_report_channel{"city": "x"}']
)
def test_a_slash_does_not_let_a_citizen_name_the_intent(rasa, message):
    latest = heard(rasa, message)[1]["tracker"]["latest_message"]
    assert latest["intent_ranking"][0]["confidence"] < 1.0
    assert len(latest["intent_ranking"]) == 10


@pytest.mark.parametrize("message", ["", " ", "😀", "啊" * 2000, "]]>", "\u0000\u0007", "<b>x</b>"])
def test_odd_text_gets_a_reply_like_any_other(rasa, message):
    assert say(rasa, message)[0] == 200


@pytest.mark.parametrize("body", [b"", b"[]", b"{}", b"not json", b'{"sender": 1, "message": "x"}'])
def test_a_malformed_request_is_refused_without_a_trace(rasa, body):
    headers = {"Content-Type": "application/json", "X-Newcitizen-Secret": SECRET}
    with pytest.raises(urllib.error.HTTPError) as refused:
        urllib.request.urlopen(urllib.request.Request(rasa[0] + "webhook", body, headers))
    with refused.value as reply:
        assert reply.code == 400
        assert b"Traceback" not in reply.read()


def scores(rasa, body, secret=SECRET):
    """(status, reply) of the desk's door."""
    url = rasa[0].replace("/rest/", "/needs/scores")
    headers = {"Content-Type": "application/json", "X-Newcitizen-Secret": secret}
    try:
        with urllib.request.urlopen(urllib.request.Request(url, body, headers)) as reply:
            return reply.status, json.loads(reply.read())
    except urllib.error.HTTPError as refused:
        with refused:
            return refused.code, refused.read()


def typed(text):
    return json.dumps({"text": text}).encode()


@pytest.mark.parametrize("text", ["公鸡金租房", "租房公积金", "租房 提取 公积金"])
def test_the_desk_is_told_how_likely_every_need_is(rasa, text):
    Listener.calls.clear()
    status, reply = scores(rasa, typed(text))
    best = sorted(reply["needs"], key=reply["needs"].__getitem__)[::-1]
    assert status == 200
    assert len(best) > 100
    assert "housing_fund.rent_withdrawal" in best[:3]
    assert reply["needs"][best[0]] == 0.0
    assert reply["needs"][best[1]] < 0.0
    assert Listener.calls == []


def test_what_the_desk_is_told_is_what_it_understands(rasa):
    needs = ["rental.deposit_refund", "housing_fund.rent_withdrawal", "not.there"]
    opinion = Opinion(rasa[0].partition("/webhooks")[0], SECRET, budget_s=60.0)
    found = opinion.of("租房提取公积金", needs)
    opinion.close()
    assert found is not None
    assert found[1] == 0.0
    assert found[0] < 0.0
    assert found[2] == float("-inf")


@pytest.mark.parametrize("secret", ["", "wrong"])
def test_without_the_secret_the_desk_is_told_nothing(rasa, secret):
    assert scores(rasa, typed("公积金"), secret)[0] == 403


@pytest.mark.parametrize("body", [b"", b"[]", b"{}", b"not json", b'{"text": 1}', b'{"text": " "}'])
def test_a_malformed_question_of_the_desk_is_refused_without_a_trace(rasa, body):
    status, reply = scores(rasa, body)
    assert status == 400
    assert b"Traceback" not in reply


@pytest.mark.parametrize("text", ["\U0001f600", "x" * 5000, "\u0000", "]]>"])
def test_odd_words_of_the_desk_get_scores_like_any_other(rasa, text):
    assert scores(rasa, typed(text))[0] == 200


def test_there_is_no_other_door(rasa):
    root = rasa[0].partition("/webhooks")[0]
    for path in ("/model/parse", "/status", "/domain", "/conversations/turn-1/tracker"):
        with pytest.raises(urllib.error.HTTPError) as refused:
            urllib.request.urlopen(root + path)
        refused.value.close()
        assert refused.value.code == 404


def test_no_log_holds_what_a_citizen_wrote(rasa):
    assert say(rasa, MARKED)[0] == 200
    assert scores(rasa, typed(MARKED))[0] == 200
    written = rasa[1].read_text("utf-8")
    assert MARKED not in written
    assert "香蕉大象" not in written


def test_a_missing_setting_stops_the_start_by_name():
    stopped = run("nlu.serve", "--model", "/nowhere/model.tar.gz")
    assert stopped.returncode == 2
    for name in ("NEWCITIZEN_INTERNAL_SECRET", "NEWCITIZEN_ACTIONS_URL", "/nowhere/model.tar.gz"):
        assert name in stopped.stderr


def test_the_fingerprint_needs_no_rasa_and_is_stable():
    first, second = run("nlu.fingerprint").stdout.strip(), run("nlu.fingerprint").stdout.strip()
    assert first == second
    assert len(first) == 16
