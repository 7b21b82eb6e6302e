"""Which fields a record has, as staff see them: kind of input, help, set values.

Why this file exists: the editor, the XLSX columns and the help say the same, in the words of ``words``;
kinds without a schema are edited as text. It must not know forms or HTML.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from bot.console import words
from content.model import ASPECTS


@dataclass(frozen=True, slots=True)
class Field:
    """One field. ``kind``: line | text | choice | day | list (one per line) | pick (ids from ``source``) |
    ref (one id from ``source``) | rows (sub-fields) | aspects | number | flag | patterns (one per line, parts
    that go together with ``&&``) | texts (sentences by name) | orders (lists of names of ``source``).
    ``limit`` is the most characters citizens' texts may have; ``grows``: staff may add sentences;
    ``figures``: ``{id}`` is filled in; ``label`` and the words of ``values`` come from ``words``."""

    name: str
    kind: str = "line"
    hint: str = ""
    limit: int = 0
    required: bool = False
    values: tuple[str, ...] = ()
    source: str = ""
    parts: tuple[Field, ...] = ()
    grows: bool = False
    figures: bool = False
    label: str = ""

    @property
    def choices(self) -> tuple[tuple[str, str], ...]:
        """Set values with their words."""
        return tuple((each, words.value(self.name, each)) for each in self.values)


_SOURCE = (
    Field("title"),
    Field("url", hint="没有就空着，不要自己编"),
    Field("published_on", "day"),
)
_CONFIDENCES = ("high", "medium", "low")
_PROGRAMS = Field("programs", "list", "一行一个：名称，或 名称＝别名、别名")
_PER_LINE = "一行一个"

ANSWER = (
    Field("conclusion", "text", "先回答问题，不写数字", 60, True, figures=True),
    Field("status", "choice", required=True, values=("verified", "needs_verification", "not_in_sources")),
    Field("aspects", "aspects", "数字用“插入数字”选，写成 {数字编号}，会自动带上日期", 200, figures=True),
    Field("cites", "pick", "可以按编号或名称查找", source="clauses"),
    Field("sources", "rows", parts=_SOURCE),
    Field("contacts", "pick", "一到三个", source="contacts"),
    Field("follow_ups", "pick", "最多三个", source="needs"),
    Field("checked_on", "day", required=True),
    Field("review_by", "day"),
    Field("valid_from", "day", "空着就是一直有效"),
    Field("valid_to", "day", "过了这天就不再这样答"),
    Field("after", "text", figures=True),
    _PROGRAMS,
    Field("spoken", "text", "坐席念的一句话，不写括号和文号", figures=True),
)
CONTACT = (
    Field("kind", "choice", required=True, values=("hotline", "bank", "platform", "office", "branch")),
    Field("name", required=True),
    Field("number", hint="不知道就空着"),
    Field("purpose"),
    Field("topics", "pick", source="topics"),
    Field("aliases", "list", _PER_LINE),
    Field("confidence", "choice", required=True, values=_CONFIDENCES),
    Field("source", "rows", "只写一个", parts=_SOURCE[:2]),
    Field("checked_on", "day", required=True),
    Field("bank"),
    Field("district"),
    Field("address"),
    Field("lat", "number"),
    Field("lon", "number"),
    Field("services", "list", _PER_LINE),
    Field("hours"),
)
FACT = (
    Field("name", required=True),
    Field(
        "values", "rows", "有效期不要重叠；旧的写上到哪天为止，再在最后一行写新的",
        parts=(
            Field("value", "number"), Field("unit"), Field("valid_from", "day"), Field("valid_to", "day"),
            *_SOURCE, Field("confidence", "choice", values=_CONFIDENCES), Field("checked_on", "day"),
        ),
    ),
)  # fmt: skip
NOTICE = (
    Field("title", required=True),
    Field("number", hint="没有文号就空着"),
    Field("issuers", "rows", parts=(Field("then"), Field("now", hint="没改名就空着"))),
    Field("issued_on", "day"),
    Field("in_force_from", "day"),
    Field("period_to", "day", "文件没写就空着"),
    Field(
        "status", "choice", required=True,
        values=("in_force", "no_end_date", "expired", "superseded", "press_report"),
    ),
    Field("replaced_by", "ref", "“已被取代”的要写", source="notices"),
    Field("source", "rows", "只写一个", parts=_SOURCE),
    Field("checked_on", "day", required=True),
    Field("notes", "list", "一行一句"),
)  # fmt: skip
CLAUSE = (
    Field("rows", "list", "文件覆盖表里的编号，一行一个；第一个不要改", required=True),
    Field("article", required=True),
    Field("name", limit=25, required=True),
    Field("summary", "text", "用自己的话", 160, True),
    Field("strength", "choice", "看原文用的是哪个词", required=True,
          values=("must", "support", "encourage", "explore", "state")),
    _PROGRAMS,
    Field("keywords", "list", _PER_LINE),
    Field("figures", "list", "一行一句"),
    Field("conditions", "list", "一行一句"),
    Field("not_stated", "pick", source="aspects"),
    Field("today", "text", "后来有变化才写", 100),
    Field("superseded", "flag", "勾上的要写现在的情况"),
    Field("contacts", "pick", source="contacts"),
    Field("need", "ref", source="needs"),
)  # fmt: skip
SCAM = (
    Field("id", hint="不要改", required=True),
    Field("name", required=True),
    Field("aliases", "list", _PER_LINE),
    Field("status", "choice", required=True, values=("verified", "needs_verification")),
    Field("signals", "pick", "最像的写在最前", source="signals"),
    Field("signs", "list", "一行一句，说给市民听"),
    Field("do", "list", "一行一句"),
    Field("official", "text", "用来对照：真的机构会怎么做"),
    Field("help_steps", "choice", "每种怎么说，看“受骗后先说的话”", required=True,
          values=tuple(words.SITUATIONS)),
    Field("source", "ref", "从列表里选", required=True, source="scam_sources"),
)  # fmt: skip
SIGNAL = (
    Field("id", hint="不要改", required=True),
    Field("says", hint="接在“看到的迹象：”后面", required=True),
    Field("weight", "choice", required=True, values=("strong", "medium", "weak")),
    Field("patterns", "patterns", "正则，一行一条；几段都要有的用 && 隔开；<link> 是陌生网址"),
    Field("unless", "patterns", "写法同上"),
)
STEPS = (
    Field("sequences", "orders", "第一句最急。接起来最多 300 字，银行名字按 30 字算", source="blocks"),
    Field("blocks", "texts", "一句改了，用到它的情况都跟着变。{bank} 会换成市民说的那家银行和电话",
          grows=True, source="sentences"),
    Field("bank_unknown", required=True),
    Field("again", "texts", "两小时里又说同一件事时的短句", source="situations"),
    Field("answers", "texts", "说完步骤以后，市民常接着问的", source="asides"),
    Field("source", "rows", "只写一个", parts=_SOURCE),
    Field("checked_on", "day", required=True),
)  # fmt: skip
GROUP = (Field("patterns", "patterns", "正则，一行一条，有一条对上就算。改完到“受骗警报”里用几句话试一试"),)


def _worded(kind: str, fields: Iterable[Field]) -> tuple[Field, ...]:
    return tuple(replace(f, label=words.field(f.name, kind), parts=_worded("", f.parts)) for f in fields)


SCHEMAS: dict[str, tuple[Field, ...]] = {
    kind: _worded(kind, fields)
    for kind, fields in {
        "answers": ANSWER, "contacts": CONTACT, "facts": FACT, "notices": NOTICE, "clauses": CLAUSE,
        "scams": SCAM, "signals": SIGNAL, "steps": STEPS, "groups": GROUP,
    }.items()
}  # fmt: skip
"""Kind of record to its fields; kinds that are not here are edited as YAML."""
WHOLE: dict[str, str] = {"groups": "patterns"}
"""Kinds whose record is the value of their one field."""
ASPECT_LABELS = ASPECTS
_IN_SOURCE = ("title", "url", "published_on")


def split_source(row: dict[str, object]) -> dict[str, object]:
    """A fact's value as one flat row."""
    source = row.get("source")
    rest = {k: v for k, v in row.items() if k != "source"}
    return {**rest, **(source if isinstance(source, dict) else {})}


def join_source(row: dict[str, object]) -> dict[str, object]:
    """The flat row as the file has it."""
    source = {k: row[k] for k in _IN_SOURCE if k in row}
    order = ("value", "unit", "valid_from", "valid_to")
    out: dict[str, object] = {k: row[k] for k in order if k in row}
    if source:
        out["source"] = source
    return out | {k: row[k] for k in ("confidence", "checked_on") if k in row}
