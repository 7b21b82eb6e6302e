"""The platform's half of the protocol."""

from __future__ import annotations

from urllib.parse import parse_qs

import pytest

from bot.pages.platform import Platform, event_push, new_message_id, text_push
from bot.settings import plain
from bot.wechat.envelope import BadEnvelope, Envelope
from bot.wechat.reply import sealed
from bot.wechat.signature import sign
from bot.wechat.xmlcheck import read_xml


def test_a_text_push_cannot_be_broken_out_of() -> None:
    fields = read_xml(text_push("o" * 28, "a]]></Content><MsgType>x", "1").encode())
    assert fields["Content"] == "a]]></Content><MsgType>x"
    assert fields["MsgType"] == "text"


def test_an_event_push_has_no_message_number() -> None:
    fields = read_xml(event_push("o" * 28, "CLICK", "menu_1").encode())
    assert (fields["Event"], fields["EventKey"]) == ("CLICK", "menu_1")
    assert "MsgId" not in fields


def test_message_numbers_are_long_and_new() -> None:
    numbers = {new_message_id() for _ in range(100)}
    assert len(numbers) == 100
    assert all(17 <= len(number) <= 19 for number in numbers)


def test_a_push_in_safe_mode_is_sealed_and_signed(services_with) -> None:
    settings = services_with().settings
    push = Platform(settings).push(text_push("o" * 28, "公积金", "1"))
    query = {k: v[0] for k, v in parse_qs(push.query).items()}
    packet = read_xml(push.body)["Encrypt"]
    token = plain(settings.wechat_token)
    assert "公积金".encode() not in push.body
    assert query["msg_signature"] == sign(token, query["timestamp"], query["nonce"], packet)
    inside = Envelope(plain(settings.wechat_aes_key), settings.wechat_appid).open(packet)
    assert read_xml(inside)["Content"] == "公积金"


def test_a_push_in_plain_mode_is_readable(services_with) -> None:
    push = Platform(services_with(WECHAT_MODE="plain").settings).push(text_push("o" * 28, "公积金", "1"))
    assert read_xml(push.body)["Content"] == "公积金"
    assert "encrypt_type" not in push.query


@pytest.mark.parametrize("body", [b"", b"success"])
def test_an_acknowledgement_has_no_fields(services_with, body: bytes) -> None:
    assert Platform(services_with().settings).open(body) == {}


def test_a_sealed_reply_is_opened(services_with) -> None:
    settings = services_with().settings
    envelope = Envelope(plain(settings.wechat_aes_key), settings.wechat_appid)
    xml = "<xml><MsgType>text</MsgType><Content>好</Content></xml>"
    body = sealed(xml, envelope, plain(settings.wechat_token), "1714036504", "42")
    assert Platform(settings).open(body)["Content"] == "好"


def test_a_reply_with_a_wrong_signature_is_refused(services_with) -> None:
    settings = services_with().settings
    envelope = Envelope(plain(settings.wechat_aes_key), settings.wechat_appid)
    with pytest.raises(ValueError, match="signature"):
        Platform(settings).open(sealed("<xml><A>1</A></xml>", envelope, "anothertoken", "1714036504", "42"))


def test_a_reply_for_another_account_is_refused(services_with) -> None:
    settings = services_with().settings
    envelope = Envelope(plain(settings.wechat_aes_key), "wxanother")
    body = sealed("<xml><A>1</A></xml>", envelope, plain(settings.wechat_token), "1714036504", "42")
    with pytest.raises(BadEnvelope):
        Platform(settings).open(body)


def test_a_plain_reply_in_safe_mode_is_refused(services_with) -> None:
    with pytest.raises(ValueError, match="sealed"):
        Platform(services_with().settings).open(b"<xml><Content>1</Content></xml>")
