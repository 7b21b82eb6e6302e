"""Further cases of PROTOCOL 0, 1.2 and 1.3: bytes, sizes, methods, signatures and envelopes."""

from __future__ import annotations

import asyncio
import base64
import gzip
import time
from typing import Any

import pytest

from bot.wechat import endpoint as endpoint_module
from bot.wechat.envelope import Envelope
from bot.wechat.reply import cdata
from bot.wechat.signature import sign
from tests.support.channel import APPID, GH, KEY, OLD_KEY, Channel, Got, text_xml

ALI = "oAli0000000000000000000000001"
MODES = ["safe", "compatible", "plain"]


def raw(openid: str, kind: str, inner: str) -> str:
    """A push with everything but what ``inner`` leaves out."""
    head = f"<ToUserName>{GH}</ToUserName><FromUserName>{openid}</FromUserName>"
    return f"<xml>{head}<CreateTime>{int(time.time())}</CreateTime><MsgType>{kind}</MsgType>{inner}</xml>"


@pytest.mark.parametrize("mode", MODES)
@pytest.mark.parametrize(
    "dress",
    [
        lambda x: b"\xef\xbb\xbf" + x,
        lambda x: b"\n\n  " + x,
        lambda x: b'<?xml version="1.0" encoding="UTF-8"?>\n' + x,
        lambda x: b'<?xml version="1.0" encoding="gb2312" standalone="yes"?>' + x,
        lambda x: x + b"  \n\x00\x00",
        lambda x: x.replace(b"<xml>", b'<xml><?php echo 1; ?><!-- note --><Extra a="1"/>'),
        lambda x: x.replace(b"<Content>", b"<Content ><![CDATA[]]>"),
    ],
    ids=["bom", "space", "declared", "declared_gb2312", "trailing", "instruction", "empty_cdata"],
)
async def test_other_clothes_of_the_same_message_are_read(open_channel: Any, mode: str, dress: Any) -> None:
    channel = open_channel(mode=mode)
    assert (await channel.push(dress(text_xml(ALI, "公积金").encode()))).sees == "回声1：公积金"


@pytest.mark.parametrize("mode", MODES)
@pytest.mark.parametrize(
    "xml",
    [
        "<xmlish><MsgType>text</MsgType></xmlish>",
        text_xml(ALI, "甲") + text_xml(ALI, "乙"),
        text_xml(ALI, "甲").replace("<xml>", "<xml><MsgType>event</MsgType>"),
        text_xml(ALI, "甲").replace("</xml>", "<FromUserName>oOther</FromUserName></xml>"),
        raw(ALI, "text", "<Content>&#x1d;&#0;</Content>"),
        raw(ALI, "text", "<Content>&nbsp;</Content>"),
        "<!DOC\x00TYPE x [<!ENTITY a 'b'>]>" + text_xml(ALI, "甲"),
        '<!DOCTYPE xml [<!ENTITY % p SYSTEM "file:///etc/passwd"> %p;]>' + text_xml(ALI, "甲"),
        text_xml(ALI, "甲").encode("utf-16"),
        gzip.compress(text_xml(ALI, "甲").encode()),
        text_xml(ALI, "甲").replace("<xml>", "<xml><a><b><c><d><e><f><g/></f></e></d></c></b></a>"),
    ],
    ids=[
        "other_root", "two_roots", "two_types", "two_senders", "control_references", "unknown_entity",
        "hidden_doctype", "parameter_entity", "utf16", "gzip", "deep",
    ],
)  # fmt: skip
async def test_ambiguous_or_hostile_bytes_reach_nobody(
    open_channel: Any, mode: str, xml: str | bytes
) -> None:
    channel = open_channel(mode=mode)
    got = await channel.push(xml)
    assert (got.status, got.sees) in ((200, ""), (400, ""))
    assert channel.assistant.heard == []
    assert channel.gateway.counts["bugs"] == 0


@pytest.mark.parametrize("mode", MODES)
async def test_64_kib_are_read_and_one_byte_more_is_not(open_channel: Any, mode: str) -> None:
    channel = open_channel(mode=mode)
    body, query = sealed(channel, text_xml(ALI, "公积金").encode())
    whole = body + b" " * (64 * 1024 - len(body))
    assert (await channel.request("POST", query, whole)).status == 200
    assert len(channel.assistant.heard) == 1
    for declared in ([], None):
        assert (await channel.request("POST", query, whole + b" ", declared)).status == 413


@pytest.mark.parametrize("length", [b"-1", b"1e3", b"", "１".encode()])
async def test_a_length_that_is_no_number_is_refused(open_channel: Any, length: bytes) -> None:
    channel = open_channel()
    got = await channel.request("POST", channel.query(), b"x", [(b"content-length", length)])
    assert got.status == 413


def sealed(channel: Channel, xml: bytes, **changes: Any) -> tuple[bytes, dict[str, str]]:
    """Body and query of a push in the channel's mode."""
    if channel.config.mode == "plain":
        return xml, channel.query(**changes)
    packet = Envelope(KEY, APPID).seal(xml)
    body = f"<xml><ToUserName>{GH}</ToUserName><Encrypt>{cdata(packet)}</Encrypt></xml>"
    return body.encode(), channel.query(sealed=packet, **changes)


async def asgi(channel: Channel, query: dict[str, str], events: list[Any]) -> Got:
    """A request whose body comes in pieces; an event that is a number waits so many seconds."""
    from urllib.parse import urlencode

    sent: list[Any] = []

    async def receive() -> Any:
        event = events.pop(0) if events else {"type": "http.disconnect"}
        if not isinstance(event, dict):
            await asyncio.sleep(event)
            return await receive()
        return event

    async def send(event: Any) -> None:
        sent.append(event)

    scope = {"type": "http", "method": "POST", "headers": [], "query_string": urlencode(query).encode()}
    await channel.endpoint(scope, receive, send)
    return Got(sent[0]["status"], sent[1]["body"], {}, {})


async def test_a_chunked_body_is_put_together(open_channel: Any) -> None:
    channel = open_channel()
    body, query = sealed(channel, text_xml(ALI, "公积金").encode())
    pieces = [body[i : i + 7] for i in range(0, len(body), 7)]
    events = [{"type": "http.request", "body": p, "more_body": True} for p in pieces]
    got = await asgi(channel, query, [*events, {"type": "http.request", "body": b""}])
    assert b"<Encrypt>" in got.body


async def test_a_body_that_never_ends_is_cut_off(open_channel: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(endpoint_module, "DEADLINE_S", 0.1)
    channel = open_channel()
    piece = {"type": "http.request", "body": b"<", "more_body": True}
    got = await asgi(channel, channel.query(), [piece, 60])
    assert got.status == 408
    assert channel.gateway.counts["refused_408"] == 1


async def test_a_caller_that_hangs_up_in_the_middle_leaves_nothing(open_channel: Any) -> None:
    channel = open_channel()
    got = await asgi(channel, channel.query(), [{"type": "http.request", "body": b"<", "more_body": True}])
    assert got.status == 400
    assert channel.gateway.counts["bugs"] == 0


# ---- signature, window, methods


@pytest.mark.parametrize("mode", MODES)
async def test_the_url_check_echoes_in_every_mode(open_channel: Any, mode: str) -> None:
    channel = open_channel(mode=mode)
    assert (
        await channel.request("GET", channel.query(echostr="4375120948345356249"))
    ).body == b"4375120948345356249"
    assert (await channel.request("GET", channel.query())).status == 400


@pytest.mark.parametrize(("shift", "status"), [(-599, 200), (599, 200), (-602, 403), (602, 403), (3600, 403)])
async def test_the_window_is_ten_minutes_on_both_sides(open_channel: Any, shift: int, status: int) -> None:
    channel = open_channel(mode="plain")
    stamp = str(int(time.time()) + shift)
    got = await channel.push(
        text_xml(ALI, "公积金"), timestamp=stamp, nonce="7", signature=sign("simtoken", stamp, "7")
    )
    assert got.status == status


async def test_a_nonce_may_come_again_with_another_message(open_channel: Any) -> None:
    channel = open_channel()
    query = channel.query()
    same = {k: query[k] for k in ("timestamp", "nonce", "signature")}
    seen = [(await channel.push(text_xml(ALI, t), **same)).sees for t in ("甲", "乙")]
    assert seen == ["回声1：甲", "回声2：乙"]


@pytest.mark.parametrize("method", ["HEAD", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE"])
@pytest.mark.parametrize("mode", MODES)
async def test_signed_or_not_other_methods_are_refused(open_channel: Any, mode: str, method: str) -> None:
    channel = open_channel(mode=mode)
    body, query = sealed(channel, text_xml(ALI, "甲").encode())
    assert (await channel.request(method, query, body)).status == 405
    assert channel.assistant.heard == []


async def test_what_is_declared_as_raw_is_not_accepted_where_sealing_is_ours_to_demand(
    open_channel: Any,
) -> None:
    for mode in ("safe", "compatible"):
        channel = open_channel(mode=mode, owner=f"test.{mode}.1.1")
        got = await channel.request("POST", channel.query(encrypt_type="raw"), text_xml(ALI, "甲").encode())
        assert got.status in (400, 403)
        assert channel.assistant.heard == []


# ---- envelope


def packets() -> dict[str, str]:
    """Signed packets that do not open, each broken in another way."""
    good = Envelope(KEY, APPID).seal(text_xml(ALI, "甲").encode())
    data = bytearray(base64.b64decode(good))
    flipped = bytes([*data[:-1], data[-1] ^ 1])
    return {
        "other_account": Envelope(KEY, "wx_other").seal(b"<xml/>"),
        "longer_account": Envelope(KEY, APPID + "x").seal(b"<xml/>"),
        "other_key": Envelope(OLD_KEY, APPID).seal(b"<xml/>"),
        "padding": base64.b64encode(flipped).decode(),
        "half_block": base64.b64encode(data[:-5]).decode(),
        "one_block": base64.b64encode(data[:32]).decode(),
        "letters": "!" + good[1:],
        "url_letters": good.replace("+", "-").replace("/", "_") + "=",
    }


async def test_every_broken_envelope_looks_the_same_from_outside(open_channel: Any) -> None:
    channel = open_channel(aes_keys=(KEY, OLD_KEY.replace("B", "C", 1)))
    seen = set()
    for packet in packets().values():
        body = f"<xml><Encrypt>{cdata(packet)}</Encrypt></xml>".encode()
        got = await channel.request("POST", channel.query(sealed=packet), body)
        seen.add((got.status, got.body, tuple(sorted(got.headers.items()))))
    assert len(seen) == 1
    assert seen.pop()[0] == 403
    assert channel.assistant.heard == []


async def test_a_key_that_changes_between_two_tries_loses_and_doubles_nothing(
    open_channel: Any, database_url: str
) -> None:
    before = open_channel(database_url, aes_keys=(OLD_KEY,))
    xml = text_xml(ALI, "公积金")
    first = await before.push(xml, key=OLD_KEY)
    await before.close()
    after = open_channel(database_url, owner="test.after.1.1", aes_keys=(KEY, OLD_KEY))
    assert (await after.push(xml, key=OLD_KEY)).sees == first.sees
    assert (await after.push(xml, key=KEY)).sees == first.sees
    assert after.assistant.heard == []


async def test_the_envelope_of_a_reply_is_new_every_time(open_channel: Any) -> None:
    channel = open_channel()
    xml = text_xml(ALI, "公积金")
    assert (await channel.push(xml)).body != (await channel.push(xml)).body
