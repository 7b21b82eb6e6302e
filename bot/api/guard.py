"""Who calls: a bearer token with the right scope, within its rate.

Why this file exists: no endpoint can be reached without going through here; tokens are compared by hash.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Annotated

from fastapi import Depends, HTTPException, Request
from fastapi.security import HTTPAuthorizationCredentials, HTTPBearer

from bot.database import database_of
from bot.services import Services
from bot.shared_memory import SharedMemory, shared_memory
from store import tokens
from store.errors import StoreUnavailable
from store.tokens import Token

BEARER = HTTPBearer(auto_error=False, description="由管理员在坐席台“外部系统”里新建")
Credentials = Annotated[HTTPAuthorizationCredentials | None, Depends(BEARER)]


def memory_of(services: Services) -> SharedMemory:
    """The shared memory that counts requests."""
    known: SharedMemory | None = services.extras.get("memory")
    if known is None:
        known = services.extras["memory"] = shared_memory(services.settings.redis_url)
    return known


def needs(services: Services, scope: str) -> Callable[..., Token]:
    """A dependency that lets in tokens with ``scope``."""

    def guard(request: Request, given: Credentials) -> Token:
        token = _known(services, given.credentials if given else "")
        if token is None:
            raise HTTPException(401, "没有口令，或口令已作废。", headers={"WWW-Authenticate": "Bearer"})
        if scope not in token.scopes:
            raise HTTPException(403, f"这个口令没有“{scope}”权限。")
        if not memory_of(services).allows(f"api:{token.id}", token.per_minute, 60):
            raise HTTPException(429, f"超过每分钟 {token.per_minute} 次。", headers={"Retry-After": "60"})
        request.state.token = token
        return token

    return guard


def _known(services: Services, given: str) -> Token | None:
    if not given or len(given) > 200:
        return None
    database, now = database_of(services), time.time()
    try:
        with database.read() as connection:
            found = tokens.find(connection, given, now)
        if found and now - found[1] > tokens.TOUCH_S:
            with database.write() as connection:
                tokens.touch(connection, found[0].id, now)
    except StoreUnavailable:
        raise HTTPException(503, "数据库暂时连不上，请稍后再试。") from None
    return found[0] if found else None
