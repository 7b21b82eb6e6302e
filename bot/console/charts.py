"""Usage in pictures and as CSV: how much, what about, where, how it ended, how fast, how content.

Why this file exists: numbers come counted from the database; Chart.js (MIT) draws them in the browser.
"""

from __future__ import annotations

from collections import Counter
from datetime import date, datetime, timedelta
from statistics import quantiles
from typing import Any

from starlette.responses import Response

from bot.clock import CHINA
from bot.console.site import SITE
from bot.staff.access import Call, Page
from bot.staff.common import library_of, today
from bot.staff.log import csv_line
from bot.staff.roles import READERS
from content.find import Library
from store import usage
from store.database import Connection

OUTCOME_NAMES = {
    "answered": "已答复",
    "answered_nationally": "按全国规定答复",
    "clarify": "请市民确认",
    "needs_city": "问城市",
    "needs_facts": "测算中",
    "verdict": "给出结论",
    "not_in_sources": "资料未载",
    "past_review": "过了复核期限",
    "expired": "已到期",
    "superseded": "已被取代",
    "city_not_covered": "城市未收录",
    "not_understood": "没听懂",
    "out_of_scope": "不在范围内",
    "urgent_fraud": "紧急防骗",
    "handed_off": "转人工",
    "chitchat": "闲聊",
    "service_trouble": "服务出错",
}
HANDOFFS = {
    "": "没有转",
    "offered": "提出可以转",
    "started": "已转",
    "outside_hours": "不在时间",
    "cancelled": "取消",
}


def series(connection: Connection, library: Library, since: date, until: date) -> list[dict[str, Any]]:
    """Every chart: ``id``, ``title``, ``kind`` (bar | line), ``labels``, and named ``data``."""
    days = since.isoformat(), until.isoformat()
    needs = usage.counted(connection, "need", *days)
    topics: Counter[str] = Counter()
    for need, count in needs:
        topic = library.topics.get(need.split(".")[0])
        topics[topic.name if topic else "没有归类"] += count
    cities = {c.id: c.name for c in library.cities.values()}
    good, bad = usage.satisfaction(connection, _start(since), _start(until + timedelta(days=1)))
    counts = usage.counted
    return [
        _chart("day", "每天的问答量", "line", counts(connection, "day", *days), {}),
        _chart("topic", "主题", "bar", topics.most_common(), {}),
        _chart("city", "城市", "bar", counts(connection, "city", *days), {**cities, "": "没说城市"}),
        _chart("outcome", "结果", "bar", counts(connection, "outcome", *days), OUTCOME_NAMES),
        _chart("handoff", "转人工", "bar", counts(connection, "handoff", *days), HANDOFFS),
        _chart("feedback", "满意度", "bar", [("有帮助", good), ("没帮助", bad)], {}),
        _speed(usage.times(connection, *days)),
    ]


def _start(day: date) -> float:
    return datetime(day.year, day.month, day.day, tzinfo=CHINA).timestamp()


def _chart(
    name: str, title: str, kind: str, rows: list[tuple[str, int]], names: dict[str, str]
) -> dict[str, Any]:
    labels = [names.get(value, value) for value, _ in rows]
    return {
        "id": name,
        "title": title,
        "kind": kind,
        "labels": labels,
        "data": {"次数": [n for _, n in rows]},
    }


def _speed(rows: list[tuple[str, int]]) -> dict[str, Any]:
    by_day: dict[str, list[int]] = {}
    for day, ms in rows:
        by_day.setdefault(day, []).append(ms)
    labels = sorted(by_day)
    data = {
        "一半快于（毫秒）": [_share(by_day[day], 50) for day in labels],
        "95% 快于（毫秒）": [_share(by_day[day], 95) for day in labels],
    }
    return {"id": "speed", "title": "响应时间", "kind": "line", "labels": labels, "data": data}


def _share(values: list[int], percent: int) -> int:
    if len(values) < 2:
        return values[0] if values else 0
    return round(quantiles(values, n=100, method="inclusive")[percent - 1])


def _asked(call: Call) -> tuple[date, date]:
    until = _day(call.query("until")) or today(call)
    since = _day(call.query("since")) or until - timedelta(days=29)
    return min(since, until), until


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        return None


def show(call: Call) -> Response:
    """The charts, each with its table."""
    since, until = _asked(call)
    with call.database.read() as connection:
        found = series(connection, library_of(call), since, until)
    return SITE.page(call, "console/charts.html", {"charts": found, "since": since, "until": until})


def export(call: Call) -> Response:
    """The same numbers as CSV."""
    since, until = _asked(call)
    with call.database.write() as connection:
        found = series(connection, library_of(call), since, until)
        call.audit(connection, "exported", "charts", detail={"since": str(since), "until": str(until)})
    lines = [csv_line(("图", "项", "量", "数"))]
    for chart in found:
        for name, numbers in chart["data"].items():
            pairs = zip(chart["labels"], numbers, strict=True)
            lines += [csv_line((chart["title"], label, name, number)) for label, number in pairs]
    headers = {"Content-Disposition": 'attachment; filename="usage.csv"', "Cache-Control": "no-store"}
    return Response("\ufeff" + "".join(lines), media_type="text/csv; charset=utf-8", headers=headers)


PAGES = (Page("/console/charts", show, READERS), Page("/console/charts.csv", export, READERS))
