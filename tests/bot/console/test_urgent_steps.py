"""What a victim is told first is edited, reviewed and live like any answer, and is never less than before."""

from __future__ import annotations

import pytest

from actions.alarm import Alarm, squashed
from bot.console import fraud_reading
from bot.live.texts import all_of
from tests.bot.console.test_editing import decide, fields_of, revision, start, write
from tests.bot.console.test_fraud import approved, stopped_by

PAID = "sequences.just_paid"
TEXT = "先停手，一分钱都不要再转出去。"


@pytest.fixture
def place(editor) -> str:
    return start(editor, "steps", "steps")


def said(live, situation: str = "just_paid") -> list[str]:
    steps = live.library.fraud["steps"]
    return [steps["blocks"][name] for name in steps["sequences"][situation]]


def test_a_sentence_and_its_place_change_what_a_victim_reads(editor, reviewer, live, place) -> None:
    first, second, *rest = said(live)
    write(editor, place, **{"blocks.stop_paid": TEXT, "move": f"{PAID}.police_now.up"})
    assert approved(editor, reviewer, place) == 303
    assert said(live) == [second, TEXT, *rest]
    text = live.library.texts["content/fraud/steps.yml"]
    assert text.startswith("# 紧急话术的积木")
    assert first not in text


def test_a_new_sentence_is_offered_and_said(editor, reviewer, live, place) -> None:
    write(editor, place, **{"blocks.added_1": "请让家人陪着您。"})
    page = editor.get(place).text
    assert '<option value="added_1">请让家人陪着您。</option>' in page
    assert 'name="blocks.added_2"' in page
    order = [*fields_of(editor, place)["sequences.about_to_pay"][:-1], "added_1"]
    write(editor, place, **{"sequences.about_to_pay": order})
    assert approved(editor, reviewer, place) == 303
    assert said(live, "about_to_pay")[-1] == "请让家人陪着您。"


@pytest.mark.parametrize(
    ("move", "order"),
    [
        (f"{PAID}.stop_paid.up", ["stop_paid", "police_now"]),
        (f"{PAID}.stop_paid.down", ["police_now", "stop_paid"]),
        (f"{PAID}.police_now.up", ["police_now", "stop_paid"]),
        (f"{PAID}.nobody.up", ["stop_paid", "police_now"]),
        ("sequences.long_ago.stop_paid.down", ["stop_paid", "police_now"]),
    ],
)
def test_a_step_moves_by_one_place_only_where_it_stands(editor, place, move, order) -> None:
    write(editor, place, move=move)
    assert fields_of(editor, place)[PAID][:2] == order


def test_while_typing_the_orders_follow_and_keep_what_was_chosen(editor, place) -> None:
    form = {**fields_of(editor, place), "blocks.stop_paid": TEXT}
    page = editor.client.post(place, data=form, headers={"HX-Request": "true"}).text
    assert 'id="orders-sequences" hx-swap-oob="true"' in page
    assert f'<option value="stop_paid" selected>{TEXT}</option>' in page
    assert f'<div class="bubble">{TEXT}' in page
    form = {**fields_of(editor, place), "checked_on": "2026-11-19"}
    assert "已保存" in editor.client.post(place, data=form, headers={"HX-Request": "true"}).text


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"blocks.stop_paid": ""}, "没有叫 停手：钱已经转了 的话"),
        ({"blocks.stop_paid": "停" * 200}, "最多 300 字"),
        ({"blocks.anti_fraud": "③拿不准打96111。"}, "号码“96111”不是可靠的联系点的号码"),
        ({"blocks.stop_paid": "停手，最多赔5000元。"}, "防骗的话里不写数目"),
        ({"blocks.calm": "一定能批下来。"}, "是承诺"),
        ({"blocks.stop_paid": "打{bank_name}。"}, "{bank}"),
        ({PAID: ["stop_paid", "bank_at_once"]}, "没有说打110或去派出所"),
        ({PAID: []}, "已经把钱转给骗子"),
        ({"again.long_ago": ""}, "很久以前受骗"),
        ({"answers.recover": ""}, "追问怎么答里少了“钱追得回来吗”"),
        ({"bank_unknown": ""}, "不知道是哪家银行时怎么称呼"),
        ({"checked_on": "2026-12-31"}, "晚于"),
    ],
)
def test_words_that_would_leave_a_victim_alone_are_stopped(
    editor, reviewer, live, place, change, reason
) -> None:
    before = live.release
    write(editor, place, **change)
    assert reason in stopped_by(reviewer, place)
    assert approved(editor, reviewer, place) == 422
    assert live.release == before


def test_the_reviewer_reads_sentences_and_situations_not_names(editor, reviewer, place) -> None:
    write(editor, place, **{"blocks.stop_paid": TEXT})
    page = reviewer.get(f"{place}/review").text
    assert "停手：钱已经转了" in page
    assert "已经把钱转给骗子" in page
    assert "stop_paid" not in page
    assert "just_paid" not in page


@pytest.fixture
def group(editor) -> str:
    return start(editor, "lent_card", "groups")


def patterns(editor, group: str) -> str:
    return fields_of(editor, group)["patterns"][0]


def test_a_new_word_of_a_group_raises_the_alarm_once_approved(editor, reviewer, live, group) -> None:
    told = "把月亮卡托付给了远房表叔，现在害怕"
    assert Alarm(live.library.fraud["urgent"]).situation(told) is None
    write(editor, group, patterns=f"{patterns(editor, group)}\n月亮卡.{{0,6}}表叔|月亮卡托付")
    assert approved(editor, reviewer, group) == 303
    found = Alarm(live.library.fraud["urgent"]).situation(told)
    assert found is not None
    assert found.id == "card_lent"
    assert "# 已经受骗" in live.library.texts["content/fraud/urgent.yml"]


@pytest.mark.parametrize(
    ("lines", "reason"),
    [
        ("(卡", "有一个括号没有关上"),
        ("(a+)+b", "重复套重复"),
        ("", "至少写一条"),
        ("长" * 1001, "写法太长"),
    ],
)
def test_a_group_that_would_break_the_alarm_is_stopped(editor, reviewer, group, lines, reason) -> None:
    write(editor, group, patterns=lines)
    assert reason in stopped_by(reviewer, group)
    assert approved(editor, reviewer, group) == 422


def lettered(said: list[str]) -> list[tuple[str, str]]:
    return [(text, squashed(text)) for text in said]


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> tuple[list[str], list[str]]:
    calm, calls = ["公积金怎么提，我有点害怕"], ["我帮人走了账，现在害怕怎么补救"]
    monkeypatch.setattr(fraud_reading, "_questions", lambda: (lettered(calm), lettered(calls)))
    return calm, calls


def test_a_pattern_that_fires_on_a_calm_question_is_stopped(editor, reviewer, group, asked) -> None:
    write(editor, group, patterns=f"{patterns(editor, group)}\n公积金")
    reason = stopped_by(reviewer, group)
    assert "1 句平常的话会变成受骗警报" in reason
    assert asked[0][0] in reason
    assert approved(editor, reviewer, group) == 422


def test_a_group_that_no_longer_hears_a_call_for_help_is_stopped(editor, reviewer, group, asked) -> None:
    write(editor, group, patterns="月亮卡")
    reason = stopped_by(reviewer, group)
    assert "1 句求助的话会不再触发警报" in reason
    assert asked[1][0] in reason


def test_the_questions_asked_hold_calm_ones_and_calls_of_every_kind(live) -> None:
    calm, calls = fraud_reading._questions()
    assert len(calm) > 1000
    assert len(calls) > 100
    alarm = Alarm(live.library.fraud["urgent"])
    assert sum(alarm.situation(text) is not None for text, _ in calls[:60]) > 30


def test_every_group_and_the_steps_are_listed_by_their_words(editor, live) -> None:
    page = editor.get("/console/records?kind=groups").text
    assert page.count("条写法") == len(all_of(live.library, "groups"))
    assert "说到骗" in page
    assert "受骗后先说的话" in editor.get("/console/records?kind=steps").text


def test_one_step_back_brings_the_old_words_again(editor, reviewer, live, place) -> None:
    was = said(live)
    write(editor, place, **{"blocks.stop_paid": TEXT})
    approved(editor, reviewer, place)
    form = {"version": "1", "reason": "演练"}
    assert reviewer.post("/console/records/steps/steps/rollback", form).status_code == 303
    assert said(live) == was


def test_two_drafts_of_the_steps_do_not_undo_each_other(editor, reviewer, signed_in, live, place) -> None:
    stale = fields_of(editor, place)
    write(signed_in("both"), place, **{"blocks.calm": "越早报警越好。"})
    other = editor.client.post(place, data={**stale, "blocks.stop_paid": TEXT})
    assert other.status_code == 409
    assert decide(editor, place, "submit", revision=revision(editor, place)).status_code == 303
    assert decide(reviewer, place, "approve").status_code == 303
    assert "越早报警越好。" in live.library.fraud["steps"]["blocks"]["calm"]
