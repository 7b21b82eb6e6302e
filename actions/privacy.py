"""What is kept of a citizen, and its deletion: said in chat, confirmed once, then really gone."""

from __future__ import annotations

import re

from actions import phrases, sentence, wording
from actions.outcome import Choice, Outcome, OutcomeKind
from actions.place import city_name
from actions.turn import Conversation, Turn

_KEPT = (
    "我记着的只有：{items}。最多保留{days}天，号码类的内容会先遮住再保存。"
    "您回复“删除我的数据”，我就全部删掉。"
)
_NOTHING = "您的城市和办事情况，我现在都没有记。"
_ASK = "删除后，我会忘掉您的城市、问过的事、测一测里的回答，人工工单里的对话也会一并删掉。确定要删吗？"
_DONE = "已经删除。之后您再来问，我会当作第一次见面。"
_KEEP = "好的，没有删除，一切照旧。"
_OFFERS = re.compile(
    r"(?:身份证|卡号|银行卡|密码|验证码|社保卡).{0,4}(?:发|给|报|说|告诉)(?:给)?(?:你|您)(?!们)"
    r"|(?:发|给|报)(?:你|您)(?:我的)?(?:身份证|卡号|密码|验证码)"
)
_MARK = re.compile(r"【[^】]{2,6}】")
_AROUND_NUMBER = re.compile(r"身份证|银行卡|社保卡|手机|电话|卡|号码?|证件|我|的|是|这|给|[\s:：,，。.]")
_CONFIRMS = re.compile(r"^(?:嗯|对|是|好|行|可以)?[的了吧,，。 ]*(?:确定|确认|都?删|全删|全部删)(?!.{0,3}不)")


def offers_number(text: str) -> bool:
    """Whether a personal number is offered to us (身份证号给你行不)."""
    return bool(_OFFERS.search(text))


def only_number(turn: Turn) -> bool:
    """Whether nothing but a number of somebody was sent, now masked."""
    rest = _AROUND_NUMBER.sub("", _MARK.sub("", turn.raw))
    return turn.masked and len(rest) <= 1


def no_numbers() -> Outcome:
    """We want no number of anybody."""
    return Outcome(OutcomeKind.ANSWERED, wording.NO_NUMBERS, need="privacy.privacy_query")


def handle(turn: Turn, need: str) -> Outcome:
    """Say what is kept, or ask for the one confirmation before deleting."""
    if need == "privacy.delete_data":
        turn.conversation.pending = {"kind": "delete"}
        choices = (Choice("确定删除"), Choice("不删了"))
        return Outcome(OutcomeKind.ANSWERED, _ASK, choices=choices, need=need, asks="confirm_delete")
    text = _KEPT.format(items=_items(turn), days=turn.service.retention_days)
    return Outcome(OutcomeKind.ANSWERED, text, need=need, choices=(Choice("删除我的数据"),))


def _items(turn: Turn) -> str:
    talk = turn.conversation
    items = []
    if talk.city:
        items.append(f"您的城市（{city_name(turn, talk.city)}）")
    if talk.need in turn.library.needs:
        items.append(f"最近问的事（{turn.library.needs[talk.need].say}）")
    if talk.facts:
        asked = [turn.library.questions[f].label for f in talk.facts if f in turn.library.questions]
        items.append(f"测一测里的回答（{'、'.join(asked)}）" if asked else "测一测里的回答")
    items.append("近期的对话文字" if items else "近期的对话文字，还没有城市和办事情况")
    return "、".join(items)


def confirm(turn: Turn) -> Outcome | None:
    """The confirmed deletion empties the conversation and asks the store to delete the rest."""
    text = turn.text.strip()
    if _CONFIRMS.match(text) or phrases.is_yes(text) or phrases.is_yes(sentence.head(text)):
        turn.conversation = Conversation()
        effect = {"do": "delete_data"}
        return Outcome(OutcomeKind.ANSWERED, _DONE, need="privacy.delete_data", effects=(effect,))
    if phrases.is_no(text) or "不删" in text:
        return Outcome(OutcomeKind.ANSWERED, _KEEP, need="privacy.delete_data")
    return None
