"""Both systems are asked the same, as citizens nobody has seen before."""

from __future__ import annotations

import json
from urllib.parse import urlsplit

import pytest

from bot.bench import measure
from bot.bench.measure import LONG, Target
from bot.bench.scenes import openid, questions, rest_answers, rest_maker, wechat_answers, wechat_maker
from bot.bench.systems import System
from bot.settings import plain
from bot.wechat.envelope import Envelope
from bot.wechat.reply import sealed
from bot.wechat.xmlcheck import read_xml


@pytest.fixture
def system(services_with) -> System:
    return System("ours", 1, {}, services_with().settings)


def opened(system: System, request: bytes) -> dict[str, str]:
    settings = system.settings
    body = request.partition(b"\r\n\r\n")[2]
    packet = read_xml(body)["Encrypt"]
    return read_xml(Envelope(plain(settings.wechat_aes_key), settings.wechat_appid).open(packet))


def test_questions_name_every_city_and_are_never_the_same(library) -> None:
    asked = questions(library)
    assert len(asked) == len(set(asked)) > 50
    assert all(any(city.name in text for text in asked) for city in library.cities.values())


def test_a_push_is_sealed_and_no_number_comes_twice(system: System) -> None:
    make = wechat_maker(system, ["甲", "乙"], 1)
    fields = [opened(system, make(n)) for n in range(4)]
    assert len({f["MsgId"] for f in fields}) == 4
    assert len({f["FromUserName"] for f in fields}) == 4
    assert [f["Content"] for f in fields] == ["甲", "乙", "甲", "乙"]
    assert urlsplit(make(9).split(b" ")[1].decode()).path == "/wechat"


def test_a_long_talk_comes_from_one_citizen(system: System) -> None:
    make = wechat_maker(system, ["甲"], LONG)
    assert {opened(system, make(n))["FromUserName"] for n in (0, 1, LONG - 1)} == {openid(0)}
    assert opened(system, make(LONG))["FromUserName"] == openid(1)


def test_the_stock_system_gets_the_same_question_and_what_our_action_needs() -> None:
    body = json.loads(rest_maker(["甲"], 1)(3).partition(b"\r\n\r\n")[2])
    assert (body["sender"], body["message"]) == (openid(3), "甲")
    assert {"raw", "now", "conversation"} <= set(body["metadata"])


def test_only_real_answers_are_counted(system: System) -> None:
    settings = system.settings
    envelope = Envelope(plain(settings.wechat_aes_key), settings.wechat_appid)
    answer = sealed("<xml><Content>好</Content></xml>", envelope, plain(settings.wechat_token), "1", "2")
    assert wechat_answers(system, [answer, b"success", answer]) == 2
    given = json.dumps([{"custom": {"outcome": {"kind": "answered"}}}]).encode()
    assert rest_answers([given, b"[]", b'[{"text": "x"}]']) == 1


def test_every_question_is_asked_for_the_first_time_before_the_crowds(library, monkeypatch) -> None:
    sent: list[bytes] = []

    async def load(_port, users, _seconds):
        sent.extend(request for requests in users for request in requests)
        return measure.Run(wall_s=1.0)

    monkeypatch.setattr(measure, "load", load)
    asked = questions(library)
    target = Target(1, lambda per_user: rest_maker(asked, per_user), rest_answers)
    measure.first_time(target, len(asked))
    said = [json.loads(request.partition(b"\r\n\r\n")[2])["message"] for request in sent]
    assert sorted(said) == sorted(asked)


def test_requests_are_never_made_twice() -> None:
    made: list[int] = []

    def maker(_: int):
        def make(number: int) -> bytes:
            made.append(number)
            return b""

        return make

    target = Target(1, maker, lambda bodies: len(bodies))
    target.requests(2, 3, 1)
    target.requests(1, 4, 1)
    assert made == list(range(10))
