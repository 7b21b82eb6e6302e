"""The platform's simulator pushes to a whole service in safe mode and reads what a citizen would see."""

from __future__ import annotations

import importlib.util
import json
import re
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from tests.journeys.conftest import ROOT, Up

pytestmark = [pytest.mark.rasa, pytest.mark.shared, pytest.mark.timeout(900)]
CITIES = ["成都", "北京", "上海", "重庆", "新乡"]


@pytest.fixture(scope="module")
def simulator(shared: Path) -> ModuleType:
    spec = importlib.util.spec_from_file_location("wechat_sim", shared / "wechat" / "wechat_sim.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture
def platform(simulator: ModuleType, service: Up) -> Any:
    secrets = json.loads((service.state / "secrets.json").read_text())
    made = simulator.Platform(
        f"{service.url}/wechat",
        secrets["wechat_token"],
        secrets["wechat_appid"],
        secrets["wechat_aes_key"],
        "safe",
    )
    yield made
    made.http.close()


def seen(platform: Any, citizen: str, text: str) -> str:
    """What the citizen's phone shows; every try must have been answered as WeChat wants it."""
    delivery = platform.push(platform.text(citizen, text))
    assert [attempt.kind for attempt in delivery.attempts] == ["reply"]
    return str(delivery.user_sees)


def citizen(name: str) -> str:
    return f"osim{name:0<24}"[:28]


@pytest.mark.parametrize(("city", "number"), list(zip(CITIES, range(5), strict=True)))
def test_every_city_gets_its_own_cited_answer(platform: Any, city: str, number: int) -> None:
    said = seen(platform, citizen(f"city{number}"), f"在{city}租房，公积金能提吗")
    assert city in said
    assert "依据：" in said
    assert re.search(r"核验：20\d\d-\d\d-\d\d", said)
    assert "12329" in said
    assert not any(other in said for other in set(CITIES) - {city})


def test_chengdu_names_notice_and_article(platform: Any) -> None:
    said = seen(platform, citizen("notice"), "在成都租房，公积金能提吗")
    assert "成金发〔2022〕75号" in said
    assert re.search(r"75号 [一二三四五]（", said)


def test_the_expired_plan_of_xinxiang_is_called_expired(platform: Any) -> None:
    said = seen(platform, citizen("expired"), "新乡首次贷款有什么支持")
    assert "新乡" in said
    assert re.search("到期|已过|过期|届满|期限已", said)


def test_the_weather_is_declined_with_what_can_be_asked(platform: Any) -> None:
    said = seen(platform, citizen("weather"), "今天天气怎么样")
    assert "公积金" in said


def test_the_readme_shows_what_is_answered(platform: Any) -> None:
    block = (ROOT / "README.md").read_text("utf-8").split("```")[1]
    turns = [turn.partition("助手：") for turn in block.split("市民：")[1:]]
    assert len(turns) == 3
    for question, _, shown in turns:
        said = seen(platform, citizen("readme"), question.strip())
        for part in re.split(r"……|\n", shown):
            assert part.strip() in said, question


@pytest.mark.parametrize(
    "text",
    ["", " ", "😀😀", "\x1d\x02控制", "a]]></Content>b", "问" * 2000, "<xml>", "'; DROP TABLE inbox; --"],
)
def test_odd_texts_get_a_defined_reply(platform: Any, text: str) -> None:
    delivery = platform.push(platform.text(citizen("odd"), text))
    assert all(attempt.kind in ("reply", "ack") for attempt in delivery.attempts)


def test_nothing_of_a_message_stands_in_any_log(platform: Any, service: Up) -> None:
    marked, who = "紫金葫芦在成都租房能提公积金吗", citizen("marked")
    seen(platform, who, marked)
    for log in (service.state / "logs").glob("*.log"):
        written = log.read_text("utf-8", "replace")
        assert "紫金葫芦" not in written, log.name
        assert who not in written, log.name
