"""What the API does is what its OpenAPI document says, whatever is sent: schemathesis makes the requests."""

from __future__ import annotations

from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from schemathesis.specs.openapi.checks import negative_data_rejection

from bot.desk.scopes import SCOPES

OPERATIONS = (
    ("GET", "/search"),
    ("GET", "/answers/{answer_id}"),
    ("GET", "/eligibility"),
    ("POST", "/eligibility"),
    ("GET", "/contacts"),
    ("POST", "/feedback"),
)


LENIENT = [negative_data_rejection]
"""Query parameters nobody knows are passed over, as on any page; bodies are not so free."""


@pytest.fixture
def described(client) -> Any:
    return schemathesis.openapi.from_asgi("/api/v1/openapi.json", client.app)


@pytest.fixture
def known(make_token) -> dict[str, str]:
    """A token for everything that the rate does not stop."""
    return make_token(*SCOPES, per_minute=1_000_000)[1]


def test_every_operation_is_tried(described) -> None:
    found = {
        (method.upper(), path)
        for path, methods in described.raw_schema["paths"].items()
        for method in methods
    }
    assert found == set(OPERATIONS)


@pytest.mark.parametrize("mode", list(schemathesis.GenerationMode), ids=lambda mode: mode.name.lower())
@pytest.mark.parametrize(("method", "path"), OPERATIONS)
def test_every_endpoint_keeps_its_promises(described, known, method, path, mode) -> None:
    operation = described[path][method]

    @settings(
        max_examples=25, deadline=None, derandomize=True, database=None,
        phases=[Phase.explicit, Phase.generate], suppress_health_check=list(HealthCheck),
    )  # fmt: skip
    @given(case=operation.as_strategy(generation_mode=mode))
    def promise(case: schemathesis.Case) -> None:
        case.call_and_validate(headers=known, excluded_checks=LENIENT if method == "GET" else [])

    promise()
