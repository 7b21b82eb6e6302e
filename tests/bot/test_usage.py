"""A person who writes a command wrongly is told so in Chinese, with the way to the help."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from bot.cli.__main__ import app
from bot.usage import chinese, run

ENGLISH = re.compile(
    r"\b(?:Usage|Error|Options?|Try|Missing|Invalid|No such|Got|Input|requires|exist|exit)\b"
)


def said(
    args: list[str], monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> tuple[int, str]:
    monkeypatch.setattr("sys.argv", ["newcitizen", *args])
    with pytest.raises(SystemExit) as ended:
        run(app, "newcitizen")
    told = capfd.readouterr()
    return int(str(ended.value.code)), told.out + told.err


@pytest.mark.parametrize(
    ("args", "words"),
    [
        (["nonsense"], "没有“nonsense”这个命令"),
        (["wechat", "nonsense"], "没有“nonsense”这个命令"),
        (["ask"], "缺少参数 text"),
        (["eval"], "缺少选项 --questions"),
        (["ask", "x", "--jso"], "没有 --jso 这个选项，是否要写"),
        (["ask", "x", "--as-of"], "选项 --as-of 后面要写值"),
        (["ask", "x", "--as-of", "tomorrow"], "“tomorrow”不是日期"),
        (["ask", "x", "y"], "多写了 y"),
        (["ask", "--json=3", "x"], "选项 --json 后面不写值"),
        (["eval", "--questions", "/nonexistent", "--out", "x"], "没有 /nonexistent"),
        (["eval", "--questions", "/", "--out", "x"], "/ 是目录"),
        (["content", "due", "--days", "x"], "要写一个整数"),
        (["content", "due", "--days", "-1"], "不能小于 0"),
    ],
)
def test_wrong_use_is_told_in_chinese_and_ends_with_two(
    args: list[str], words: str, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    code, told = said(args, monkeypatch, capfd)
    assert code == 2
    assert f"用法不对：{words}" in told or words in told.partition("的值不对：")[2]
    assert not ENGLISH.search(told), told


@pytest.mark.parametrize(
    "args",
    [
        [],
        ["--help"],
        *([*c, "--help"] for c in (["ask"], ["eval"], ["content"], ["content", "due"], ["wechat"])),
    ],
)
def test_help_has_no_english_but_names(
    args: list[str], monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    code, told = said(args, monkeypatch, capfd)
    assert code == (0 if args else 2)
    assert "用法：newcitizen" in told
    assert "用法不对" not in told
    assert not ENGLISH.search(told), told


def test_a_sentence_without_a_form_stays_readable() -> None:
    assert chinese("Something new.") == "Something new."


def test_a_command_that_works_ends_with_its_own_code(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("NEWCITIZEN_STATE", str(tmp_path))
    assert said(["content", "show", "no-such-thing"], monkeypatch, capfd)[0] == 1
    assert said(["content", "coverage", "--json"], monkeypatch, capfd)[0] == 0
