"""The gateway's view of the store: awaitable, and patient when the database is in trouble.

Why this file exists: a citizen is answered even when nothing can be stored. What could not be written is
kept in memory in order and written as soon as the database takes it again.
"""

from __future__ import annotations

import asyncio
import time
from collections import OrderedDict

from bot.identity import is_alive
from store import conversations, inbox, outbox, people, recovery
from store.errors import StoreUnavailable
from store.finish import Finish, finish
from store.inbox import Accepted, Arrival
from store.lane import Lane

PATIENCE_S = 1.0
"""How long a message waits for a database that refuses, before it is answered without."""
POSTPONED_LIMIT = 2000
RECENT_LIMIT = 5000
"""Conversations kept for times without a database: about 1 kB each."""
FOLLOW_S = 60.0
"""Longest wait for another process that works on the same message."""
LEASE_S = 10.0
"""A process of another machine is dead when its last heartbeat is older (it beats every 2 s)."""


class Ledger:
    """Transactions 1 and 2 for one process. ``owner`` signs its work.

    Args:
        lane: where the database is spoken to.
        owner: name of this process.
        customer_service: whether the account may push. Texts held for a person are then pushed when they
            write again; otherwise the gateway delivers them itself.

    Attributes:
        passive_only: WeChat refused a push for lack of the right (48001): do without for a while.
    """

    def __init__(self, lane: Lane, owner: str, customer_service: bool) -> None:
        self.lane = lane
        self.owner = owner
        self.passive_only = False
        self._customer_service = customer_service
        self.postponed: OrderedDict[str, Finish] = OrderedDict()
        self._recent: OrderedDict[str, str] = OrderedDict()

    @property
    def trouble(self) -> str:
        """ "" or why the database refused last, for /healthz."""
        return self.lane.trouble

    @property
    def may_push(self) -> bool:
        """Whether answers may go out by the customer-service API."""
        return self._customer_service and not self.passive_only

    async def accept(self, arrival: Arrival) -> Accepted | None:
        """Transaction 1. None: the database does not take it, answer without."""
        end = time.monotonic() + PATIENCE_S
        known_trouble = bool(self.lane.trouble)
        while True:
            try:
                accepted = await self.lane.run(lambda c: inbox.accept(c, arrival, self.owner))
                break
            except StoreUnavailable:
                if known_trouble or time.monotonic() > end:
                    return None
                await asyncio.sleep(0.1)
        if self.may_push and accepted.held:
            await self.lane.run(lambda c: outbox.release(c, arrival.openid, arrival.at))
        return accepted

    async def follow(self, accepted: Accepted) -> Accepted:
        """Wait for another living process that works on the message; take it over from a dead one."""
        end = time.monotonic() + FOLLOW_S
        while accepted.status == "working" and accepted.owner != self.owner and time.monotonic() < end:
            if await self._is_dead(accepted.owner):
                await self.claim(accepted.id, accepted.owner)
            else:
                await asyncio.sleep(0.1)
            found = await self.see(accepted.id)
            if found is None:
                raise asyncio.CancelledError
            accepted = found
        return accepted

    async def _is_dead(self, owner: str) -> bool:
        alive = is_alive(owner)
        if alive is not None:
            return not alive
        beats = await self.lane.run(recovery.heartbeats)
        return time.time() - beats.get(owner, 0.0) > LEASE_S

    async def look(self, accepted: Accepted, openid: str) -> Accepted:
        """The person's conversation and older messages as they are now."""
        return await self.lane.run(lambda c: inbox.look(c, accepted, openid))

    async def see(self, inbox_id: int) -> Accepted | None:
        """What became of a message another process works on."""
        return await self.lane.run(lambda c: inbox.see(c, inbox_id))

    async def claim(self, inbox_id: int, from_owner: str) -> bool:
        """Take a message over from a dead process."""
        return await self.lane.run(lambda c: inbox.claim(c, inbox_id, from_owner, self.owner))

    async def defer(self, inbox_id: int) -> None:
        """Before ``success`` is said: the answer will have to be pushed."""
        try:
            await self.lane.run(lambda c: inbox.defer(c, inbox_id, self.owner), durable=True)
        except StoreUnavailable:
            return

    async def finish(self, key: str, done: Finish) -> bool:
        """Transaction 2. False: somebody else answered first. Postponed when the database refuses."""
        self._keep(done)
        try:
            return await self.lane.run(lambda c: finish(c, done), durable=done.obliges)
        except StoreUnavailable:
            # It will be given now, stored or not; when it is stored later it must not be pushed again.
            done.delivery = done.delivery or "passive"
            if len(self.postponed) < POSTPONED_LIMIT:
                self.postponed[key] = done
            return True

    def _keep(self, done: Finish) -> None:
        """The last conversation of recent persons, for times without a database."""
        if done.deletes:
            self._recent.pop(done.openid, None)
        elif done.conversation:
            self._recent[done.openid] = done.conversation
            self._recent.move_to_end(done.openid)
            if len(self._recent) > RECENT_LIMIT:
                self._recent.popitem(last=False)

    async def catch_up(self) -> None:
        """Write what was postponed, oldest first; stop at the first refusal."""
        while self.postponed:
            key, done = next(iter(self.postponed.items()))
            try:
                await self.lane.run(lambda c, d=done: finish(c, d), durable=True)  # type: ignore[misc]
            except StoreUnavailable:
                return
            self.postponed.pop(key, None)

    def remembered(self, openid: str) -> str:
        """The person's last conversation this process knows; "" when there is none."""
        return self._recent.get(openid, "")

    async def delete_person(self, openid: str, sender: str) -> bool:
        """Forget a person; False when the database does not take it now."""
        for key in [k for k, d in self.postponed.items() if d.openid == openid]:
            del self.postponed[key]
        self._recent.pop(openid, None)
        try:
            await self.lane.run(lambda c: people.delete_person(c, openid, sender), durable=True)
        except StoreUnavailable:
            return False
        return True

    async def set_handoff(self, openid: str, handoff: dict[str, str], at: float) -> None:
        """WeChat's own customer service took or gave back a conversation."""
        try:
            await self.lane.run(lambda c: conversations.set_handoff(c, openid, dict(handoff), at))
        except StoreUnavailable:
            return
