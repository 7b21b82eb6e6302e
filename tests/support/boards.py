"""Something to see on the console's boards. Nobody's data: questions and people are made up here."""

from __future__ import annotations

from store import jobs
from store.database import Database
from store.tables import TurnRecord

KEY = "housing_fund.rent_withdrawal@chengdu"
"""The answer that is edited."""
NOW = 1795141800.0
ASKED = ("房租发票丢了还能提公积金不", "租房发票丢了还能提公积金吗", "养狗要到哪里办证")


def furnish(database: Database) -> None:
    """Questions nobody answered, and a model to choose."""
    rows = [
        {"turn": f"t{n}", "sender": "s", "at": NOW - n, "day": "2026-11-20", "kind": "text", "text": text,
         "outcome": "not_understood", "need": "", "confidence": 0.2, "city": "", "aspect": "",
         "answer_id": "", "content_version": "", "verdict": "", "handoff": "", "suggestions": "", "ms": 90,
         "handled": ""}
        for n, text in enumerate(ASKED)
    ]  # fmt: skip
    old = {"topic": 0.962, "need": 0.914, "need_offered": 0.951, "fraud_recall": 0.98, "urgent_recall": 1.0}
    new = {**old, "topic": 0.964, "need": 0.921}
    metrics = {"candidate": new, "serving": old, "worse": [], "questions": 732}
    with database.write() as connection:
        connection.execute(TurnRecord.__table__.insert(), rows)
        job = jobs.ask(connection, "training", "bianji", NOW)
        jobs.take(connection, "training", "worker", NOW)
        jobs.end(connection, job, "done", {}, NOW)
        jobs.add_model(
            connection,
            {"file": "-", "sha256": "0f" * 32, "metrics": metrics, "note": "加 2 句例句", "created_at": NOW},
        )
