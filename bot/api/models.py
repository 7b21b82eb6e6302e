"""What the API takes and gives, as OpenAPI shows it.

Why this file exists: other systems are programmed against these shapes; they change only by adding.
"""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

Words = Annotated[str, Field(max_length=200)]


class Entry(BaseModel):
    """一条答复、条款或联系点。"""

    kind: Literal["answer", "clause", "contact"]
    id: str
    version: str = Field(description="内容版本")
    title: str
    place: str
    state: Literal["current", "expired", "unverified", "not_in_sources"] = Field(
        description="现行、到期、待核实、资料未载"
    )
    checked_on: str = Field(description="核验日期")
    valid_until: str = Field(description="有效到，空为没有期限")
    text: str = Field(description="全文，带依据")
    copy_text: str = Field(description="复制用，带依据和版本链接")
    spoken: str = Field(description="口播")
    citation: str
    link: str


class Found(BaseModel):
    """搜索结果，最合适的在前。"""

    version: str
    items: list[Entry]


class Asked(BaseModel):
    """一次测算：事实的编号和值。"""

    model_config = ConfigDict(extra="forbid")

    check: Annotated[str, Field(max_length=128)]
    facts: dict[Annotated[str, Field(max_length=64)], Annotated[str, Field(max_length=40)]] = Field(
        default_factory=dict,
        max_length=100,
        description="yes / no / unknown、选项编号、数字或 ISO 日期",
    )


class Reason(BaseModel):
    """一个条件的结果。"""

    id: str
    label: str
    verdict: Literal["met", "not_met", "unclear"]
    sentence: str


class Open(BaseModel):
    """还会影响结果、没有给出的事实。"""

    id: str
    ask: str
    kind: str
    choices: list[str]


class Verdict(BaseModel):
    """测算结果和理由。"""

    check: str
    title: str
    on: str
    in_force: bool
    verdict: Literal["met", "not_met", "unclear"]
    reasons: list[Reason]
    results: list[str]
    next_step: str
    open: list[Open]
    version: str


class CheckItem(BaseModel):
    """可以测算的事项。"""

    id: str
    title: str
    scope: str
    facts: list[Open]


class Contact(BaseModel):
    """联系点。"""

    id: str
    kind: str
    name: str
    number: str
    purpose: str
    place: str
    verified: bool = Field(description="号码已核实")
    checked_on: str


class Feedback(BaseModel):
    """对一条答复的意见；没帮助时请写原因。"""

    model_config = ConfigDict(extra="forbid")

    answer_id: Annotated[str, Field(max_length=128)]
    version: Annotated[str, Field(max_length=128)]
    helpful: bool
    question: Words = ""
    reason: Words = ""


class Done(BaseModel):
    """已收下。"""

    accepted: bool = True


class Trouble(BaseModel):
    """为什么没有成。"""

    detail: str
