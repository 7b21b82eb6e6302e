"""Ticket events for other systems: found in the tickets themselves, queued once, sent until accepted.

Why this file exists: no deed can forget to announce itself, and a crash loses nothing, because the worker
compares tickets with what was queued. Bodies carry no citizen's words and no identifier.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, delete, select, update

from store.tables import Ticket, Webhook, WebhookDelivery

D: Any = WebhookDelivery.__table__
H: Any = Webhook.__table__
T: Any = Ticket.__table__
EVENTS = {"ticket.opened": "opened_at", "ticket.claimed": "claimed_at", "ticket.closed": "closed_at"}
LOOK_BACK_S = 86400.0
DELAYS_S = (10.0, 60.0, 300.0, 1800.0, 7200.0, 21600.0)
"""Pauses between tries, eight and a half hours in all; then the delivery is dead."""
KEPT_S = 14 * 86400.0


@dataclass(frozen=True, slots=True)
class Delivery:
    """One event on its way; ``secret`` as kept (sealed)."""

    id: int
    url: str
    secret: str
    event_id: str
    event: str
    body: str
    attempts: int


def add(connection: Connection, url: str, secret: str, events: list[str], by: str, at: float) -> int:
    """Register an address; gives its id."""
    row = {"url": url, "secret": secret, "events": {"events": events}, "active": True, "created_by": by}
    return int(connection.execute(H.insert().returning(H.c.id), {**row, "created_at": at}).scalar_one())


def listed(connection: Connection) -> list[Any]:
    """Addresses, newest first, without secrets."""
    columns = [c for c in H.c if c.name != "secret"]
    return list(connection.execute(select(*columns).order_by(H.c.id.desc())))


def end(connection: Connection, webhook: int) -> bool:
    """Stop sending to an address; False when there was none."""
    return bool(connection.execute(update(H).where(H.c.id == webhook).values(active=False)).rowcount)


def collect(connection: Connection, now: float) -> int:
    """Queue what happened to tickets and is not queued yet; gives how many."""
    hooks = connection.execute(select(H).where(H.c.active.is_(True))).all()
    return sum(_collect(connection, hook, event, now) for hook in hooks for event in hook.events["events"])


def _collect(connection: Connection, hook: Any, event: str, now: float) -> int:
    column = T.c[EVENTS[event]]
    since = max(hook.created_at, now - LOOK_BACK_S)
    known = set(
        connection.execute(
            select(D.c.event_id).where(D.c.webhook_id == hook.id, D.c.created_at >= since - 1)
        ).scalars()
    )
    same = {"webhook_id": hook.id, "event": event, "state": "queued", "next_at": now, "created_at": now}
    rows = [
        {**same, "event_id": name, "body": _body(name, event, t)}
        for t in connection.execute(select(T).where(column >= since))
        if (name := f"{event}.{t.id}.{int(t._mapping[EVENTS[event]] * 1000)}") not in known
    ]
    if rows:
        connection.execute(D.insert(), rows)
    return len(rows)


def _body(name: str, event: str, ticket: Any) -> str:
    told = {
        k: ticket._mapping[k]
        for k in (
            "id",
            "state",
            "need",
            "city",
            "reason",
            "close_reason",
            "opened_at",
            "claimed_at",
            "closed_at",
        )
    }
    at = ticket._mapping[EVENTS[event]]
    return json.dumps({"id": name, "event": event, "at": at, "ticket": told}, ensure_ascii=False)


def due(connection: Connection, now: float, limit: int = 20) -> list[Delivery]:
    """Deliveries to try now."""
    query = select(D, H.c.url, H.c.secret).select_from(D.join(H, H.c.id == D.c.webhook_id))
    where = (D.c.state == "queued", D.c.next_at <= now, H.c.active.is_(True))
    return [
        Delivery(r.id, r.url, r.secret, r.event_id, r.event, r.body, r.attempts)
        for r in connection.execute(query.where(*where).order_by(D.c.id).limit(limit))
    ]


def sent(connection: Connection, delivery: int) -> None:
    """It was accepted."""
    connection.execute(update(D).where(D.c.id == delivery).values(state="sent", last_error=""))


def failed(connection: Connection, delivery: Delivery, error: str, now: float) -> None:
    """It was not: later again, or never."""
    tries = delivery.attempts + 1
    values: dict[str, Any] = {"attempts": tries, "last_error": error[:120]}
    if tries > len(DELAYS_S):
        values["state"] = "dead"
    else:
        values["next_at"] = now + DELAYS_S[tries - 1]
    connection.execute(update(D).where(D.c.id == delivery.id).values(**values))


def forget(connection: Connection, now: float) -> int:
    """Delete old deliveries; gives how many."""
    return int(connection.execute(delete(D).where(D.c.created_at < now - KEPT_S)).rowcount)
