"""Further cases of PROTOCOL 1.4 and 1.5: odd messages and events, repetitions, leaving, replies."""

from __future__ import annotations

import time
from typing import Any

import pytest

from bot.wechat.reply import cdata
from tests.support.channel import APPID, GH, Channel, event_xml, text_xml

ALI, BO = "oAli0000000000000000000000001", "oBo00000000000000000000000002"
MODES = ["safe", "compatible", "plain"]
PUSHED = (
    "<SendPicsInfo><Count>1</Count><PicList><item><PicMd5Sum>1b5f</PicMd5Sum></item></PicList></SendPicsInfo>"
)
PLACED = "<SendLocationInfo><Location_X>30.6</Location_X><Location_Y>104.0</Location_Y></SendLocationInfo>"


def raw(openid: str, kind: str, inner: str) -> str:
    """A push with everything but what ``inner`` leaves out."""
    head = f"<ToUserName>{GH}</ToUserName><FromUserName>{openid}</FromUserName>"
    return f"<xml>{head}<CreateTime>{int(time.time())}</CreateTime><MsgType>{kind}</MsgType>{inner}</xml>"


# ---- what is the same message, and what is not


@pytest.mark.parametrize(
    "number", ["", "<MsgId></MsgId>", "<MsgId>0</MsgId>", "<MsgId>-7</MsgId>", "<MsgId>１２</MsgId>"]
)
async def test_messages_without_a_usable_number_are_told_apart_by_what_they_say(
    channel: Channel, number: str
) -> None:
    one, two = (raw(ALI, "text", f"<Content>{t}</Content>{number}") for t in ("甲", "乙"))
    seen = [(await channel.push(xml)).sees for xml in (one, one, two)]
    assert seen == ["回声1：甲", "回声1：甲", "回声2：乙"]


async def test_two_places_without_numbers_in_one_second_are_two(channel: Channel) -> None:
    for lat in ("30.6", "31.6"):
        await channel.push(
            raw(ALI, "location", f"<Location_X>{lat}</Location_X><Location_Y>104</Location_Y>")
        )
    assert [i.lat for i in channel.assistant.heard] == [30.6, 31.6]


async def test_a_number_is_the_same_with_zeros_before_it(channel: Channel) -> None:
    xml = text_xml(ALI, "甲", msgid="77")
    assert (await channel.push(xml)).sees == (await channel.push(xml.replace(">77<", ">0077<"))).sees
    assert len(channel.assistant.heard) == 1


async def test_a_number_beyond_64_bits_is_still_one_message(channel: Channel) -> None:
    xml = text_xml(ALI, "甲", msgid="9" * 40)
    assert [(await channel.push(xml)).sees for _ in range(2)] == ["回声1：甲"] * 2


async def test_an_event_with_a_key_of_8_kb_is_answered_once(channel: Channel) -> None:
    xml = event_xml(ALI, "CLICK", "钥" * 2700)
    assert (await channel.push(xml)).sees == (await channel.push(xml)).sees
    assert len(channel.assistant.heard) == 1


async def test_two_persons_clicking_in_the_same_second_are_both_answered(channel: Channel) -> None:
    now = int(time.time())
    assert all([(await channel.push(event_xml(who, "CLICK", "MENU", at=now))).sees for who in (ALI, BO)])


async def test_a_repeated_try_from_before_leaving_does_not_bring_the_person_back(channel: Channel) -> None:
    now = int(time.time())
    xml = text_xml(ALI, "公积金", at=now - 5)
    await channel.push(xml)
    await channel.push(event_xml(ALI, "unsubscribe", at=now))
    assert (await channel.push(xml)).body == b"success"
    assert channel.rows("SELECT count(*) FROM inbox") == [(0,)]
    assert channel.rows("SELECT count(*) FROM conversations") == [(0,)]


async def test_who_comes_back_at_once_is_answered_as_somebody_new(channel: Channel) -> None:
    now = int(time.time())
    await channel.push(text_xml(ALI, "一"))
    await channel.push(event_xml(ALI, "unsubscribe", at=now))
    assert (await channel.push(event_xml(ALI, "subscribe", at=now))).sees == "回声1：subscribe"
    assert (await channel.push(text_xml(ALI, "二", at=now))).sees == "回声2：二"


async def test_a_withdrawn_authorisation_names_the_person_in_a_field_of_its_own(channel: Channel) -> None:
    await channel.push(text_xml(ALI, "公积金"))
    told = f"<OpenID>{ALI}</OpenID><AppID>{APPID}</AppID><RevokeInfo>1</RevokeInfo>"
    assert (
        await channel.push(event_xml("oSystem", "user_authorization_revoke", extra=told))
    ).body == b"success"
    assert channel.rows("SELECT count(*) FROM conversations") == [(0,)]


@pytest.mark.parametrize("bad", ["", "../x", "o" * 65])
async def test_a_withdrawn_authorisation_for_nobody_deletes_nobody(channel: Channel, bad: str) -> None:
    await channel.push(text_xml(ALI, "公积金"))
    xml = event_xml("oSystem", "user_authorization_cancellation", extra=f"<OpenID>{bad}</OpenID>")
    assert (await channel.push(xml)).body == b"success"
    assert channel.rows("SELECT count(*) FROM conversations") == [(1,)]


# ---- what arrives

ACKNOWLEDGED = [
    *((event_xml(ALI, e, "6", PUSHED)) for e in ("pic_sysphoto", "pic_photo_or_album", "pic_weixin")),
    event_xml(ALI, "location_select", "6", PLACED),
    event_xml(ALI, "LOCATION", "", "<Latitude>30.6</Latitude><Longitude>104</Longitude>"),
    event_xml(ALI, "VIEW", "https://example.cn/?a=1&amp;b=2", "<MenuId>1</MenuId>"),
    event_xml(ALI, "TEMPLATESENDJOBFINISH", "", "<MsgID>200163840</MsgID><Status>failed:user block</Status>"),
    event_xml(ALI, "kf_switch_session", "", "<ToKfAccount>c@b</ToKfAccount>"),
    event_xml(ALI, "kf_close_session", "", "<KfAccount>a@b</KfAccount><CloseType>KF</CloseType>"),
    *(
        event_xml(ALI, e, "", "<CardId>p1</CardId><UserCardCode>1</UserCardCode>")
        for e in ("user_get_card", "user_consume_card", "card_pass_check", "user_pay_from_pay_cell")
    ),
    *(event_xml(ALI, e) for e in ("qualification_verify_success", "naming_verify_fail", "verify_expired")),
    event_xml(ALI, "user_info_modified", "", f"<OpenID>{ALI}</OpenID><RevokeInfo>2</RevokeInfo>"),
    event_xml(ALI, ""), raw(ALI, "event", ""), raw(ALI, "EVENT", "<Event> View </Event>"),
]  # fmt: skip


@pytest.mark.parametrize("xml", ACKNOWLEDGED)
async def test_what_takes_no_answer_is_acknowledged_and_not_kept(open_channel: Any, xml: str) -> None:
    channel = open_channel()
    await channel.push(text_xml(ALI, "先说一句"))
    assert (await channel.push(xml)).body == b"success"
    assert channel.rows("SELECT count(*) FROM inbox") == [(1,)]


@pytest.mark.parametrize(
    ("xml", "kind"),
    [
        (event_xml(ALI, "Subscribe"), "subscribe"), (event_xml(ALI, "scan", "7"), "scan"),
        (event_xml(ALI, "click", ""), "click"), (event_xml(ALI, "subscribe", "qrscene_"), "subscribe"),
        (event_xml(ALI, "subscribe", "last_trade_no_400363"), "subscribe"),
        (raw(ALI, "TEXT", "<Content> 公积金 </Content>"), "text"),
        (raw(ALI, "shortvideo", "<MediaId>m</MediaId><ThumbMediaId>t</ThumbMediaId>"), "video"),
        (raw(ALI, "voice", "<MediaId>m</MediaId><MediaId16K>n</MediaId16K>"), "voice"),
        (raw(ALI, "link", "<Title>t</Title><Url>http://127.0.0.1:9/</Url>"), "link"),
        (raw(ALI, "text", "<Content><a>x</a></Content>"), "unsupported"),
        (raw(ALI, "text", ""), "unsupported"),
        (raw(ALI, "miniprogrampage", "<Title>t</Title>"), "unsupported"),
        (raw(ALI, "location", "<Location_X>NaN</Location_X><Location_Y>1e308</Location_Y>"), "location"),
        (raw(ALI, "text", "<Content>满意</Content><bizmsgmenuid>101</bizmsgmenuid>"), "text"),
    ],
)  # fmt: skip
async def test_odd_but_possible_pushes_are_answered(open_channel: Any, xml: str, kind: str) -> None:
    channel = open_channel()
    assert (await channel.push(xml)).sees
    assert channel.assistant.heard[0].kind == kind
    assert channel.gateway.counts["bugs"] == 0


@pytest.mark.parametrize("at", ["99999999999999", "-1", "0", "1e9", "", "２０２６"])
async def test_an_absurd_time_is_no_reason_to_be_silent(open_channel: Any, at: str) -> None:
    channel = open_channel()
    xml = text_xml(ALI, "公积金").replace(f"<CreateTime>{int(time.time())}", f"<CreateTime>{at}")
    assert (await channel.push(xml)).sees == "回声1：公积金"


async def test_hand_off_by_a_menu_click_is_never_transferred(open_channel: Any) -> None:
    async def online() -> bool:
        return True

    channel = open_channel(course={"agents_online": online})
    got = await channel.push(event_xml(ALI, "CLICK", "转人工"))
    assert got.reply["MsgType"] == "text"


# ---- replies


@pytest.mark.parametrize("mode", MODES)
@pytest.mark.parametrize("said", ["a]]>b", "]]]]>>", "]]", "<xml>]]></xml>", "&amp;]]&gt;"])
async def test_no_text_breaks_out_of_its_reply(open_channel: Any, mode: str, said: str) -> None:
    channel = open_channel(mode=mode)
    got = await channel.push(raw(ALI, "text", f"<Content>{cdata(said)}</Content>"))
    shown = said.replace("<", "〈").replace(">", "〉")
    assert got.sees == f"回声1：{shown}"
    assert got.reply["MsgType"] == "text"
    assert got.reply["ToUserName"] == ALI
    assert got.reply["FromUserName"] == GH
