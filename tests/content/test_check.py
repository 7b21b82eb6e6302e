from datetime import date

import pytest

from content.check import check
from content.checking.examples import duplicate_examples
from content.checking.grounds import is_official
from content.checking.wording import is_traditional
from content.load import library_from_texts
from content.model import Source
from tests.support.content_texts import changed

ANSWERS = "content/cities/chengdu/answers/housing_fund.yml"
NATIONAL = "content/national/answers/housing_fund.yml"
CLAUSES = "content/cities/chengdu/clauses.yml"
FACTS = "content/cities/chengdu/facts.yml"
QUESTIONS = "content/questions.yml"
CONTACTS = "content/contacts.yml"
SCAMS = "content/fraud/scams.yml"
RENT = "content/cities/chengdu/eligibility/rent.yml"


def messages(texts, on):
    return [str(fault) for fault in check(library_from_texts(texts), on)]


def test_good_content_has_no_fault_on_any_day(small):
    for on in (date(2026, 11, 20), date(2027, 1, 2), date(2028, 1, 1)):
        assert check(small, on) == []


@pytest.mark.parametrize(
    ("path", "old", "new", "expected"),
    [
        (CLAUSES, "支持没有单位的人自愿缴存公积金", "您可以享受公积金缴存", "不能写“您可以享受”"),
        (ANSWERS, "可以申请提取公积金", "您有权提取公积金", "不能写“您有权”"),
        (ANSWERS, "带身份证。", "带身份证，肯定能批。", "是承诺"),
        (ANSWERS, "带身份证。", "带身份證。", "繁体字 證"),
        (ANSWERS, "本市没有住房。", "连续缴存3个月。", "数目“3个月”"),
        (ANSWERS, "本市没有住房。", "最多可提70%。", "数目“70%”"),
        (ANSWERS, "{chengdu_rent_cap}。", "{chengdu_rent_cap}，新乡也一样。", "新乡的名字和数目"),
        (ANSWERS, "status: verified", "status: needs_verification", "没有核实的答复不能有数目"),
        (ANSWERS, "contacts: [fund_hotline]", "contacts: []", "1–3 个联系点"),
        (ANSWERS, "checked_on: 2026-09-01", "checked_on: 2026-11-21", "晚于 2026-11-20"),
        (FACTS, "checked_on: 2026-09-01", "checked_on: 2026-11-21", "晚于 2026-11-20"),
        (ANSWERS, "提交后等审核。", "办到2026年6月30日。", "2026-06-30 已过"),
        (NATIONAL, "    sources: [{title: 住房公积金管理条例}]\n", "", "要有依据"),
        (FACTS, "title: 成都公积金网站", "title: 公开资料整理", "high 要有官方页面"),
        (FACTS, "成住公〔2020〕1号", "某人说的", "high 要有官方页面"),
        (NATIONAL, "title: 住房公积金管理条例", "title: 公积金公开资料整理", "verified 要有官方出处"),
        (NATIONAL, "housing_fund.fund_loan:", "policy.program_question:", "fund_loan 没有全国答复"),
        (RENT, "3, owns_home: no}, expect: met", "3, owns_home: yes}, expect: met", "算出 not_met"),
        (RENT, "conditions: {paid: met}", "conditions: {paid: not_met}", "条件 paid 应为 not_met"),
        (RENT, "expect: met,", "expect: met, says: 22,", "应说出 22"),
    ],
)  # fmt: skip
def test_each_fault_is_named(texts, today, path, old, new, expected):
    changed(texts, path, old, new)
    assert any(expected in message for message in messages(texts, today))


@pytest.mark.parametrize(
    ("path", "old", "new", "place"),
    [
        (RENT, "met: 缴存够了。", "met: 满{chengdu_rent_cap}了。", "第1个条件的“符合时说的话”"),
        (RENT, "unclear: 还要看有没有房。", "unclear: 还要看{x}。", "第2个条件的“需核实时说的话”"),
        (RENT, "met: 去办,", 'met: "去办{chengdu_rent_cap}",', "“接下来怎么办”（符合时说的话）"),
        (RENT, "title: 能不能提", "title: 能不能提{value}", "“标题”"),
        (QUESTIONS, "why: 办法不同。", "why: 办法{x}不同。", "提问 job 的“为什么问”"),
        (QUESTIONS, "say: 上班", 'say: "上班{x}"', "提问 job 的第1个回答的“说的话”"),
        (CLAUSES, "支持没有单位的人", "支持{x}的人", "“概要”"),
        (CONTACTS, "purpose: 公积金", "purpose: 公积金{x}", "“能办什么”"),
        (FACTS, "unit: 元/月", "unit: 元{x}", "第1个数值的“单位”"),
        (ANSWERS, "带身份证。", "带｛chengdu_rent_cap｝。", "“材料”"),
        (ANSWERS, "带身份证。", "带{Chengdu_Rent}。", "“材料”"),
        (SCAMS, "客服不要验证码。", "客服不要{x}。", "“正规做法”"),
    ],
)  # fmt: skip
def test_braces_nothing_is_filled_into_are_named_with_file_and_place(texts, today, path, old, new, place):
    before = texts[path]
    changed(texts, path, old, new)
    [message] = [m for m in messages(texts, today) if "花括号" in m]
    lines = zip(before.splitlines(), texts[path].splitlines(), strict=True)
    line = 1 + next(n for n, (old_line, new_line) in enumerate(lines) if old_line != new_line)
    assert message.startswith(f"{path}:{line}: ")
    assert f"{place}里的" in message


def test_figures_of_answers_and_the_value_of_a_result_are_no_fault(texts, today):
    result = 'results: [{function: outside_province, facts: [], say: "是{value}", verdicts: [met]}]'
    texts[RENT] = texts[RENT].replace("    contacts: [fund", f"    {result}\n    contacts: [fund", 1)
    assert result in texts[RENT]
    assert not [m for m in messages(texts, today) if "花括号" in m]


def test_a_fault_stands_at_its_line(texts, today):
    texts[ANSWERS] = texts[ANSWERS].replace("本市没有住房。", "连续缴存3个月。")
    line = texts[ANSWERS].splitlines().index("      condition: 连续缴存3个月。") + 1
    assert any(m.startswith(f"{ANSWERS}:{line}: ") for m in messages(texts, today))


@pytest.mark.parametrize(
    "harmless",
    [
        "办理机构不保证获批。",
        "说一定能批的多半是骗子。",
        "2026年起执行。",
        "电话12329。",
        "分两步办。",
        "要交保证金。",
    ],
)
def test_harmless_wording_passes(texts, today, harmless):
    texts[ANSWERS] = texts[ANSWERS].replace("带身份证。", harmless)
    assert messages(texts, today) == []


def test_what_the_assistant_says_of_itself_needs_no_source(texts, today):
    topics = "content/topics.yml"
    texts[topics] += """  chitchat:
    name: 闲聊
    contacts: []
    needs:
      greeting: {name: 问候, say: 问候, city: none, handler: chitchat}
"""
    texts["content/national/answers/chitchat.yml"] = """answers:
  chitchat.greeting:
    conclusion: 您好。
    status: verified
    checked_on: 2026-09-01
"""
    assert messages(texts, today) == []


def test_an_end_that_is_told_as_past_passes(texts, today):
    texts[ANSWERS] = texts[ANSWERS].replace("提交后等审核。", "旧办法已在2025年12月31日结束。")
    assert messages(texts, today) == []


def test_a_check_without_its_three_kinds_of_cases_is_refused(texts, today):
    texts[RENT] = "\n".join(line for line in texts[RENT].splitlines() if "unclear}" not in line)
    assert any("还缺 unclear" in message for message in messages(texts, today))


def test_one_figure_of_one_program_in_two_ways_is_a_contradiction(texts, today):
    program = "programs: [{name: 首贷通, aliases: []}]\n    figures: [额度最高%s万元]\n    keywords: [首贷]"
    old = texts[CLAUSES]
    texts[CLAUSES] = (
        old.replace("keywords: [骑手, 自由职业]", program % "30")
        .replace("conditions: [在成都经营]", "figures: [额度最高50万元]")
        .replace("{name: 蓉易贷, aliases: [蓉e贷]}", "{name: 首贷通, aliases: []}")
    )
    assert any("首贷通 的同一数字" in message for message in messages(texts, today))


def test_two_facts_of_one_name_are_refused(texts, today):
    texts[FACTS] += texts[FACTS].split("\n", 1)[1].replace("chengdu_rent_cap", "chengdu_rent_cap_again")
    assert any("同名" in message for message in messages(texts, today))


def test_a_reply_longer_than_one_wechat_text_is_refused(texts, today):
    long = "".join(f"      {name}: {'长' * 199}。\n" for name in ("procedure", "channel", "definition"))
    texts[ANSWERS] = (
        texts[ANSWERS].replace("    cites:", f"{long}    cites:").replace("本市没有住房。", "长" * 200)
    )
    texts[ANSWERS] = texts[ANSWERS].replace("每月最多{chengdu_rent_cap}。超过的部分自己付。", "长" * 200)
    many = "、".join(f"第{number}条附件说明" for number in range(60))
    texts[ANSWERS] = (
        texts[ANSWERS]
        .replace("sources", "sources")
        .replace("    contacts:", f"    sources: [{{title: {many}}}]\n    contacts:")
    )
    assert any("字节" in message for message in messages(texts, today))


def test_examples_written_twice_are_named_with_both_places():
    texts = {
        "nlu/topics/a.yml": "nlu:\n- intent: a.one\n  examples: |\n    - 公积金能提吗\n    - [成都](city)\n",
        "nlu/topics/b.yml": "nlu:\n- intent: b.two\n  examples: |\n    - 公积金能提吗？\n    - 别的问题\n",
    }
    [fault] = duplicate_examples(texts)
    assert (fault.file, fault.line) == ("nlu/topics/b.yml", 4)
    assert "a.one（nlu/topics/a.yml:4）" in fault.message


def test_check_takes_examples_along(small, today):
    text = "nlu:\n- intent: a.one\n  examples: |\n    - 同一句\n    - 同一句\n"
    assert len(check(small, today, {"nlu/topics/a.yml": text})) == 1


def test_traditional_letters_are_told_from_simplified_and_shared_ones():
    assert all(is_traditional(letter) for letter in "們這來說證貸")
    assert not any(is_traditional(letter) for letter in "们这来说证贷人口解籍A1，")


def test_an_order_named_by_its_number_is_an_official_source():
    assert is_official(Source("银保监会令2020年第3号（消费投诉处理）"))
    assert not is_official(Source("银保监会的规定"))
    assert not is_official(Source("银保监会令2020年第3号，转述"))
