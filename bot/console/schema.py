"""Which fields a record has, as staff see them: label, kind of input, help.

Why this file exists: the editor, the XLSX columns and the help say the same; kinds without a schema are
edited as text. It must not know forms or HTML.
"""

from __future__ import annotations

from dataclasses import dataclass

from content.model import ASPECTS


@dataclass(frozen=True, slots=True)
class Field:
    """One field. ``kind``: line | text | choice | day | list (one per line) | pick (ids from ``source``) |
    rows (sub-fields) | aspects | number | patterns (one per line, parts that go together with ``&&``).
    ``limit`` is the most characters citizens' texts may have."""

    name: str
    label: str
    kind: str = "line"
    hint: str = ""
    limit: int = 0
    required: bool = False
    choices: tuple[tuple[str, str], ...] = ()
    source: str = ""
    parts: tuple[Field, ...] = ()


_SOURCE = (
    Field("title", "出处名称"),
    Field("url", "网址", hint="没有就空着，不要自己编"),
    Field("published_on", "发布日期", "day"),
)
_CONFIDENCE = (("high", "可靠，可以直接说"), ("medium", "待核实，说时加标记"), ("low", "不可靠，不给市民看"))

ANSWER = (
    Field("conclusion", "结论", "text", "先回答问题，不写数字", 60, True),
    Field(
        "status", "核实情况", "choice", required=True,
        choices=(("verified", "已核实"), ("needs_verification", "待核实"), ("not_in_sources", "资料未载")),
    ),
    Field("aspects", "分项内容", "aspects", "数字只能写成 {数字编号}，会自动带上日期", 200),
    Field("cites", "依据的条款", "pick", "可以按编号或名称查找", source="clauses"),
    Field("sources", "其他出处", "rows", parts=_SOURCE),
    Field("contacts", "找谁问", "pick", "一到三个", source="contacts"),
    Field("follow_ups", "接着问", "pick", "最多三个", source="needs"),
    Field("checked_on", "核验日期", "day", required=True),
    Field("review_by", "复核期限", "day"),
    Field("valid_from", "从哪天起有效", "day"),
    Field("valid_to", "到哪天为止", "day", "过了这天就不再这样答"),
    Field("after", "到期以后怎么说", "text"),
    Field("programs", "相关平台或产品", "list", "一行一个：名称，或 名称＝别名、别名"),
    Field("spoken", "口播", "text", "坐席念的一句话，不写括号和文号"),
)  # fmt: skip
CONTACT = (
    Field(
        "kind", "类型", "choice", required=True,
        choices=(
            ("hotline", "热线"), ("bank", "银行"), ("platform", "网上平台"), ("office", "机构"),
            ("branch", "网点"),
        ),
    ),
    Field("name", "名称", required=True),
    Field("number", "电话", hint="不知道就空着"),
    Field("purpose", "能办什么"),
    Field("topics", "服务的主题", "pick", source="topics"),
    Field("aliases", "别的叫法", "list", "一行一个"),
    Field("confidence", "可靠程度", "choice", required=True, choices=_CONFIDENCE),
    Field("source", "出处", "rows", "只写一个", parts=_SOURCE[:2]),
    Field("checked_on", "核验日期", "day", required=True),
    Field("bank", "所属银行"),
    Field("district", "区县"),
    Field("address", "地址"),
    Field("lat", "纬度", "number"),
    Field("lon", "经度", "number"),
    Field("services", "办理的业务", "list", "一行一个"),
    Field("hours", "办理时间"),
)  # fmt: skip
FACT = (
    Field("name", "名称", required=True),
    Field(
        "values", "各时期的数值", "rows",
        parts=(
            Field("value", "数值", "number"),
            Field("unit", "单位"),
            Field("valid_from", "从哪天起", "day"),
            Field("valid_to", "到哪天为止", "day"),
            Field("title", "出处名称"),
            Field("url", "出处网址"),
            Field("published_on", "出处日期", "day"),
            Field("confidence", "可靠程度", "choice", choices=_CONFIDENCE),
            Field("checked_on", "核验日期", "day"),
        ),
    ),
)  # fmt: skip
SCAM = (
    Field("id", "编号", hint="不要改", required=True),
    Field("name", "名称", required=True),
    Field("aliases", "别的叫法", "list", "一行一个"),
    Field("status", "核实情况", "choice", required=True, choices=ANSWER[1].choices[:2]),
    Field("signals", "对应的迹象", "pick", "最像的写在最前", source="signals"),
    Field("signs", "认得出的迹象", "list", "一行一句，说给市民听"),
    Field("do", "怎么办", "list", "一行一句"),
    Field("official", "正规做法", "text", "用来对照：真的机构会怎么做"),
    Field("help_steps", "已经付钱时的步骤", hint="content/fraud/steps.yml 里的编号"),
    Field("source", "出处", hint="content/fraud/scams.yml 开头的出处编号", required=True),
)
SIGNAL = (
    Field("id", "编号", hint="不要改", required=True),
    Field("says", "对市民怎么说", hint="接在“看到的迹象：”后面", required=True),
    Field(
        "weight", "分量", "choice", required=True,
        choices=(("strong", "强：一个就很像诈骗"), ("medium", "中"), ("weak", "弱")),
    ),
    Field("patterns", "写法", "patterns", "正则，一行一条；几段都要有的用 && 隔开；<link> 是陌生网址"),
    Field("unless", "有这些就不算", "patterns", "写法同上"),
)  # fmt: skip
SCHEMAS: dict[str, tuple[Field, ...]] = {
    "answers": ANSWER, "contacts": CONTACT, "facts": FACT, "scams": SCAM, "signals": SIGNAL,
}  # fmt: skip
"""Kind of record to its fields; kinds that are not here are edited as YAML."""
ASPECT_LABELS = ASPECTS
_IN_SOURCE = ("title", "url", "published_on")


LABELS: dict[str, str] = {
    **{part.name: part.label for schema in SCHEMAS.values() for f in schema for part in f.parts},
    **{f.name: f.label for schema in SCHEMAS.values() for f in schema},
    **ASPECTS,
    "aliases": "别的叫法",
}
"""Every field's name in Chinese."""


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
