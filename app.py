"""Starts the web chat: settings -> assistant -> pages."""

import contextlib
import os
import socket
import sys

from assistant.quiet import go_quiet
from assistant.settings import Settings, SettingsError, settings


def listen(host: str, port: int) -> socket.socket:
    """Take the address before anything slow is loaded; OSError when it cannot be had."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    return socket.create_server((host, port), family=family, backlog=128)


def serve(chosen: Settings, listener: socket.socket) -> None:
    """Serve the chat page until Ctrl+C."""
    go_quiet()  # before any library is imported that reads the switches
    import uvicorn

    from assistant.chat import Chat
    from assistant.web import build_app

    chat = Chat(chosen)
    chat.warm_up()
    app = build_app(chat)
    host = "127.0.0.1" if chosen.host in ("0.0.0.0", "::") else chosen.host  # noqa: S104
    shown = f"[{host}]" if ":" in host else host
    sys.stdout.write(f"SCM Assistant is at http://{shown}:{chosen.port} (Ctrl+C stops it)\n")
    sys.stdout.flush()
    config = uvicorn.Config(app, log_level="warning", timeout_graceful_shutdown=3)
    with contextlib.suppress(KeyboardInterrupt):  # uvicorn has shut down by then
        uvicorn.Server(config).run(sockets=[listener])
    chat.close()


def leave(status: int) -> None:
    """End the process at once: a library still loading in the background would crash while Python is taken down."""
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(status)


def main() -> int:
    """Start, or say in one sentence why not."""
    try:
        chosen = settings()
        listener = listen(chosen.host, chosen.port)
    except SettingsError as error:
        sys.stderr.write(f"{error}\n")
        return 1
    except OSError as error:
        sys.stderr.write(
            f"{chosen.host}:{chosen.port} cannot be used ({error.strerror}): "
            "stop what uses it, or set SCM_PORT to another port and SCM_HOST to an address of this machine.\n"
        )
        return 1
    serve(chosen, listener)
    return 0


if __name__ == "__main__":
    leave(main())
