"""The commands and their groups; ``scripts/newcitizen --help`` lists them."""

from __future__ import annotations

import logging

import typer

from bot.cli import branches, content, desk, staff, talk, wechat
from bot.usage import run

app = typer.Typer(
    help="新市民助手的命令行。退出码：0 正常，1 要的事没成立，2 用法或设置不对。",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)
app.command("ask")(talk.ask)
app.command("eval")(talk.evaluate)
app.command("desk-eval")(desk.evaluate)
content.app.command("import-branches")(branches.import_branches)
app.add_typer(content.app, name="content")
app.add_typer(staff.app, name="staff")
app.add_typer(wechat.app, name="wechat")

if __name__ == "__main__":
    # What commands have to say they say themselves; a library's log line would stand among their output.
    logging.getLogger().addHandler(logging.NullHandler())
    run(app, "newcitizen")
