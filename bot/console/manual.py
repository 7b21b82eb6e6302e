"""Help, one page per task with pictures, in the words staff use.

Why this file exists: the pages are named here; ``tests/journeys/help_pictures.py`` takes the pictures from
the console itself.
"""

from __future__ import annotations

from starlette.responses import Response

from bot.console.site import SITE
from bot.staff.access import Call, Page, missing
from bot.staff.roles import READERS

TASKS = {
    "edit": "改一条答复",
    "review": "审核和发布",
    "back": "发错了怎么办",
    "stop": "紧急情况",
    "ask": "市民问了没答上",
    "train": "加例句、训练",
    "table": "用表格改",
    "due": "到期和覆盖",
}
"""Task to its title, in the order people meet them."""


def show(call: Call) -> Response:
    """The list of tasks, or one of them."""
    task = call.request.path_params.get("task", "")
    if task and task not in TASKS:
        raise missing("这页帮助")
    return SITE.page(call, "console/help.html", {"tasks": TASKS, "task": task})


PAGES = (Page("/console/help", show, READERS), Page("/console/help/{task}", show, READERS))
