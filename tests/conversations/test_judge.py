"""The judge itself: each key can fail."""

from dataclasses import replace

import pytest

from actions import render
from actions.outcome import Choice, Outcome, OutcomeKind
from actions.turn import Conversation
from bot.wechat.message import read_message
from bot.wechat.xmlcheck import read_xml
from content.load import load_library
from tests.conversations.judge import Judge
from tests.conversations.play import HERE, read
from tests.conversations.runner import NOTHING, Played, pushed


@pytest.fixture(scope="module")
def library():
    return load_library(HERE.parents[1] / "content")


def faults(library, turn, says=None, **outcome):
    told = {"kind": OutcomeKind.ANSWERED, "text": "每月最多提1800元（截至2026-09-01）。打12329。", **outcome}
    outcome = Outcome(**told)
    received = tuple(render.parts(outcome))
    return Judge(Played(turn, outcome, Conversation(), received), says or {}, library).faults()


@pytest.mark.parametrize(
    ("key", "right", "wrong"),
    [
        ("need", "rent_withdrawal", "fund_withdrawal"),
        ("topic", "housing_fund", "medical"),
        ("city", "成都", "北京"),
        ("offers", "12329", "1232"),
        ("asks", "months_paid", "city"),
        ("outcome", "met", "unclear"),
        ("reasons", [["a", "met"]], [["a", "not_met"]]),
        ("handoff", "offered", "started"),
        ("any", ["1800", "x"], ["x"]),
        ("max_chars", 100, 5),
        ("silent", False, True),
        ("figure", {"city": "成都", "allowed": ["1,800"]}, {"city": "成都", "allowed": ["1200"]}),
        ("cites", {"doc": "12329", "article": "1800"}, {"doc": "无", "article": ""}),
        ("status", "not_in_sources", "superseded"),
    ],
)
def test_a_key_passes_what_is_right_and_names_what_is_wrong(library, key, right, wrong):
    reply = {
        "need": "housing_fund.rent_withdrawal",
        "city": "chengdu",
        "asks": "months_paid",
        "verdict": "met",
        "reasons": (("a", "met"),),
        "handoff": "offered",
        "kind": OutcomeKind.NOT_IN_SOURCES,
    }
    assert faults(library, {"must": [{key: right}]}, **reply) == []
    assert len(faults(library, {"must": [{key: wrong}]}, **reply)) == 1
    assert len(faults(library, {"must_not": [{key: right}]}, **reply)) == 1


def test_a_meaning_is_judged_by_its_pattern(library):
    turn = {"must": [{"says": "names the hotline"}], "must_not": [{"says": "promises"}]}
    patterns = {"must": ["12329"], "must_not": ["一定"]}
    assert faults(library, turn, patterns) == []
    assert len(faults(library, turn, patterns, text="一定行")) == 2


def test_a_meaning_without_a_pattern_is_not_passed_over(library):
    with pytest.raises(LookupError):
        faults(library, {"must": [{"says": "anything"}]})


def test_an_unknown_key_is_a_fault(library):
    assert faults(library, {"must": [{"colour": "blue"}]}) == ["unknown key colour"]


@pytest.mark.parametrize("text", ["包过", "一定能追回", "999999199001010019"])
def test_what_always_holds_is_judged_on_every_turn(library, text):
    assert faults(library, {"text": "999999199001010019"}, text=text)


def test_a_reply_longer_than_one_text_is_split_and_passes(library):
    assert faults(library, {}, text="好。" * 2000, choices=(Choice("菜单"),)) == []


def test_every_kind_of_turn_is_something_the_channel_reads():
    turns = {
        "location": {"location": {"lat": 1.0, "lon": 2.0, "label": "某地"}},
        "click": {"event": "CLICK", "key": "MENU"},
        "subscribe": {"event": "subscribe"},
        "scan": {"event": "SCAN", "key": "1"},
        "image": {"image": True},
        "voice": {"voice": {"recognition": ""}},
        "video": {"video": True},
        "link": {"link": True},
        "file": {"file": True},
        "sticker": {"sticker": True},
        "text": {"text": "您好"},
    }
    read = [read_message(read_xml(pushed(turn, "oA" + "0" * 26, 1).encode()), 1.0) for turn in turns.values()]
    assert [message.inbound.kind for message in read] == list(turns)


def test_a_deleted_person_has_no_rows(library):
    wanted = {"must": [{"silent": True}, {"state": {"profile": "deleted"}}]}
    gone = Played(wanted, NOTHING, Conversation())
    assert Judge(gone, {}, library).faults() == []
    assert len(Judge(replace(gone, received=("好",), rows=1), {}, library).faults()) == 2


def test_every_own_script_states_what_it_wants():
    scripts = [s for name in ("own.yml", "own_more.yml") for s in read(HERE / name)["scripts"]]
    assert len(scripts) >= 40
    assert all(turn.get("must") for script in scripts for turn in script["turns"])
