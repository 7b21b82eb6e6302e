"""Makes the call from Rasa to our action cheap: one compiled check, one kept connection.

Why this file exists: ``RemoteAction._validate_action_result`` lets jsonschema check its own schema
on every call, four fifths of a stock turn. ``compile_validation`` swaps in a validator compiled
once, and steps aside where Rasa's code is not the one it knows.
"""

from __future__ import annotations

import hashlib
import inspect
import logging
from collections.abc import Callable
from typing import Any

import aiohttp
from jsonschema.exceptions import best_match
from jsonschema.validators import validator_for
from rasa.core.actions.action import RemoteAction
from rasa.utils.endpoints import EndpointConfig

KNOWN = frozenset({"f8cdb4be6812396167ced74161b2ccd65c5ea676ad86d7d359d8c322d9d8dc42"})
"""Source hashes of the method as it stands in the Rasa releases that this was tested with (3.6.21)."""

_log = logging.getLogger(__name__)


def source_hash(function: Any) -> str:
    """SHA-256 of a function's source text."""
    return hashlib.sha256(inspect.getsource(function).encode()).hexdigest()


def compiled_check(spec: dict[str, Any]) -> Callable[[Any, dict[str, Any]], bool]:
    """A method that accepts and refuses what ``jsonschema.validate`` would, without re-checking ``spec``."""
    machine = validator_for(spec)
    machine.check_schema(spec)
    compiled = machine(spec)

    def _validate_action_result(self: Any, result: dict[str, Any]) -> bool:
        error = best_match(compiled.iter_errors(result))
        if error is not None:
            error.message += ". The reply of the action endpoint is not in Rasa's format."
            raise error
        return True

    return _validate_action_result


def compile_validation(action: Any = RemoteAction) -> bool:
    """Swap the check in; False, with a warning, where Rasa's method is not the known one."""
    if source_hash(action._validate_action_result) not in KNOWN:
        _log.warning("Rasa's action check has changed; the faster check steps aside")
        return False
    action._validate_action_result = compiled_check(action.action_response_format_spec())
    return True


class KeptEndpoint(EndpointConfig):
    """An endpoint that keeps its connection open; Rasa's own opens one per call."""

    _kept: aiohttp.ClientSession | None = None

    @classmethod
    def of(cls, endpoint: EndpointConfig) -> KeptEndpoint:
        """The same settings, kept alive."""
        return cls(endpoint.url, endpoint.params, endpoint.headers, **endpoint.kwargs)

    def session(self) -> aiohttp.ClientSession:
        """The one session of this process, never closed by a caller."""
        if self._kept is None or self._kept.closed:
            self._kept = super().session()
        return _Borrowed(self._kept)  # type: ignore[return-value]


class _Borrowed:
    """Hands the kept session to ``async with`` and leaves it open at the end."""

    def __init__(self, session: aiohttp.ClientSession) -> None:
        self._session = session

    async def __aenter__(self) -> aiohttp.ClientSession:
        return self._session

    async def __aexit__(self, *error: object) -> None:
        return None
