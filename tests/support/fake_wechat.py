"""WeChat's API simulator of ../shared as a fixture value; see PROTOCOL 5 for what it enforces."""

from __future__ import annotations

from typing import Any

from tests.support.rig import simulator


def fake_api(**changes: Any) -> Any:
    return simulator().FakeAPI(**{"appid": "wx_test_appid", "secret": "sim_secret", **changes})
