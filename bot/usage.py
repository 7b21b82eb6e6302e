"""Runs a command line whose help and usage errors are Chinese, whatever the library says.

Why this file exists: typer has its sentences in English without a way to set them; they are put into
Chinese here, in one place, by their forms. What has no form here still comes after 用法不对.
"""

from __future__ import annotations

import re
import sys
from typing import Any, NoReturn

import typer
from typer.core import TyperCommand
from typer.main import get_command

_FORMS = [
    (r"No such command '(.*?)'\.", r"没有“\1”这个命令"),
    (r"No such option: (\S+)", r"没有 \1 这个选项"),
    (r" \(Possible options: (.*)\)", r"，是否要写 \1"),
    (r"Missing command\.", "还要写命令"),
    (r"Missing argument '(.*?)'\.", r"缺少参数 \1"),
    (r"Missing option '(.*?)'\.", r"缺少选项 \1"),
    (r"Option '(.*?)' requires (?:an argument|\d+ arguments)\.?", r"选项 \1 后面要写值"),
    (r"Option '(.*?)' does not take a value\.", r"选项 \1 后面不写值"),
    (r"Argument '(.*?)' takes (\d+) values\.", r"参数 \1 要写 \2 个值"),
    (r"Got unexpected extra arguments?(?:\(s\))? \((.*)\)", r"多写了 \1"),
    (r"Invalid value for '(.*?)': ", r"\1 的值不对："),
    (r"Invalid value: ", "值不对："),
    (r"(?:File|file|Path|path|Directory|directory) '(.*?)' does not exist\.", r"没有 \1"),
    (r"(?:File|file|Path|path) '(.*?)' is a directory\.", r"\1 是目录，要一个文件"),
    (r"(?:Directory|directory|Path|path) '(.*?)' is a file\.", r"\1 是文件，要一个目录"),
    (r"(?:File|file|Path|path|Directory|directory) '(.*?)' is not readable\.", r"\1 读不了"),
    (r"Input should be a valid integer.*", "要写一个整数"),
    (r"Input should be a valid number.*", "要写一个数"),
    (r"Input should be greater than or equal to (\S+)", r"不能小于 \1"),
    (r"Input should be less than or equal to (\S+)", r"不能大于 \1"),
    (r"Input should be greater than (\S+)", r"要大于 \1"),
    (r"Input should be less than (\S+)", r"要小于 \1"),
    (r"'(.*?)' is not one of (.*)\.", r"没有“\1”，可以写 \2"),
    (r"\[OPTIONS\]", "[选项]"),
    (r"COMMAND \[ARGS\]\.\.\.", "命令 [参数]…"),
    (r"Usage: ", "用法："),
    (r"(?m)^Options:$", "选项："),
    (r"(?m)^Commands:$", "命令："),
    (r"(?m)^Arguments:$", "参数："),
    (r"Show this message and exit\.", "显示这段说明"),
    (r"\[default: (.*?)\]", r"[缺省 \1]"),
    (r"\[required\]", "[必填]"),
]


class _Formatter(TyperCommand.context_class.formatter_class):  # type: ignore[misc, name-defined]
    """Help and usage lines as the library lays them out, in Chinese."""

    def getvalue(self) -> str:
        """What has been written."""
        return chinese(super().getvalue())


def chinese(text: str) -> str:
    """The library's sentences in a text put into Chinese, everything else as it is.

    >>> chinese("No such command 'aks'.")
    '没有“aks”这个命令'
    """
    for form, words in _FORMS:
        text = re.sub(form, words, text)
    return text


def run(app: typer.Typer, name: str) -> NoReturn:
    """Run the command line of this process under a name and end with its exit code."""
    TyperCommand.context_class.formatter_class = _Formatter
    try:
        code = get_command(app).main(prog_name=name, standalone_mode=False)
    except typer.Abort:
        sys.exit(_say("已中止。", 1))
    except typer.TyperException as fault:
        sys.exit(_say(_told(fault), fault.exit_code))
    sys.exit(code if isinstance(code, int) else 0)


def run_one(command: Any, name: str) -> NoReturn:
    """The same for a command line of one command."""
    app = typer.Typer(add_completion=False, rich_markup_mode=None)
    app.command()(command)
    run(app, name)


def _told(fault: typer.TyperException) -> str:
    context, said = getattr(fault, "ctx", None), chinese(fault.format_message())
    if context is None:
        return f"用法不对：{said}"
    if said == context.get_help():
        return said
    return f"{context.get_usage()}\n用法不对：{said}\n{context.command_path} --help 看说明"


def _say(text: str, code: int) -> int:
    typer.echo(text, err=True)
    return code
