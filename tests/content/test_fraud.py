import pytest

from content.check import check
from content.load import ContentFaults, library_from_texts
from tests.support.content_texts import changed

SCAMS = "content/fraud/scams.yml"
SIGNALS = "content/fraud/signals.yml"
STEPS = "content/fraud/steps.yml"
URGENT = "content/fraud/urgent.yml"


def refused(texts):
    with pytest.raises(ContentFaults) as caught:
        library_from_texts(texts)
    return caught.value.faults


@pytest.mark.parametrize(
    ("path", "old", "new", "expected"),
    [
        (SCAMS, "official: 客服", "offical: 客服", "不认识的键 offical，是否要写 official？"),
        (SCAMS, "    help_steps: told_code\n", "", "缺少 help_steps"),
        (SCAMS, "help_steps: told_code", "help_steps: told_cod", "步骤 told_cod 不存在"),
        (SCAMS, "signals: [code]", "signals: [cod]", "迹象 cod 不存在，是否要写 code？"),
        (SCAMS, "source: law", "source: lawn", "是否要写 law？"),
        (SCAMS, "status: verified", "status: sure", "不在 verified"),
        (SCAMS, "signs: [说是客服，要您念验证码。]", "signs: []", "signs 至少写一条"),
        (SCAMS, "要您念验证码。", "要您念验证码" * 8, "最多 40 字"),
        (SCAMS, "checked_on: 2026-09-01", "checked_on: 昨天", "应该是日期"),
        (SIGNALS, "weight: strong", "weight: strongest", "不在 strong"),
        (SIGNALS, "验证码.{0,4}给我", "验证码(给我", "正则写错了"),
        (SIGNALS, "says: 向您要验证码, ", "", "缺少 says"),
        (SIGNALS, "cancels: [code]", "cancels: [cde]", "迹象 cde 不存在"),
        (SIGNALS, "weak: 1}", "weak: 一}", "应该是数字"),
        (SIGNALS, "quiet: {patterns: [谨防]}\n", "", "缺少 quiet"),
        (SIGNALS, "thresholds:", "threshold:", "不认识的键 threshold"),
        (STEPS, "told_code: [stop, bank]", "told_code: [stop, bnak]", "没有叫 bnak 的话"),
        (STEPS, "打{bank}冻结", "打{banks}冻结", "只能有 {bank}"),
        (STEPS, "source: {title: 反电信网络诈骗法}\n", "", "缺少 source"),
        (URGENT, "[[told, ", "[[tlod, ", "词组 tlod 不存在"),
        (URGENT, "not:scam", "not:scan", "词组 not:scan 不存在"),
        (URGENT, "steps: told_code", "steps: tell_code", "步骤 tell_code 不存在"),
        (URGENT, "[[片子, 骗子]]", "[[片子]]", "[写法, 正字]"),
        (URGENT, "[骗子]", "['骗子[']", "正则写错了"),
        (URGENT, 'rules: [[told, "not:scam"]]', "rules: []", "rules 至少写一条"),
    ],
)
def test_broken_fraud_content_is_refused_with_its_file(texts, path, old, new, expected):
    changed(texts, path, old, new)
    faults = refused(texts)
    assert any(fault.file == path and expected in fault.message for fault in faults), faults


def test_an_urgent_situation_without_words_to_say_again_is_refused(texts):
    changed(texts, STEPS, "again: {told:", "again: {tell:")
    assert any(fault.file == URGENT and "再说一遍时的话" in fault.message for fault in refused(texts))


def test_a_fraud_fault_stands_at_its_line(texts):
    changed(texts, SCAMS, "official: 客服", "offical: 客服")
    line = texts[SCAMS].splitlines().index("    offical: 客服不要验证码。") + 1
    assert (SCAMS, line) in {(fault.file, fault.line) for fault in refused(texts)}


@pytest.mark.parametrize(
    ("path", "entry"),
    [(SCAMS, "scams:"), (SIGNALS, "signals:"), (URGENT, "situations:")],
)
def test_an_id_used_twice_in_a_fraud_file_is_refused(texts, path, entry):
    listed = texts[path].split(f"\n{entry}\n")[1]
    once = listed.split("\nbenign:")[0].rstrip("\n")
    texts[path] = texts[path].replace(once, f"{once}\n{once}")
    assert any("已经写过" in fault.message for fault in refused(texts))


def test_all_faults_of_the_fraud_files_are_named_at_once(texts):
    changed(texts, SCAMS, "source: law", "source: lawn")
    changed(texts, URGENT, "[骗子]", "['骗子[']")
    assert {fault.file for fault in refused(texts)} == {SCAMS, URGENT}


def test_a_fraud_file_of_another_name_is_refused(texts):
    texts["content/fraud/scam.yml"] = "scams: []\n"
    assert any("没有 scam" in fault.message for fault in refused(texts))


@pytest.mark.parametrize("path", [SCAMS, SIGNALS, STEPS, URGENT])
def test_a_fraud_file_that_is_no_mapping_is_refused_without_a_crash(texts, path):
    texts[path] = "- 一句话\n"
    assert any(fault.file == path for fault in refused(texts))


@pytest.mark.parametrize(
    ("path", "old", "new", "expected"),
    [
        (SCAMS, "要您念验证码。", "要您唸驗證碼。", "繁体字"),
        (SCAMS, "挂断，打银行官方客服。", "挂断，钱肯定能批回来。", "是承诺"),
        (SCAMS, "挂断，打银行官方客服。", "48小时内挂断，最多赔5000元。", "防骗的话里不写数目"),
        (SCAMS, "{title: 反电信网络诈骗法}", "{title: 公开资料整理}", "verified 要有官方出处"),
        (SCAMS, "checked_on: 2026-09-01", "checked_on: 2026-11-21", "晚于 2026-11-20"),
        (STEPS, "stop: 先停手。", f"stop: {'先停手' * 100}。", "最多 300 字"),
        (STEPS, "again: {told: 我在，", "again: {told: 我在這裡，", "繁体字"),
        (SIGNALS, "says: 向您要验证码", "says: 向您要驗證码", "繁体字"),
    ],
)
def test_what_fraud_content_says_is_judged_like_any_answer(texts, today, path, old, new, expected):
    changed(texts, path, old, new)
    faults = check(library_from_texts(texts), today)
    assert any(fault.file == path and expected in fault.message for fault in faults), faults


def test_a_name_that_two_scams_share_is_refused(texts, today):
    second = texts[SCAMS].split("\nscams:\n")[1]
    second = second.replace("code_scam", "other_scam").replace("骗验证码", "骗密码")
    texts[SCAMS] += second
    faults = check(library_from_texts(texts), today)
    assert any("叫法“要验证码”也写在 code_scam" in fault.message for fault in faults)
