"""What every command shares: exit codes, dates, a citizen's city, errors in plain words.

Why this file exists: expected errors end with a sentence and a code, everything else is a bug.
Codes: 0 fine, 1 the thing asked for did not hold, 2 wrong use or settings.
"""

from __future__ import annotations

from datetime import date, datetime, time
from typing import Annotated, NoReturn

import typer

from bot.settings import CHINA, Settings, SettingsFault, load_settings
from bot.supervise.secrets import complete
from content.find import Library

MIDMORNING = time(10, 30)
"""Time of day that goes with an "as of" date: staffed hours of a working day."""


def fail(text: str, code: int = 1) -> NoReturn:
    """Say why on standard error and end."""
    typer.echo(text, err=True)
    raise typer.Exit(code)


def settings_or_fail() -> Settings:
    """The settings with their secrets, or the end with code 2 and how to mend them."""
    try:
        return complete(load_settings())
    except SettingsFault as fault:
        fail(str(fault), 2)


def parse_day(text: str) -> date:
    """An ISO date given on the command line."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise typer.BadParameter(f"“{text}”不是日期，写法：2026-11-20") from None


AsOf = Annotated[
    date | None, typer.Option("--as-of", parser=parse_day, metavar="DATE", help="当作哪一天来答，缺省是今天")
]


def moment(as_of: date | None, now: datetime) -> datetime:
    """The service's "now" on a chosen day, or the clock's."""
    return datetime.combine(as_of, MIDMORNING, CHINA) if as_of else now


def city_id(library: Library, name: str | None) -> str:
    """City id from pinyin or 汉字; "" for none given or a city we do not cover."""
    if not name:
        return ""
    if name in library.cities:
        return name
    named = library.city_named(name)
    return named.id if named else ""
