"""Every SCM_* setting, in one frozen model that refuses what it does not know."""

import os
from functools import lru_cache
from pathlib import Path
from typing import Annotated

import platformdirs
from pydantic import AfterValidator, Field, ValidationError
from pydantic_settings import BaseSettings, SettingsConfigDict

PREFIX = "SCM_"
NOTES = Path(__file__).resolve().parent.parent / "knowledge" / "concepts"


class SettingsError(ValueError):
    """A setting is unknown or cannot be used; the message names it and the remedy."""


def _model_name(value: str) -> str:
    provider, colon, name = value.partition(":")
    if value != "embedded" and not (provider and colon and name):
        raise ValueError("write 'embedded' or provider:model, for example openai:gpt-5-mini or ollama:qwen3")
    return value


class Settings(BaseSettings):
    """The settings of one run, read from SCM_* environment variables.

    Each field is set by its upper-case name with the prefix: SCM_MODEL, SCM_DATA_DIR and so on.
    """

    model_config = SettingsConfigDict(env_prefix=PREFIX, frozen=True, extra="forbid")

    model: Annotated[str, AfterValidator(_model_name)] = Field(
        "embedded", description="'embedded' (no key, no network) or provider:model for a real LLM"
    )
    model_base_url: str | None = Field(None, description="address of a server that speaks the provider's protocol")
    model_timeout: float = Field(60, gt=0, description="seconds to wait for a real LLM")
    data_dir: Path = Field(
        default_factory=lambda: platformdirs.user_data_path("scm-assistant", appauthor=False),
        description="where the index, the exported model, conversations, risk reviews and quizzes are kept",
    )
    database_url: str | None = Field(
        None, description="SQLAlchemy address for conversations, risk reviews and quizzes; SQLite in data_dir if unset"
    )
    vault_dir: Path = Field(NOTES, description="the folder of concept notes")
    embedding_model: Path | None = Field(
        None, description="folder of another sentence-transformers model; the packaged one if unset"
    )
    host: str = Field("127.0.0.1", description="address that the web chat binds to")
    port: int = Field(7860, ge=1, le=65535, description="port of the web chat")
    max_input_chars: int = Field(4000, ge=100, le=100_000, description="longest message that is read")
    max_model_calls: int = Field(6, ge=2, le=50, description="model calls allowed in one turn")
    concurrency: int = Field(8, ge=1, le=128, description="turns that are answered at the same time")


def check_writable(folder: Path) -> None:
    """Make a folder if need be and write a probe file into it.

    Raises:
        OSError: when it cannot be made or written.
    """
    folder.mkdir(parents=True, exist_ok=True)
    probe = folder / ".writable"
    probe.write_text("", encoding="utf-8")
    probe.unlink()


def known_settings() -> dict[str, str]:
    """Return every environment variable that is read, with what it does."""
    return {PREFIX + name.upper(): field.description or "" for name, field in Settings.model_fields.items()}


def read_settings() -> Settings:
    """Read the settings from the environment.

    Raises:
        SettingsError: when an SCM_* variable is unknown or its value cannot be used.
    """
    known = known_settings()
    unknown = sorted(name for name in os.environ if name.startswith(PREFIX) and name not in known)
    if unknown:
        raise SettingsError(f"unknown setting {unknown[0]}: known ones are {', '.join(known)}")
    try:
        return Settings()
    except ValidationError as error:
        first = error.errors()[0]
        name = PREFIX + str(first["loc"][0]).upper()
        reason = first["msg"].removeprefix("Value error, ")
        raise SettingsError(f"{name}={first['input']!r} cannot be used: {reason}") from error


@lru_cache(maxsize=1)
def settings() -> Settings:
    """Return this process's settings, read once."""
    return read_settings()
