"""Staff for tests: a real database, real accounts, and browsers that are signed in."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cache

from argon2 import PasswordHasher
from starlette.applications import Starlette
from starlette.testclient import TestClient

from bot.services import Services
from bot.staff import passwords
from bot.staff.roles import ROLES
from store import accounts
from store.database import Database
from tests.support.databases import Furnish, bare, sqlite_url

PASSWORD = "一把很长很长的钥匙9"


@cache
def kept_password() -> str:
    """The hash of PASSWORD, computed once."""
    return passwords.hashed(PASSWORD)


def cheap_hasher() -> PasswordHasher:
    """argon2 is slow and large on purpose; tests sign in hundreds of times."""
    return PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)


def with_database(services: Services, furnish: Furnish = bare) -> Database:
    database = Database(sqlite_url(services.settings.state, furnish))
    services.extras["database"] = database
    return database


def add_account(database: Database, login: str, roles: Iterable[str]) -> int:
    with database.write() as connection:
        made = accounts.add(connection, login, login, kept_password(), 1.0)
        accounts.set_roles(connection, made, roles, "test", 1.0)
    return made


def one_per_role(database: Database) -> None:
    """Accounts called as their role, and one without any."""
    for role in ROLES:
        add_account(database, role, [role])
    add_account(database, "nobody", [])


@dataclass
class Browser:
    """One person's browser: follows our own forms, knows the token of the page it is on."""

    app: Starlette
    client: TestClient = field(init=False)

    def __post_init__(self) -> None:
        self.client = TestClient(self.app, follow_redirects=False)

    def get(self, path: str, **more):
        return self.client.get(path, **more)

    def csrf(self, path: str = "/staff/password") -> str:
        found = re.search(r'name="csrf" value="([^"]+)"', self.get(path).text)
        return found.group(1) if found else ""

    def post(self, path: str, fields: dict | None = None, **more):
        return self.client.post(path, data={"csrf": self.csrf(), **(fields or {})}, **more)

    def sign_in(self, login: str, password: str = PASSWORD, target: str = ""):
        fields = {"csrf": self.csrf("/staff/login"), "login": login, "password": password, "next": target}
        return self.client.post("/staff/login", data=fields)


def routes_app(services: Services, *doors) -> Starlette:
    return Starlette(routes=[route for door in doors for route in door.routes(services)])
