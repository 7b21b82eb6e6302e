"""Settings: unknown names, wrong values and missing secrets stop the start, and nothing secret is shown."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.settings import NAMES, Settings, SettingsFault, load_settings, plain, variable

PRODUCTION = {
    "NEWCITIZEN_ENV": "production",
    "NEWCITIZEN_WECHAT_TOKEN": "tokenOfTheAccount1",
    "NEWCITIZEN_WECHAT_APPID": "wx0123456789abcdef",
    "NEWCITIZEN_WECHAT_AES_KEY": "k" * 42 + "A",
}


def faults_of(environ: dict[str, str]) -> str:
    with pytest.raises(SettingsFault) as caught:
        load_settings(environ, None)
    return str(caught.value)


def test_defaults_start_in_development() -> None:
    settings = load_settings({}, None)
    assert (settings.env, settings.port, settings.wechat_mode) == ("development", 8080, "safe")
    assert settings.database.startswith("sqlite:///")


def test_a_misspelt_name_stops_the_start_with_the_right_one() -> None:
    assert "NEWCITIZEN_PROT" in faults_of({"NEWCITIZEN_PROT": "1"})
    assert "是否要写 NEWCITIZEN_PORT" in faults_of({"NEWCITIZEN_PROT": "1"})


def test_a_name_like_none_of_ours_points_to_the_list() -> None:
    assert "docs/operations/settings.md" in faults_of({"NEWCITIZEN_ZZZZZZZZZZZZZZZ": "1"})


def test_names_of_other_programs_are_left_alone() -> None:
    assert load_settings({"PATH": "/bin", "OTHER_PORT": "x"}, None).port == 8080


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("NEWCITIZEN_PORT", "eighty"),
        ("NEWCITIZEN_PORT", "70000"),
        ("NEWCITIZEN_ENV", "prod"),
        ("NEWCITIZEN_WECHAT_MODE", "aes"),
        ("NEWCITIZEN_WECHAT_TOKEN", "has space"),
        ("NEWCITIZEN_WECHAT_AES_KEY", "short"),
        ("NEWCITIZEN_ANSWER_BUDGET_S", "6"),
        ("NEWCITIZEN_CLOCK", "yesterday"),
        ("NEWCITIZEN_INTERNAL_SECRET", "short"),
        ("NEWCITIZEN_WECHAT_CUSTOMER_SERVICE", "perhaps"),
    ],
)
def test_a_wrong_value_names_the_setting_and_how_to_write_it(name: str, value: str) -> None:
    message = faults_of({name: value})
    assert f"{name}：值不对" in message
    assert f"写法：{name}=" in message


def test_a_wrong_secret_is_not_repeated() -> None:
    message = faults_of({"NEWCITIZEN_WECHAT_AES_KEY": "my-secret-key-in-clear"})
    assert "my-secret-key-in-clear" not in message


def test_all_faults_are_told_at_once() -> None:
    message = faults_of(
        {"NEWCITIZEN_PORT": "x", "NEWCITIZEN_WECHAT_MODE": "y", "NEWCITIZEN_NOPE_AT_ALL": "z"}
    )
    assert all(
        name in message for name in ("NEWCITIZEN_PORT", "NEWCITIZEN_WECHAT_MODE", "NEWCITIZEN_NOPE_AT_ALL")
    )


@pytest.mark.parametrize("missing", ["WECHAT_TOKEN", "WECHAT_APPID", "WECHAT_AES_KEY"])
def test_production_demands_the_account(missing: str) -> None:
    environ = {k: v for k, v in PRODUCTION.items() if not k.endswith(missing)}
    assert f"NEWCITIZEN_{missing}：生产环境必须设置" in faults_of(environ)


def test_production_starts_with_its_secrets() -> None:
    assert load_settings(PRODUCTION, None).production


@pytest.mark.parametrize("asking", ["CUSTOMER_SERVICE", "CALLBACK_CHECK"])
def test_what_asks_wechat_in_production_demands_the_app_secret(asking: str) -> None:
    message = faults_of({**PRODUCTION, f"NEWCITIZEN_WECHAT_{asking}": "true"})
    assert "NEWCITIZEN_WECHAT_SECRET：生产环境必须设置" in message


def test_production_refuses_plain_mode() -> None:
    assert "NEWCITIZEN_WECHAT_MODE" in faults_of({**PRODUCTION, "NEWCITIZEN_WECHAT_MODE": "plain"})
    assert load_settings({"NEWCITIZEN_WECHAT_MODE": "plain"}, None).wechat_mode == "plain"


@pytest.mark.parametrize(
    ("proxies", "fits"), [("127.0.0.1,10.0.0.0/8", True), ("nginx", False), ("10.0.0.1/8", False)]
)
def test_proxies_are_addresses_or_ranges(proxies: str, fits: bool) -> None:
    environ = {"NEWCITIZEN_TRUSTED_PROXIES": proxies}
    if fits:
        assert load_settings(environ, None).trusted_proxies == proxies
    else:
        assert "NEWCITIZEN_TRUSTED_PROXIES：值不对" in faults_of(environ)


def test_production_refuses_a_set_clock() -> None:
    assert "NEWCITIZEN_CLOCK" in faults_of({**PRODUCTION, "NEWCITIZEN_CLOCK": "2026-11-20T10:30:00+08:00"})


def test_a_clock_without_zone_is_china_time() -> None:
    moment = load_settings({"NEWCITIZEN_CLOCK": "2026-11-20T10:30:00"}, None).clock
    assert moment is not None
    assert moment.isoformat() == "2026-11-20T10:30:00+08:00"


def test_the_try_page_is_off_in_production_unless_asked_for() -> None:
    assert load_settings({}, None).try_enabled
    assert not load_settings(PRODUCTION, None).try_enabled
    assert load_settings({**PRODUCTION, "NEWCITIZEN_TRY": "true"}, None).try_enabled


def test_the_environment_wins_over_the_file(tmp_path: Path) -> None:
    dotenv = tmp_path / ".env"
    dotenv.write_text("NEWCITIZEN_PORT=8181\nNEWCITIZEN_HOST=127.0.0.2\n")
    settings = load_settings({"NEWCITIZEN_PORT": "8282"}, dotenv)
    assert (settings.port, settings.host) == (8282, "127.0.0.2")


def test_an_unknown_name_in_the_file_stops_the_start_too(tmp_path: Path) -> None:
    dotenv = tmp_path / ".env"
    dotenv.write_text("NEWCITIZEN_WECHAT_TOKKEN=abc\n")
    with pytest.raises(SettingsFault, match="NEWCITIZEN_WECHAT_TOKEN"):
        load_settings({}, dotenv)


def test_an_empty_value_is_the_default() -> None:
    assert load_settings({"NEWCITIZEN_PORT": " "}, None).port == 8080


def test_secrets_are_not_printed() -> None:
    settings = load_settings({**PRODUCTION, "NEWCITIZEN_INTERNAL_SECRET": "s3cr3t-between-processes"}, None)
    shown = f"{settings!r} {settings} {settings.model_dump()}"
    for field in ("wechat_token", "wechat_aes_key", "internal_secret"):
        assert plain(getattr(settings, field)) not in shown


def test_every_setting_says_what_it_is_and_how_to_write_it() -> None:
    for field in NAMES.values():
        info = Settings.model_fields[field]
        assert info.description, field
        assert isinstance(info.json_schema_extra, dict)
        assert {"form", "example"} <= set(info.json_schema_extra), field


def test_the_names_acceptance_fixes_exist() -> None:
    fixed = """ENV PORT STATE DATABASE_URL REDIS_URL WECHAT_TOKEN WECHAT_APPID WECHAT_SECRET WECHAT_AES_KEY
        WECHAT_AES_KEY_PREVIOUS WECHAT_MODE WECHAT_API_BASE WECHAT_CUSTOMER_SERVICE ANSWER_BUDGET_S CLOCK
        RASA_URL INTERNAL_SECRET"""
    assert {f"NEWCITIZEN_{name}" for name in fixed.split()} <= set(NAMES)
    assert variable("try_page") == "NEWCITIZEN_TRY"


def test_the_sender_key_depends_on_the_secret() -> None:
    one = load_settings({"NEWCITIZEN_INTERNAL_SECRET": "a" * 20}, None)
    other = load_settings({"NEWCITIZEN_INTERNAL_SECRET": "b" * 20}, None)
    assert one.sender_key != other.sender_key
    assert len(one.sender_key) == 32
