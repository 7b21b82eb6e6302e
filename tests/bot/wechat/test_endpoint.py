"""What reaches us from the internet: checks in order, modes, keys, hostile XML, and what is logged of it."""

from __future__ import annotations

import asyncio
import io
import time
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.logging import configure
from bot.wechat.course import LOGGED_S
from bot.wechat.envelope import Envelope
from bot.wechat.signature import sign
from tests.support.channel import KEY, OLD_KEY, Channel, Got, event_xml, message_xml, text_xml

ALI = "oAli0000000000000000000000001"
MARK = "天王盖地虎宝塔镇河妖"


@pytest.fixture
def logs() -> Iterator[io.StringIO]:
    """Everything any logger writes, as the processes would write it."""
    stream = io.StringIO()
    configure("DEBUG", json_lines=True, stream=stream)
    yield stream
    configure("INFO")


async def test_the_url_check_echoes_plain_text(open_channel: Any) -> None:
    channel = open_channel()
    got = await channel.request("GET", channel.query(echostr="<script>1</script>"))
    assert got.body == b"<script>1</script>"
    assert got.headers["content-type"].startswith("text/plain")
    assert got.headers["x-content-type-options"] == "nosniff"


@pytest.mark.parametrize(
    "change",
    [
        {"signature": "0" * 40}, {"signature": None}, {"timestamp": None}, {"nonce": None},
        {"timestamp": str(int(time.time()) - 3600)}, {"timestamp": "9" * 30}, {"timestamp": "²"},
    ],
)  # fmt: skip
async def test_what_our_token_did_not_sign_now_is_refused(open_channel: Any, change: dict[str, Any]) -> None:
    channel = open_channel()
    query = {k: v for k, v in {**channel.query(echostr="1"), **change}.items() if v is not None}
    got = await channel.request("GET", query)
    assert got.status == 403
    assert got.body == b""


async def test_a_forged_request_is_refused_before_its_body_is_read(open_channel: Any) -> None:
    channel = open_channel()

    async def receive() -> Any:
        raise AssertionError("the body was read")

    sent: list[Any] = []

    async def send(event: Any) -> None:
        sent.append(event)

    scope = {
        "type": "http",
        "method": "POST",
        "headers": [],
        "query_string": b"signature=1&timestamp=1&nonce=1",
    }
    await channel.endpoint(scope, receive, send)
    assert sent[0]["status"] == 403


async def test_a_hundred_forged_requests_leave_no_log_line(open_channel: Any, logs: io.StringIO) -> None:
    channel = open_channel()
    for _ in range(100):
        assert (
            await channel.request("POST", {"signature": "0" * 40, "timestamp": "1", "nonce": "x"})
        ).status == 403
    assert logs.getvalue() == ""
    assert channel.gateway.counts["refused_403"] == 100


async def test_a_repeated_parameter_is_refused(open_channel: Any) -> None:
    channel = open_channel()
    scope_query = "&".join(f"{k}={v}" for k, v in channel.query(echostr="1").items()) + "&nonce=2"
    got = await raw_query(channel, scope_query.encode())
    assert got == 403


async def raw_query(channel: Channel, query: bytes) -> int:
    sent: list[Any] = []

    async def send(event: Any) -> None:
        sent.append(event)

    async def receive() -> Any:
        return {"type": "http.request", "body": b"", "more_body": False}

    await channel.endpoint(
        {"type": "http", "method": "GET", "headers": [], "query_string": query}, receive, send
    )
    return int(sent[0]["status"])


@pytest.mark.parametrize("declared", [True, False])
async def test_a_body_over_64_kib_is_refused(open_channel: Any, declared: bool) -> None:
    channel = open_channel(mode="plain")
    headers = [(b"content-length", b"70000")] if declared else []
    got = await channel.request("POST", channel.query(), b"x" * 70000, headers)
    assert got.status == 413


@pytest.mark.parametrize("method", ["DELETE", "PUT", "HEAD", "OPTIONS"])
async def test_other_methods_are_refused(open_channel: Any, method: str) -> None:
    channel = open_channel()
    assert (await channel.request(method, channel.query())).status == 405


@pytest.mark.parametrize("mode", ["safe", "compatible", "plain"])
async def test_every_mode_answers_in_its_own_format(open_channel: Any, mode: str) -> None:
    channel = open_channel(mode=mode)
    got = await channel.push(text_xml(ALI, "公积金"))
    assert got.sees == "回声1：公积金"
    assert (b"<Encrypt>" in got.body) == (mode != "plain")


async def test_safe_mode_refuses_a_plain_message_with_a_right_url_signature(open_channel: Any) -> None:
    channel = open_channel()
    got = await channel.request("POST", channel.query(), text_xml(ALI, "伪造").encode())
    assert got.status in (400, 403)
    assert channel.assistant.heard == []


async def test_the_url_signature_is_no_message_signature(open_channel: Any) -> None:
    channel = open_channel()
    query = channel.query()
    got = await channel.push(
        text_xml(ALI, "hi"), signature=query["signature"], timestamp=query["timestamp"], nonce=query["nonce"],
        msg_signature=query["signature"],
    )  # fmt: skip
    assert got.status == 403


async def test_the_previous_key_still_opens_and_seals_its_own_reply(open_channel: Any) -> None:
    channel = open_channel(aes_keys=(KEY, OLD_KEY))
    assert (await channel.push(text_xml(ALI, "旧钥"), key=OLD_KEY)).sees == "回声1：旧钥"
    assert (await channel.push(text_xml(ALI, "新钥"), key=KEY)).sees == "回声2：新钥"


async def test_retries_repeat_their_nonce_and_are_accepted(open_channel: Any) -> None:
    channel = open_channel()
    query = channel.query()
    fixed = {k: query[k] for k in ("timestamp", "nonce", "signature")}
    xml = text_xml(ALI, "同一个")
    assert [(await channel.push(xml, **fixed)).sees for _ in range(3)] == ["回声1：同一个"] * 3


async def test_a_message_for_another_account_is_acknowledged_only(open_channel: Any) -> None:
    channel = open_channel(account="gh_somebody_else")
    assert (await channel.push(text_xml(ALI, "公积金"))).body == b"success"
    assert channel.assistant.heard == []
    assert channel.gateway.counts["other_account"] == 1


async def test_markup_in_a_text_cannot_break_out_of_the_reply(open_channel: Any) -> None:
    channel = open_channel(mode="plain")
    body = text_xml(ALI, "a]]]]><![CDATA[></Content><MsgType>image</MsgType>")
    got = await channel.push(body)
    assert got.reply["MsgType"] == "text"


async def test_control_characters_are_dropped_and_the_rest_answered(open_channel: Any) -> None:
    channel = open_channel()
    assert (await channel.push(text_xml(ALI, "公\x1d积\x00金\ufffe"))).sees == "回声1：公积金"


PLACE = "<Location_X>30.66</Location_X><Location_Y>104.06</Location_Y><Label>成都</Label>"
SCANNED = "<ScanCodeInfo><ScanResult>branch_7</ScanResult></ScanCodeInfo>"
PIECES = [b"]]>", b"<a>", b"&#0;", b"</xml>", b"<![CDATA["]
HOSTILE = [
    '<!DOCTYPE x SYSTEM "http://127.0.0.1:9/x.dtd"><xml/>',
    '<?xml version="1.0"?><!DOCTYPE l [<!ENTITY a "b">]><xml><Content>&a;</Content></xml>',
    "<xml>" + "<a>" * 5000 + "</a>" * 5000 + "</xml>",
    "<xml>" + "<a></a>" * 500 + "</xml>",
    "<xml><MsgType>text</MsgType><MsgType>event</MsgType></xml>",
    "<xml/>", "", "{}", "<xml", "\ufeff", "<html></html>",
]  # fmt: skip


@pytest.mark.parametrize("xml", HOSTILE)
async def test_hostile_xml_is_acknowledged_and_answered_by_nobody(open_channel: Any, xml: str) -> None:
    channel = open_channel()
    got = await channel.push(xml)
    assert (got.status, got.body) == (200, b"success")
    assert channel.assistant.heard == []


@pytest.mark.parametrize("openid", ["../../etc/passwd", "*:o';DROP TABLE inbox;--", "", "o" * 65, "张三"])
async def test_an_impossible_sender_is_never_used(open_channel: Any, openid: str) -> None:
    channel = open_channel()
    assert (await channel.push(text_xml(openid, "hi"))).body == b"success"
    assert channel.rows("SELECT count(*) FROM inbox") == [(0,)]


ACK_ONLY = [
    "unsubscribe", "LOCATION", "VIEW", "view_miniprogram", "TEMPLATESENDJOBFINISH", "MASSSENDJOBFINISH",
    "kf_create_session", "kf_close_session", "kf_switch_session", "subscribe_msg_popup_event",
    "subscribe_msg_change_event", "subscribe_msg_sent_event", "user_info_modified",
    "user_authorization_revoke",
    "user_authorization_cancellation", "annual_renew", "debug_demo", "PUBLISHJOBFINISH", "nobody_knows_this",
]  # fmt: skip


@pytest.mark.parametrize("event", ACK_ONLY)
async def test_events_that_take_no_reply_get_none(open_channel: Any, event: str) -> None:
    channel = open_channel()
    assert (await channel.push(event_xml(ALI, event, "x"))).body == b"success"
    assert channel.rows("SELECT count(*) FROM inbox") == [(0,)]


KINDS = [
    (message_xml(ALI, "image", "<PicUrl>http://x</PicUrl>"), "image", {}),
    (message_xml(ALI, "voice", "<Recognition></Recognition>"), "voice", {}),
    (message_xml(ALI, "voice", "<Recognition>公积金</Recognition>"), "text", {"text": "公积金"}),
    (message_xml(ALI, "video"), "video", {}),
    (message_xml(ALI, "shortvideo"), "video", {}),
    (message_xml(ALI, "link", "<Url>http://x</Url>"), "link", {}),
    (message_xml(ALI, "file"), "file", {}),
    (message_xml(ALI, "hologram"), "unsupported", {}),
    (text_xml(ALI, "【收到不支持的消息类型，暂无法显示】"), "sticker", {}),
    (text_xml(ALI, "　 "), "unsupported", {}),
    (
        message_xml(ALI, "location", PLACE),
        "location", {"lat": 30.66, "lon": 104.06, "label": "成都"},
    ),
    (message_xml(ALI, "location", "<Location_X>1e9</Location_X>"), "location", {"lat": None}),
    (event_xml(ALI, "CLICK", "MENU"), "click", {"key": "MENU"}),
    (event_xml(ALI, "SCAN", "branch_7"), "scan", {"scene": "branch_7"}),
    (event_xml(ALI, "subscribe", "qrscene_branch_7"), "subscribe", {"scene": "branch_7"}),
    (event_xml(ALI, "subscribe"), "subscribe", {"scene": ""}),
    (
        event_xml(ALI, "scancode_waitmsg", "6", SCANNED),
        "scan", {"scene": "branch_7"},
    ),
]  # fmt: skip


@pytest.mark.parametrize(("xml", "kind", "fields"), KINDS)
async def test_every_kind_becomes_its_inbound_and_is_answered(
    open_channel: Any, xml: str, kind: str, fields: dict[str, Any]
) -> None:
    channel = open_channel()
    got = await channel.push(xml)
    assert got.sees
    (heard,) = channel.assistant.heard
    assert heard.kind == kind
    assert {k: getattr(heard, k) for k in fields} == fields


async def test_personal_numbers_are_masked_before_anything_is_stored(open_channel: Any) -> None:
    channel = open_channel()
    await channel.push(text_xml(ALI, "我的身份证11010519491231002X能贷款吗"))
    everything = [channel.rows(f"SELECT * FROM {t}") for t in ("inbox", "turns", "conversations", "outbox")]
    assert "11010519491231002X" not in str(everything)
    assert "11010519491231002X" not in channel.assistant.heard[0].text


async def test_no_log_holds_the_text_or_the_openid(open_channel: Any, logs: io.StringIO) -> None:
    channel = open_channel(budget_s=0.2)
    for text in (MARK, f"慢0.3{MARK}", "崩", f"{MARK}]]>"):
        await channel.push(text_xml(ALI, text))
    await channel.push(f"<xml><Content>{MARK}")
    await channel.until(lambda: '"outcome": "answered"' in logs.getvalue())
    await asyncio.sleep(2 * LOGGED_S)
    await channel.close()
    written = logs.getvalue()
    assert MARK not in written
    assert ALI not in written


async def test_a_bug_of_ours_still_gets_success_and_a_log_line_with_its_place(
    open_channel: Any, logs: io.StringIO, monkeypatch: pytest.MonkeyPatch
) -> None:
    channel = open_channel()

    async def broken(*_: Any) -> None:
        raise KeyError(MARK)

    monkeypatch.setattr(channel.gateway, "answer", broken)
    got = await channel.push(text_xml(ALI, MARK))
    assert (got.status, got.body) == (200, b"success")
    assert "KeyError" in logs.getvalue()
    assert MARK not in logs.getvalue()


def allowed(got: Got) -> bool:
    return got.status in (200, 400, 403, 413)


FUZZ = settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture], database=None
)


@FUZZ
@given(st.binary(max_size=600))
async def test_any_signed_bytes_never_give_a_server_error(open_channel: Any, raw: bytes) -> None:
    for mode in ("safe", "plain"):
        channel = open_channel(mode=mode, owner=f"test.{mode}.1.1")
        assert allowed(await channel.push(raw))
        assert allowed(await channel.request("POST", channel.query(), raw))
        assert channel.gateway.counts["bugs"] == 0


@FUZZ
@given(st.data())
async def test_mutated_messages_never_give_a_server_error_or_a_logged_text(
    open_channel: Any, logs: io.StringIO, data: st.DataObject
) -> None:
    xml = data.draw(st.sampled_from([text_xml(ALI, MARK), *[k[0] for k in KINDS]])).encode()
    at = data.draw(st.integers(0, len(xml)))
    cut = data.draw(st.integers(0, 40))
    piece = data.draw(st.one_of(st.binary(max_size=12), st.sampled_from(PIECES)))
    channel = open_channel(mode="plain")
    got = await channel.push(xml[:at] + piece + xml[at + cut :])
    assert allowed(got)
    assert channel.gateway.counts["bugs"] == 0
    assert MARK not in logs.getvalue()


def test_official_samples_are_reproduced() -> None:
    envelope = Envelope("A" * 43, "wxba5fad812f8e6fb9")
    packet = envelope.seal(b'{"demo_resp":"good luck"}', b"707722b803182950")
    assert (
        packet == "ELGduP2YcVatjqIS+eZbp80MNLoAUWvzzyJxgGzxZO/5sAvd070Bs6qrLARC9nVHm48Y4hyRbtzve1L32tmxSQ=="
    )
    assert sign("AAAAA", "1713424427", "415670741", packet) == "1b9339964ed2e271e7c7b6ff2b0ef902fc94dea1"
    assert sign("AAAAA", "1714037059", "486452656") == "899cf89e464efb63f54ddac96b0a0a235f53aa78"
