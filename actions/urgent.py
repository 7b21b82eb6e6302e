"""Fraud first: a victim or a transfer under way interrupts anything, at once, in 300 characters.

Why this file exists: order matters in the first minutes: stop, 110, the bank's line, evidence. The
words are blocks of ``content/fraud/steps.yml``; recovery is never promised.
"""

from __future__ import annotations

import re
from functools import lru_cache

from actions import after_fraud, before_paying, message_check, panic, scams
from actions.after_fraud import UNDER_WAY, VICTIM
from actions.alarm import Alarm, Situation
from actions.message_check import find
from actions.outcome import Choice, Outcome, OutcomeKind
from actions.thresholds import load_thresholds
from actions.turn import Turn
from content.find import Library

_PLAIN = frozenset(
    {"scam_word", "victim", "screen", "recovery", "robbed", "hindsight_strong", "impostor_hint", "scary"}
    | {"card_handed_over"}
)
"""Groups of words that speak of fraud itself: a rule with one of them needs no second opinion."""
CALM = 0.03
"""Share of the urgent needs below which a doubtful alarm is none; the lowest true one measured had 0.23."""
_NOT_YET = {"about_to_pay", "secret_given"}
_UNDER_WAY = {"screen_or_call", "about_to_pay", "recovery_offer"}
_READ_OUT = re.compile(r"(念|报|说|发|告诉|给)(给|出去)?(他|她|它|对方|客服|人家)|让我.{0,6}(念|报|说|发)")
_OPINION = re.compile(
    r"靠谱|正规|可信|真的假的|是真是假|是不是(骗|诈|套路)|骗人的|骗局|真有这|能信|[干做]得[不吗]|诈吗"
)
_NOW = re.compile(r"现在|正在|电话|刚|立刻|还没挂|等着|催|急|已经|[给了]了|了[,，。 ]|了$")
"""A second opinion on an offer is answered with its signs, unless it is happening at this moment."""
_FILLED_IN = re.compile(
    r"(点|填|输|扫|下载|装|登)(了|进|开|过|上)|(身份证|卡号|密码|验证码).{0,4}(填|输|给|说)(了|过)"
)
_DONE = r"(?:给)?(?:他|她|对方)?(?:了|完了|过去了|出去了)(?!吗|没|怎么会)"
_JUST = r"(?:我|钱|已经|刚刚?|刚才|都|还是|又|就|后来|最后)*"
_AFTER_ALL = (
    ("just_paid", re.compile(rf"^{_JUST}(?:转|交|付|打|汇|给|充|垫|投){_DONE}")),
    ("secret_given", re.compile(rf"^{_JUST}(?:发|说|念|告诉|报|填|输){_DONE}")),
)
_NUMBER = r"[0-9一二两三四五六七八九十几][0-9一二两三四五六七八九十百千万]*"
_TO_PAY = re.compile(rf"^.{{0,8}}(?:垫|交|转|付|打|充|投)(?:了)?{_NUMBER}.{{0,4}}$")
_MONEY = re.compile(r"钱|转|汇|付|扣|万|块|元|没了|少了")
_CODE_SCAM = "这很像诈骗：验证码谁要都不能给，客服、银行、警察都不会要。请马上挂断，自己打{bank}核实。"


@lru_cache(maxsize=2)
def alarm(library: Library) -> Alarm:
    """The urgent rules of a content version, compiled once."""
    return Alarm(library.fraud["urgent"])


def step(turn: Turn) -> Outcome | None:
    """Recognise an emergency before anything else."""
    if _pasted_only(turn.raw):
        return None
    rung = _rung(turn)
    if rung is None:
        return _read_code(turn)
    found, rule = rung
    return None if _may_be_calm(turn, rule) else _steps_of(turn, found)


def _rung(turn: Turn) -> tuple[Situation, list[str]] | None:
    """The situation that the rules see in the message, with the rule."""
    bell = alarm(turn.library)
    return bell.reason(bell.hits(turn.raw))


def _steps_of(turn: Turn, found: Situation) -> Outcome | None:
    if found.id in _NOT_YET and _OPINION.search(turn.raw) and not _NOW.search(turn.raw):
        return None
    if found.id == "just_paid" and before_paying.only_intends(turn.raw):
        return _steps(turn, "about_to_pay", "about_to_pay")
    return _steps(turn, found.id, found.steps)


def _may_be_calm(turn: Turn, rule: list[str]) -> bool:
    """Whether no word of the rule speaks of fraud that has happened (老板把我拉黑; 会不会被骗)."""
    doubtful = _PLAIN.isdisjoint(rule) or before_paying.only_worries(turn.raw)
    return doubtful and not after_fraud.recent(turn) and not turn.conversation.handoff


def unless_calm(turn: Turn) -> Outcome | None:
    """A doubtful alarm, unless the classifier saw next to nothing of an emergency; without it, the steps."""
    if (turn.ranking and sum(_shares(turn).values()) < CALM) or _pasted_only(turn.raw):
        return None
    rung = _rung(turn)
    return _steps_of(turn, rung[0]) if rung else None


def _shares(turn: Turn) -> dict[str, float]:
    """What the classifier gives each of the two urgent needs."""
    ranking = dict(turn.ranking)
    return {need: ranking.get(need, 0.0) for need in (VICTIM, UNDER_WAY)}


def after_all(turn: Turn) -> Outcome | None:
    """交了, 已经发了 while someone was only about to: the worse has happened, the steps change."""
    state = turn.conversation.fraud
    if not after_fraud.recent(turn):
        return None
    if state.get("checked") == "likely_scam" and _TO_PAY.search(turn.text):
        return _steps(turn, "about_to_pay", "about_to_pay")
    if state.get("open") not in _UNDER_WAY:
        return None
    for situation, words in _AFTER_ALL:
        if words.match(turn.text):
            return _steps(turn, situation, situation)
    return None


def _pasted_only(raw: str) -> bool:
    """A quoted message with its sender's name is judged by the message check."""
    return bool(re.match(r"\s*【[^】]{2,16}】", raw))


def _steps(turn: Turn, situation: str, sequence: str) -> Outcome:
    need = UNDER_WAY if situation in _UNDER_WAY else VICTIM
    bank, old = turn.library.bank(turn.raw), turn.conversation.fraud
    if old.get("open") == situation and after_fraud.recent(turn) and bank is None:
        return after_fraud.step(turn) or after_fraud.again(turn)
    turn.conversation.fraud = {
        "open": situation,
        "bank": bank.id if bank else old.get("bank", ""),
        "at": turn.now.isoformat(),
    }
    return Outcome(
        OutcomeKind.URGENT_FRAUD,
        _likeness(turn, situation) + assemble(turn, sequence),
        need=need,
        confidence=1.0,
        verdict="likely_scam" if situation in _UNDER_WAY or _story_of_scam(turn) else "",
        choices=(Choice("要准备什么证据"), Choice("人工")),
    )


def _likeness(turn: Turn, situation: str) -> str:
    """The name of the trick where the signs of exactly one kind are plain, before money has gone."""
    kind = scams.plainly(turn) if situation == "about_to_pay" else None
    return f"{scams.LIKE.format(name=kind['name'])}\n" if kind else ""


def _story_of_scam(turn: Turn) -> bool:
    """Whether what was told has the signs of a scam itself."""
    return find(turn, turn.raw).verdict == "likely_scam"


def assemble(turn: Turn, sequence: str) -> str:
    """The sequence's blocks joined, with the named bank's line where it is known."""
    data = turn.library.fraud["steps"]
    lines = [data["blocks"][name] for name in data["sequences"][sequence]]
    return "\n".join(lines).replace("{bank}", after_fraud.bank_words(turn))


def _read_code(turn: Turn) -> Outcome | None:
    """Right after a message with a code: someone wants it read out."""
    state = turn.conversation.fraud
    if not state.get("code") or not after_fraud.recent(turn) or not _READ_OUT.search(turn.text):
        return None
    text = _CODE_SCAM.format(bank=after_fraud.bank_words(turn))
    return Outcome(OutcomeKind.URGENT_FRAUD, text, need=UNDER_WAY, confidence=1.0, verdict="likely_scam")


def by_classifier(turn: Turn) -> Outcome | None:
    """The classifier's share for the two urgent needs together is enough, whatever ranks first."""
    shares = _shares(turn)
    if sum(shares.values()) < load_thresholds().urgent_at or _pasted_only(turn.raw):
        return None
    if panic.too_little(turn, sum(shares.values())) and not after_fraud.recent(turn):
        return _suspected(turn)
    return _warning(turn) or handle(turn, max(shares, key=lambda need: shares[need]))


def _suspected(turn: Turn) -> Outcome | None:
    """Asked only where nothing else is being talked about; else the other steps read the message."""
    return None if turn.conversation.need else panic.ask(turn)


def _warning(turn: Turn) -> Outcome | None:
    """A prize or notice that was only announced: the trick it resembles, or the signs of its words."""
    under_way = after_fraud.recent(turn) and turn.conversation.fraud.get("open")
    if under_way or not before_paying.only_announced(turn.raw):
        return None
    if scams.plainly(turn):
        return scams.handle(turn, "fraud.scam_identify")
    found = find(turn, turn.raw).verdict != "no_sign_found"
    return message_check.judge(turn, turn.raw) if found else None


def handle(turn: Turn, need: str) -> Outcome:
    """The classifier alone saw an emergency: the same steps."""
    if after_fraud.recent(turn) and turn.conversation.fraud.get("open") == "recovery_offer":
        return after_fraud.again(turn)
    situation = "about_to_pay" if need == UNDER_WAY or before_paying.only_intends(turn.raw) else "just_paid"
    if turn.conversation.need == "fraud.card_lending_risk":
        situation = "card_lent"
    if _FILLED_IN.search(turn.raw) and not _MONEY.search(turn.raw):
        situation = "secret_given"
    return _steps(turn, situation, situation)
