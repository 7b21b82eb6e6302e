"""The desk's templates, static files and navigation."""

from __future__ import annotations

from pathlib import Path

from bot.staff.roles import ADMIN, AT_THE_DESK, SUPERVISOR
from bot.staff.web import Item, Site

DESK = AT_THE_DESK
LEADS = frozenset({SUPERVISOR})
KEEPERS = frozenset({SUPERVISOR, ADMIN})
"""Who lets other systems in."""

SITE = Site(
    Path(__file__).parent,
    "坐席台",
    [
        Item("/desk", "查答复", DESK),
        Item("/desk/queue", "转人工", DESK),
        Item("/desk/callbacks", "回电", DESK),
        Item("/desk/check", "条件测算", DESK),
        Item("/desk/copies", "复制记录", DESK),
        Item("/desk/overview", "主管视图", LEADS),
        Item("/desk/systems", "外部系统", KEEPERS),
    ],
)
static = SITE.static
