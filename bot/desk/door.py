"""The routes of the desk, in one list of guarded pages."""

from __future__ import annotations

import asyncio
import contextlib

from starlette.routing import BaseRoute, Mount

from bot.desk import (
    callbacks_page,
    chat,
    check_page,
    copies_page,
    embed_page,
    find_page,
    overview_page,
    queue_page,
    stream,
    systems_page,
    ticket_page,
)
from bot.desk.engines import engines_of
from bot.desk.scopes import SCOPES
from bot.desk.site import static
from bot.services import Services
from bot.staff.access import Page, guarded
from bot.staff.log_words import name_deeds, name_details, name_subjects

PARTS = (find_page, queue_page, ticket_page, chat, stream, callbacks_page, check_page, copies_page)
MORE = (overview_page, systems_page, embed_page)
PAGES: tuple[Page, ...] = tuple(page for part in (*PARTS, *MORE) for page in part.PAGES)
name_deeds(
    {
        "wrong_reported": "报答错了",
        "ticket_claimed": "接单",
        "ticket_closed": "结束工单",
        "ticket_forwarded": "转出工单",
        "ticket_noted": "记工单备注",
        "person_shown": "查看市民标识",
        "callback_tried": "记回电结果",
        "tickets_exported": "导出工单",
        "token_added": "新建接口口令",
        "token_revoked": "作废接口口令",
        "webhook_added": "新建工单通知",
        "webhook_ended": "停用工单通知",
    }
)
name_subjects(
    {"ticket": "工单", "tickets": "工单", "callback": "回电", "token": "接口口令", "webhook": "工单通知"}
)
name_details(
    {
        "scopes": "权限", "events": "通知哪些事", "result": "结果", "callback": "回电", "report": "报告",
        "to": "转给", "reason": "理由",
    },
    {
        "scopes": SCOPES,
        "events": systems_page.EVENT_NAMES,
        "result": {name: said for name, (said, _) in callbacks_page.RESULTS.items()},
    },
)  # fmt: skip


def routes(services: Services) -> list[BaseRoute]:
    """Everything under ``/desk``."""
    with contextlib.suppress(RuntimeError):  # no loop: nobody will be served, the first search builds it
        asyncio.get_running_loop()
        engines_of(services).prepare()
    return [*guarded(services, PAGES), Mount("/desk/static", static, name="desk_static")]
