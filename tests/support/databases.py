"""A migrated database for one test, SQLite or PostgreSQL; the same tests run over both."""

from __future__ import annotations

import itertools
import shutil
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from tempfile import mkdtemp

import psycopg

from store.database import Database
from store.schema import migrate
from tests.support.servers import postgres_url

_number = itertools.count()


Furnish = Callable[[Database], None]
"""Puts something into a fresh database; a function of a module, so that it is done once."""


def bare(_: Database) -> None:
    """Nothing but tables."""


@cache
def _sqlite_template(furnish: Furnish) -> Path:
    path = Path(mkdtemp(prefix="newcitizen-db-")) / "template.db"
    database = Database(f"sqlite:///{path}")
    migrate(database)
    furnish(database)
    database.close()
    return path


def sqlite_url(folder: Path, furnish: Furnish = bare) -> str:
    """A database of one's own in a folder: a copy of one that was furnished once."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / "newcitizen.db"
    shutil.copy(_sqlite_template(furnish), path)
    return f"sqlite:///{path}"


@cache
def _postgres_template(port: int) -> str:
    with psycopg.connect(_plain(port), autocommit=True) as connection:
        connection.execute("CREATE DATABASE template_newcitizen")
    database = Database(postgres_url(port, "template_newcitizen"))
    migrate(database)
    database.close()
    return "template_newcitizen"


def _plain(port: int) -> str:
    return f"host=127.0.0.1 port={port} user=newcitizen dbname=postgres"


@contextmanager
def postgres_database(port: int) -> Iterator[str]:
    name, template = f"t{next(_number)}_{time.time_ns()}", _postgres_template(port)
    with psycopg.connect(_plain(port), autocommit=True) as connection:
        connection.execute(f'CREATE DATABASE "{name}" TEMPLATE "{template}"')  # type: ignore[call-overload]
    try:
        yield postgres_url(port, name)
    finally:
        with psycopg.connect(_plain(port), autocommit=True) as connection:
            connection.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')  # type: ignore[call-overload]
