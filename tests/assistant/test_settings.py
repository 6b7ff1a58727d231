"""A setting is read, or refused with its name and what to do."""

from pathlib import Path

import pytest
from pydantic import ValidationError

from assistant.settings import Settings, SettingsError, known_settings, read_settings


@pytest.fixture(autouse=True)
def no_settings(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in known_settings():
        monkeypatch.delenv(name, raising=False)


def test_the_default_needs_no_key_and_no_network():
    settings = read_settings()
    assert settings.model == "embedded"
    assert settings.host == "127.0.0.1"
    assert settings.vault_dir.is_dir()


def test_settings_are_read_from_the_environment(monkeypatch: pytest.MonkeyPatch, tmp_path: Path):
    monkeypatch.setenv("SCM_MODEL", "openai:gpt-5-mini")
    monkeypatch.setenv("SCM_DATA_DIR", str(tmp_path))
    monkeypatch.setenv("SCM_PORT", "8123")
    settings = read_settings()
    assert (settings.model, settings.data_dir, settings.port) == ("openai:gpt-5-mini", tmp_path, 8123)


def test_an_unknown_setting_is_refused_with_its_name_and_the_known_ones(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("SCM_MODLE", "embedded")
    with pytest.raises(SettingsError) as refused:
        read_settings()
    assert "SCM_MODLE" in str(refused.value)
    assert all(name in str(refused.value) for name in known_settings())


@pytest.mark.parametrize(
    ("name", "value", "hint"),
    [
        ("SCM_MODEL", "gpt-5", "provider:model"),
        ("SCM_MODEL", "openai:", "provider:model"),
        ("SCM_PORT", "none", "integer"),
        ("SCM_PORT", "0", "greater than"),
        ("SCM_PORT", "65536", "less than"),
        ("SCM_MODEL_TIMEOUT", "-1", "greater than 0"),
        ("SCM_MAX_INPUT_CHARS", "5", "greater than"),
        ("SCM_MAX_MODEL_CALLS", "1000", "less than"),
        ("SCM_CONCURRENCY", "many", "integer"),
    ],
)
def test_a_bad_value_is_named_with_what_would_do(name: str, value: str, hint: str, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv(name, value)
    with pytest.raises(SettingsError) as refused:
        read_settings()
    assert name in str(refused.value)
    assert repr(value) in str(refused.value)
    assert hint in str(refused.value)
    assert "\n" not in str(refused.value)


def test_settings_cannot_be_changed():
    with pytest.raises(ValidationError, match="frozen"):
        Settings().port = 1  # type: ignore[misc]


def test_every_setting_says_what_it_is_for():
    assert all(known_settings().values())
