"""Topics and needs: ``content/topics.yml``."""

from __future__ import annotations

from content.model import Need, Topic
from content.reading.record import Record

_NEED_KEYS = ("name", "say", "city", "handler", "contacts", "check", "keywords")


def read_topics(root: Record) -> tuple[dict[str, Topic], dict[str, Need]]:
    """Topics by id and needs by ``topic.need``; a need inherits its topic's contact points."""
    topics: dict[str, Topic] = {}
    needs: dict[str, Need] = {}
    for topic_id, record in root.only(("topics",)).named("topics"):
        record.only(("name", "contacts", "needs"))
        own = {need.id: need for need in _needs(topic_id, record)}
        topics[topic_id] = Topic(topic_id, record.text("name"), tuple(own))
        needs.update(own)
    return topics, needs


def _needs(topic_id: str, topic: Record) -> list[Need]:
    shared = topic.texts("contacts")
    return [
        Need(
            id=f"{topic_id}.{name}",
            topic=topic_id,
            name=record.text("name"),
            say=record.text("say"),
            city_use=record.choice("city", ("ask", "use", "none"), "use"),
            handler=record.text("handler", required=False) or "answer",
            contacts=record.texts("contacts") or shared,
            check=record.text("check", required=False),
            keywords=record.texts("keywords"),
        )
        for name, record in topic.named("needs")
        if record.only(_NEED_KEYS)
    ]
