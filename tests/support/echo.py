"""An assistant for tests of the channel: says what it was told, and can be slow, long or broken."""

from __future__ import annotations

import asyncio
import random
from dataclasses import dataclass, replace
from datetime import datetime

from actions.outcome import Outcome, OutcomeKind
from actions.turn import Conversation
from bot.inbound import Inbound


@dataclass(frozen=True)
class Response:
    outcome: Outcome
    conversation: Conversation


class EchoAssistant:
    """慢3 sleeps 3 s, 等 waits for ``gate``, 长 has parts, 崩 raises, 转人工 opens a ticket, 删 forgets."""

    def __init__(self, delay_s: float = 0.0) -> None:
        self.delay_s = delay_s
        self.heard: list[Inbound] = []
        self.talks: list[Conversation] = []
        self.gate = asyncio.Event()

    async def respond(self, inbound: Inbound, conversation: Conversation, now: datetime) -> Response:
        self.heard.append(inbound)
        self.talks.append(conversation)
        text = inbound.text
        if text.startswith("慢"):
            await asyncio.sleep(float(text[1:]))
        elif text.startswith("等"):
            await self.gate.wait()
        elif self.delay_s:
            await asyncio.sleep(1.4 if "迟" in text else random.uniform(0, 2 * self.delay_s))
        if text == "崩":
            raise RuntimeError("the double breaks on purpose")
        talk = replace(conversation, recent=[*conversation.recent, {"n": len(conversation.recent) + 1}][-3:])
        talk.misses = conversation.misses + 1
        return Response(self._outcome(inbound, talk), talk)

    def _outcome(self, inbound: Inbound, talk: Conversation) -> Outcome:
        text = inbound.text
        if talk.handoff.get("state") == "live":
            effects = ({"do": "append_ticket"},)
            return Outcome(OutcomeKind.HANDED_OFF, "", silent=True, effects=effects)
        if text == "转人工":
            talk.handoff = {"state": "waiting", "since": "2026-11-20T10:00:00+08:00"}
            effects = ({"do": "open_ticket", "question": text, "reason": "asked"},)
            return Outcome(OutcomeKind.HANDED_OFF, "已转人工", handoff="started", effects=effects)
        if text == "删":
            return Outcome(OutcomeKind.ANSWERED, "已经删除", effects=({"do": "delete_data"},))
        if text == "长":
            return Outcome(
                OutcomeKind.ANSWERED, "政策说明很长，一段一段看。" * 160, citation="依据：样本〔2026〕1号"
            )
        said = text.replace("<", "〈").replace(">", "〉") or inbound.key or inbound.scene or inbound.kind
        return Outcome(
            OutcomeKind.ANSWERED, f"回声{talk.misses}：{said}", need="test.echo", answer_id="test.echo"
        )
