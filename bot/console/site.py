"""The console's navigation, templates and words.

Why this file exists: one place knows the pages of the console by name. It must not know what they do.
"""

from __future__ import annotations

from pathlib import Path

from bot.console.records import subject_name
from bot.live.source import LiveContent
from bot.live.switches import NAMES
from bot.live.texts import KINDS
from bot.staff.access import Call
from bot.staff.log_words import name_deeds, name_details, name_subjects
from bot.staff.roles import ADMINS, READERS, REVIEWERS, WRITERS
from bot.staff.web import Item, Site

SITE = Site(
    Path(__file__).parent,
    "内容后台",
    (
        Item("/console", "总览", READERS),
        Item("/console/answers", "答复", READERS),
        Item("/console/records", "其他内容", READERS),
        Item("/console/reviews", "待办与审核", READERS),
        Item("/console/questions", "没答上的问题", READERS),
        Item("/console/alarm", "受骗警报", READERS),
        Item("/console/coverage", "文件覆盖", READERS),
        Item("/console/due", "到期日历", READERS),
        Item("/console/charts", "使用情况", READERS),
        Item("/console/examples", "例句", READERS),
        Item("/console/training", "训练", WRITERS),
        Item("/console/stored", "存着的问题", READERS),
        Item("/console/transfer", "导入导出", WRITERS),
        Item("/console/emergency", "紧急开关", REVIEWERS),
        Item("/console/help", "帮助", READERS),
        Item("/staff/log", "操作日志", ADMINS),
    ),
)
STATES = {
    "draft": "草稿",
    "submitted": "等审核",
    "scheduled": "定时发布",
    "published": "已发布",
    "refused": "被退回",
    "dropped": "已放弃",
}
"""State of an edit in Chinese."""
STATUSES = {"verified": "已核实", "needs_verification": "待核实", "not_in_sources": "资料未载"}
"""State of an answer in Chinese."""

name_deeds(
    {
        "draft_started": "开始修改",
        "draft_dropped": "放弃草稿",
        "submitted": "提交审核",
        "approved": "批准",
        "refused": "退回",
        "scheduled": "定时发布",
        "published": "发布",
        "rolled_back": "退回旧版本",
        "publish_blocked": "发布被拦下",
        "commented": "写意见",
        "switch_on": "打开紧急开关",
        "switch_off": "关闭紧急开关",
        "imported": "导入",
        "exported": "导出",
        "example_added": "加例句",
        "example_removed": "不用例句",
        "stored_added": "加存着的问题",
        "stored_removed": "不用存着的问题",
        "question_dismissed": "略过问题",
        "report_closed": "处理答错报告",
        "training_asked": "开始训练",
        "model_promoted": "换上模型",
        "shipped_kept": "保留本地修改",
        "shipped_taken": "采用程序自带",
    }
)
name_subjects(
    {
        **KINDS, "need": "事项", "sentence": "句子", "questions": "没答上的问题", "report": "答错报告",
        "job": "训练", "model": "模型", "charts": "使用情况", "branches": "银行网点",
        "answers.xlsx": "答复的表", "contacts.xlsx": "联系点的表", "content.zip": "全部内容文件",
    },
    subject_name,
)  # fmt: skip
name_details(
    {
        "draft": "草稿", "beside": "和它并排的草稿", "release": "第几次发布", "author": "作者",
        "version": "版本", "at": "定在", "kind": "开关", "target": "对哪里", "text": "内容", "until": "到",
        "since": "从", "file": "文件", "sha256": "模型指纹", "state": "结果",
    },
    {"kind": NAMES, "state": {"fixed": "已改好", "dismissed": "没有错"}},
)  # fmt: skip


def live_of(call: Call) -> LiveContent:
    """The content this process serves."""
    live: LiveContent = call.services.extras["live"]
    return live
