"""The chat model that a setting names: the embedded one, or any that LangChain's init_chat_model knows."""

import os
import re
from typing import Any

from langchain_core.language_models import BaseChatModel

from assistant.settings import Settings
from knowledge.library import Library

EXTRAS = {
    "openai": "openai",
    "anthropic": "anthropic",
    "google_genai": "google",
    "mistralai": "mistral",
    "ollama": "ollama",
}
KEYS = {
    "openai": "OPENAI_API_KEY",
    "anthropic": "ANTHROPIC_API_KEY",
    "google_genai": "GOOGLE_API_KEY",
    "mistralai": "MISTRAL_API_KEY",
}


class ModelError(RuntimeError):
    """The chat model cannot be used; the message is one sentence that names the remedy."""


def open_model(settings: Settings, library: Library | None) -> BaseChatModel:
    """Return the chat model of the settings.

    Raises:
        ModelError: when its package or key is missing, or its name is unknown.
    """
    if settings.model == "embedded":
        from assistant.embedded.model import EmbeddedChatModel

        return EmbeddedChatModel(library=library)
    provider = settings.model.partition(":")[0]
    key = KEYS.get(provider)
    if key and not os.environ.get(key) and not settings.model_base_url:
        raise ModelError(f"SCM_MODEL={settings.model} needs a key: set {key}, or set SCM_MODEL=embedded.")
    from langchain.chat_models import init_chat_model

    options: dict[str, Any] = {"timeout": settings.model_timeout, "max_retries": 1}
    if settings.model_base_url:
        options["base_url"] = settings.model_base_url
        if key and not os.environ.get(key):
            options["api_key"] = "none"
    try:
        model: BaseChatModel = init_chat_model(settings.model, **options)
    except ImportError as error:
        extra = EXTRAS.get(provider, provider)
        raise ModelError(
            f"SCM_MODEL={settings.model} needs a package that is not installed: "
            f"run .venv/bin/pip install -c constraints.txt -e '.[{extra}]'."
        ) from error
    except Exception as error:  # each provider raises its own errors
        raise ModelError(f"SCM_MODEL={settings.model} cannot be used ({first_line(error)}): check its name.") from error
    return model


def model_failure(settings: Settings, error: Exception) -> str:
    """Return one sentence on why a call of the model failed, with the remedy."""
    from assistant.guards import cleaned_reply

    address = re.sub(r"//[^/]*@", "//", settings.model_base_url or "")
    where = f" at `{address}`" if address else ""
    name = type(error).__name__
    if "Connection" in name or "Timeout" in name or "Connect" in name:
        cause = "cannot be reached: start its server or check the address and the network"
    elif "Auth" in name or "Permission" in name:
        cause = "refused the key: check it"
    elif "RateLimit" in name:
        cause = "takes no more requests for now: try again later"
    elif "InternalServer" in name or (getattr(error, "status_code", None) or 0) >= 500:
        cause = "has a fault on its provider's side: try again later"
    elif "NotFound" in name:
        cause = "is not known to its provider: check the name"
    else:
        cause = f"failed ({cleaned_reply(first_line(error), ())}): try again, or look into the log"
    return f"The model {settings.model}{where} {cause}; SCM_MODEL=embedded answers without it."


def first_line(error: BaseException, most: int = 160) -> str:
    """Return the first line of an error's message, shortened."""
    text = (str(error) or type(error).__name__).strip().splitlines()[0]
    return text if len(text) <= most else f"{text[:most]}..."
