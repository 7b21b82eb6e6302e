"""Replies to what is not text: subscribe, menu taps, codes scanned, locations, media.

Why this file exists: these need no classifier. Menu keys are the contract with ``bot/wechat/menu``.
"""

from __future__ import annotations

from collections.abc import Callable

from actions import choose, eligibility, handlers, topics, wording
from actions.answer import answer_at
from actions.contacts import contact_line, contact_words
from actions.outcome import Choice, Outcome, OutcomeKind
from actions.place import Place, city_name, covered_names
from actions.turn import Turn
from content.model import ContactPoint

_MEDIA = {
    "voice": "抱歉，我听不了语音。请打字告诉我，或用输入法的语音转文字再发来。",
    "image": "抱歉，我看不了图片。请把要问的文字打出来；需要人看，回复“人工”。",
    "video": "抱歉，我看不了视频。请打字告诉我您想问什么。",
    "link": "链接我不会打开。想让我帮您看是不是骗局，把里面的文字复制过来就行。",
    "file": "文件我不会打开，也请不要把证件、合同原件发到这里。请把要问的内容打成文字。",
    "sticker": "这个表情或消息类型我这边显示不出来，请打字告诉我您想问什么。",
    "unsupported": "这种消息我还看不懂，请打字告诉我您想问什么。",
}
_WELCOME = "您好，我是新市民助手，答公积金、租房、医保、社保、防骗、贷款这些事，每条都写明出处和核对日期。"
_SCANNED = "您好，欢迎从{name}过来。{what}"
_NO_CONTENT = "{place}还没有收录当地的规定。目前收录的是{cities}。全国统一的部分我照样能答。"
_AT = "收到您的位置，您在{city}。以后先按{city}给您查。"
_NEAR = "离您近的网点：{lines}"
TOPIC_KEYS = ("housing_fund", "medical", "rental", "small_business_loan", "pension", "wages")


def media(kind: str) -> Outcome:
    """A helpful sentence for something that cannot be read."""
    return Outcome(OutcomeKind.NOT_UNDERSTOOD, _MEDIA.get(kind, _MEDIA["unsupported"]))


def welcome(turn: Turn, scene: str = "") -> Outcome:
    """The first words after subscribing or scanning; a known branch's code is greeted by name."""
    branch = turn.library.contacts.get(scene)
    if branch is not None and branch.kind == "branch":
        if branch.scope in turn.library.cities:
            turn.conversation.city = branch.scope
        text = _SCANNED.format(name=branch.name, what=_WELCOME)
        return Outcome(OutcomeKind.CHITCHAT, text, choices=_start_choices(turn))
    return Outcome(OutcomeKind.CHITCHAT, f"{_WELCOME}您可以直接打字问。", choices=_start_choices(turn))


def _start_choices(turn: Turn) -> tuple[Choice, ...]:
    wanted = (
        "housing_fund.rent_withdrawal",
        "medical.offsite_medical_registration",
        "fraud.scam_message_check",
    )
    says = [turn.library.needs[n].say for n in wanted if n in turn.library.needs]
    return tuple(Choice(s) for s in [*says, "菜单"])


def menu(turn: Turn) -> Outcome:
    """The text menu: a numbered list of topics; works without Rasa."""
    topics = [t for t in turn.library.topics.values() if t.id in TOPIC_KEYS or t.id == "fraud"]
    says = [t.name for t in topics] + ["人工"]
    turn.conversation.pending = {"kind": "topics", "topics": [t.id for t in topics]}
    return Outcome(
        OutcomeKind.CHITCHAT,
        "请选一个，或直接打字问：",
        choices=tuple(Choice(s) for s in says),
        asks="choice",
    )


def _contacts(turn: Turn) -> Outcome:
    """Contact points as text: hand-off itself is only possible from a message (PROTOCOL 0.10)."""
    wanted = ("government_hotline", "fund_hotline", "medical_hotline", "hr_hotline", "bank_complaint_hotline")
    known = [turn.library.contacts[c] for c in wanted if c in turn.library.contacts]
    lines = [f"{contact_words(c)}：{c.purpose}" for c in known]
    hours = f"要找我们的人工，请发“人工”两个字，服务时间{turn.service.hours_text}。"
    return Outcome(OutcomeKind.ANSWERED, "\n".join([*lines, hours]), need="contact.hotline_number")


def _city(turn: Turn) -> Outcome:
    choices = tuple(Choice(f"我在{c.name}") for c in turn.library.cities.values())
    return Outcome(OutcomeKind.NEEDS_CITY, "请选您所在的城市，也可以发送位置：", choices=choices, asks="city")


def _need(need: str) -> Callable[[Turn], Outcome]:
    return lambda turn: handlers.handle(turn, need, 1.0)


CLICKS: dict[str, Callable[[Turn], Outcome]] = {
    "HUMAN": _contacts,
    "CONTACTS": _contacts,
    "CITY": _city,
    "MENU": menu,
    "FRAUD": _need("fraud.scam_victim_urgent"),
    "CHECK_MESSAGE": _need("fraud.scam_message_check"),
    "PRIVACY": _need("privacy.privacy_query"),
}
"""Menu keys with their own reply; a topic id or a need id is a key as well."""


def click(turn: Turn, key: str) -> Outcome:
    """The reply to a menu tap; an unknown key (an old menu on a phone) shows the menu."""
    if key in CLICKS:
        return CLICKS[key](turn)
    if key in turn.library.topics:
        return topics.listed(turn, key)
    if key in turn.library.needs:
        return handlers.handle(turn, key, 1.0)
    return menu(turn)


def location(turn: Turn, lat: float, lon: float, label: str) -> Outcome:
    """Set the city from a location and name contact points; another place is declined by name."""
    city = turn.library.city_named(label) if label else None
    other = turn.library.other_place_named(label) if label and city is None else ""
    if city is None and not other:
        city = turn.library.city_at(lat, lon)
    if city is None:
        place = other or "您所在的地方"
        pending = turn.conversation.pending
        if pending.get("kind") == "city" and other:
            turn.conversation.pending = {}
            return answer_at(turn, pending["need"], Place(other=other), pending.get("aspect", ""))
        text = _NO_CONTENT.format(place=place, cities=covered_names(turn))
        return Outcome(OutcomeKind.CITY_NOT_COVERED, text, choices=(Choice("菜单"),))
    turn.conversation.city = city.id
    at = _AT.format(city=city_name(turn, city.id))
    waiting = _waiting(turn, city.id, at)
    if waiting is not None:
        return waiting
    lines = [at]
    near = turn.library.branches_near(lat, lon, 3)
    if near:
        lines.append(_NEAR.format(lines="；".join(_branch(b, km) for b, km in near)))
    else:
        lines.append(contact_line(turn.library.contacts_for("contact.branch_location", city.id)))
    need = turn.conversation.need
    if need in turn.library.needs and turn.library.needs[need].handler == "answer":
        lines.append(f"刚才的“{turn.library.needs[need].say}”，要按{city.name}再查一遍，点一下：")
        choices = (Choice(turn.library.needs[need].say),)
    else:
        choices = (Choice("菜单"),)
    return Outcome(OutcomeKind.ANSWERED, "\n".join(filter(None, lines)), city=city.id, choices=choices)


def _waiting(turn: Turn, city: str, at: str) -> Outcome | None:
    """What waited for the city goes on with it: a question of ours, or the form under way."""
    state, pending = turn.conversation.check, turn.conversation.pending
    check = turn.library.checks.get(state.get("id", ""))
    if check is not None and state.get("open"):
        other = choose.check_of(turn, check.need, city) or check
        if other.id == check.id:
            return eligibility.ask(turn, check, turn.library.questions[state["asked"]], lead=at)
        return eligibility.start(turn, other, lead="\n".join(filter(None, [at, other.intro])))
    if pending.get("kind") != "city":
        return None
    turn.conversation.pending = {}
    outcome = handlers.handle(turn, pending["need"], 1.0)
    outcome.text = f"{at}\n{outcome.text}"
    return outcome


def _branch(branch: ContactPoint, km: float) -> str:
    parts = [branch.name, branch.address, branch.number, branch.hours, f"约{km:.1f}公里"]
    return "，".join(filter(None, parts))


def empty() -> Outcome:
    """A message without words."""
    return Outcome(OutcomeKind.NOT_UNDERSTOOD, wording.EMPTY)
